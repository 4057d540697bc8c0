using KmsgOom.Envelopes;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Takes the lines of one section that come by the thousand; a type each, so that each has a loop of its own.</summary>
internal interface IRunLines
{
    /// <summary>Takes a line; false, and nothing changed, where it is anything else.</summary>
    /// <param name="assembler">The assembler.</param>
    /// <param name="report">The report, which is open in the section.</param>
    /// <param name="text">The message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the message, which is not empty.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    static abstract bool TryAccept(ReportAssembler assembler, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset);
}
