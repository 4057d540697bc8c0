using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>A list of lines, borrowed: valid until the next read on the same parser.</summary>
public readonly ref struct OomTextList
{
    private readonly BorrowedReport _borrowed;

    internal OomTextList(BorrowedReport borrowed) => _borrowed = borrowed;

    /// <summary>Gets the number of lines.</summary>
    public int Count => _borrowed.Report.CallTrace.Count;

    /// <summary>Gets a line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            OomReport report = _borrowed.Report;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)report.CallTrace.Count, nameof(index));
            return report.Get(report.CallTrace[index]);
        }
    }
}
