using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>A list of lines, borrowed: valid until the next read on the same parser.</summary>
public readonly ref struct OomTextList
{
    private readonly OomReport _report;

    internal OomTextList(OomReport report) => _report = report;

    /// <summary>Gets the number of lines.</summary>
    public int Count => _report.CallTrace.Count;

    /// <summary>Gets a line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _report.Get(_report.CallTrace[index]);
        }
    }
}
