namespace KmsgOom.Benchmarks;

/// <summary>A log in memory, and the answers that every contestant must give.</summary>
internal sealed record KernelLog(ReadOnlyMemory<byte> Bytes, LogFacts Facts);

/// <summary>What is known of a log by construction.</summary>
/// <param name="Length">The bytes.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Reports">The reports; each names one victim.</param>
internal readonly record struct LogFacts(long Length, long Lines, long Reports);
