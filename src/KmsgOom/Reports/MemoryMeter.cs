namespace KmsgOom.Reports;

/// <summary>Counts the memory that the arrays of one report take together.</summary>
internal sealed class MemoryMeter
{
    public long Bytes { get; set; }
}
