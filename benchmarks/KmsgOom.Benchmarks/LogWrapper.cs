namespace KmsgOom.Benchmarks;

/// <summary>What stands before each message of a log.</summary>
internal enum LogWrapper
{
    Bare,
    Secs,
    Rfc3164,
    Kmsg,
}
