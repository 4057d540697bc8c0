using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The kernel and the machine, borrowed: valid until the next read on the same parser.</summary>
/// <remarks>What the log does not say is empty.</remarks>
public readonly ref struct OomKernelView
{
    private readonly BorrowedReport _borrowed;

    internal OomKernelView(BorrowedReport borrowed) => _borrowed = borrowed;

    /// <summary>Gets the release, such as <c>4.15.0-46-generic</c>.</summary>
    public ReadOnlySpan<byte> ReleaseUtf8 => Report.Get(Report.Facts.Release);

    /// <summary>Gets what follows the release, such as <c>#49-Ubuntu</c>.</summary>
    public ReadOnlySpan<byte> VersionUtf8 => Report.Get(Report.Facts.Version);

    /// <summary>Gets "Not tainted" or "Tainted: …" as printed.</summary>
    public ReadOnlySpan<byte> TaintedUtf8 => Report.Get(Report.Facts.Tainted);

    /// <summary>Gets the hardware name.</summary>
    public ReadOnlySpan<byte> HardwareUtf8 => Report.Get(Report.Facts.Hardware);

    private OomReport Report => _borrowed.Report;
}
