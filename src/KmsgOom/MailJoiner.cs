using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Puts together what a mail program or a terminal tore apart: the rest of a line stands on the next, without any wrapper.</summary>
/// <remarks>
/// The rest is recognised by what it completes: it must stand directly behind, and be what the kernel prints there. Nothing is
/// joined where the line was whole already; <see cref="BrokenLine"/> tells.
/// </remarks>
internal sealed class MailJoiner(ReportLineReader reader)
{
    // No mail program breaks shorter lines.
    private const int MinBrokenLength = 40;
    private const int MaxRestLength = 512;

    // The end of the line is not known where this is asked; a few lines more are read in vain.
    private const int MaxDistance = 2048;

    private TextRange _text;
    private OomReport? _report;
    private OomLineKind _kind;
    private int _generation;
    private int _statGroups;
    private int _stats;
    private long _line;
    private long _offset;

    /// <summary>Whether a rest was joined already: the line was long enough to be broken.</summary>
    private bool _isJoined;

    /// <summary>Gets whether the last line was a counter without its end: what follows may look like a statistic.</summary>
    public bool IsAwaitingCounter => _report is not null && _kind == OomLineKind.MemcgUsage;

    public bool IsAwaitingAt(long offset) => IsLive && offset - _offset <= MaxDistance;

    private bool IsLive => _report is { } report && report.Generation == _generation && report.Facts.State != ReportState.Done;

    /// <summary>Remembers a line, if it may be the beginning of one.</summary>
    public void Await(OomReport report, OomLineKind kind, TextRange text, long line, long offset)
    {
        _report = null;
        _isJoined = false;
        ReadOnlySpan<byte> printed = report.Get(text);
        ReadOnlySpan<byte> before = BrokenLine.TrimEnd(printed);
        if (BrokenLine.IsMatch(report, kind, before))
        {
            (_report, _kind, _text, _line, _offset, _generation) = (report, kind, new TextRange(text.Start, before.Length), line, offset, report.Generation);
            _stats = report.Stats.Count;
            _statGroups = Math.Max(0, report.StatGroups.Count - 1);
            _stats = kind == OomLineKind.MemcgStats && report.StatGroups.Count > 0 ? report.StatGroups.Last.FirstValue : _stats;
        }
    }

    public void Forget() => _report = null;

    /// <summary>Tells whether two joiners await the same at an offset.</summary>
    public bool IsSameStateAs(MailJoiner other, LiveReports live, LiveReports otherLive, long offset) => IsAwaitingAt(offset)
        ? other.IsAwaitingAt(offset) && live.IndexOf(_report) == otherLive.IndexOf(other._report)
            && (_kind, _text, _line, _offset, _isJoined) == (other._kind, other._text, other._line, other._offset, other._isJoined)
            && (_stats, _statGroups) == (other._stats, other._statGroups)
        : !other.IsAwaitingAt(offset);

    /// <summary>Joins the line with the one remembered; false where it is no rest of it.</summary>
    public bool TryJoin(scoped in Envelope envelope, long line, long offset, out OomReport? report, out OomSections section)
    {
        report = _report;
        section = _kind.Section();
        ReadOnlySpan<byte> rest = BrokenLine.TrimStart(envelope.Message);
        if (report is null || line != _line + 1 || !IsAwaitingAt(offset) || report.Facts.IsFull || rest.IsEmpty
            || rest.Length > MaxRestLength || !IsUnwrapped(in envelope))
        {
            return false;
        }

        ReadOnlySpan<byte> before = report.Get(_text);
        bool isLong = _isJoined || offset - _offset >= MinBrokenLength || BrokenLine.IsCut(_kind, before);
        if (!isLong || !BrokenLine.IsRest(_kind, before, rest))
        {
            return false;
        }

        // Quoted-printable marks its own breaks.
        bool isSoft = before[^1] == '=';
        bool isQuotedPrintable = isSoft || (_kind is OomLineKind.Trigger or OomLineKind.AllocationFailure && rest.IndexOf("=3D"u8) >= 0);
        bool isWord = isSoft || BrokenLine.IsInWord(_kind, before, rest);
        int length = _text.Length - (isSoft ? 1 : 0);
        int start = report.Append(before[..length]);
        report.Append(isWord ? default : " "u8);
        Span<byte> plain = stackalloc byte[MaxRestLength];
        scoped ReadOnlySpan<byte> tail = isQuotedPrintable ? plain[..Escapes.DecodeQuotedPrintable(rest, plain)] : rest;
        report.Append(tail);
        TextRange joined = new(start, length + tail.Length + (isWord ? 0 : 1));
        if (!BrokenLine.CanRead(_kind, report.Get(joined)))
        {
            report.DropText(start);
            return false;
        }

        Read(report, joined, in envelope);
        Await(report, _kind, joined, line, offset);
        _isJoined = true;
        return true;
    }

    /// <summary>Tells whether a line has no wrapper of its own. What stands under the message of the line before may be a rest too, where its words tell.</summary>
    private bool IsUnwrapped(scoped in Envelope envelope) =>
        envelope.IsContinuation ? BrokenLine.HasCertainRest(_kind) : envelope.UptimeMicroseconds < 0 && !envelope.Wall.IsPresent;

    /// <summary>Forgets what the piece said that the whole says again.</summary>
    private void Read(OomReport report, TextRange joined, scoped in Envelope envelope)
    {
        switch (_kind)
        {
            case OomLineKind.Killed:
                report.Facts.IsVictimCut = false;
                break;
            case OomLineKind.MemcgStats:
                report.StatGroups.Truncate(_statGroups);
                report.Stats.Truncate(_stats);
                break;
            case OomLineKind.Register:
                while (report.Registers.Count > 0 && report.Registers.Last.Name.Start >= _text.Start)
                {
                    report.Registers.Truncate(report.Registers.Count - 1);
                }

                break;
            default:
                break;
        }

        reader.ReadAgain(report, _kind, joined, BrokenLine.IsMalformed(_kind, report.Get(_text)), in envelope);
    }
}
