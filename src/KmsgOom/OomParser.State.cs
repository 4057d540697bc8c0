using KmsgOom.Reports;

namespace KmsgOom;

/// <content>What a parser remembers between two lines: files are parsed in several places at once by it.</content>
public sealed partial class OomParser
{
    /// <summary>Gets how far the log was consumed.</summary>
    internal long Position => _lines.Bytes;

    /// <summary>Gets the lines consumed.</summary>
    internal long LineCount => _lines.Lines;

    /// <summary>Gets the reports that are not delivered yet.</summary>
    internal OomReportBuilder Reports => _assembler.Reports;

    /// <summary>Begins in the middle of a log that is UTF-8, at the beginning of a line.</summary>
    internal void StartAt(long offset, long lines)
    {
        Reset();
        _lines.StartAt(offset, lines);
        _assembler.MayBeginInTable &= offset == 0;
    }

    /// <summary>Takes the wrappers seen since this was called last; the counters know only later ones then.</summary>
    internal KernelLogWrappers TakeWrappers() => _envelopes.TakeWrappers();

    /// <summary>
    /// Tells whether two parsers of one log, both between two calls of <see cref="TryRead"/>, will deliver the same from here on, but for what boot
    /// times and suppressed reports say. Counters do not matter.
    /// </summary>
    internal bool IsSameStateAs(OomParser other) =>
        _lines.IsSameStateAs(other._lines) && _isFinished == other._isFinished && _envelopes.IsSameStateAs(other._envelopes, Position)
        && _assembler.IsSameStateAs(other._assembler, Position) && _folded.IsSameStateAs(other._folded, Position);
}
