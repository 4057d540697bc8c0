using System.Buffers;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Puts together what a mail program or a terminal tore apart: the rest of a line stands on the next, without any wrapper.</summary>
/// <remarks>
/// The rest is recognised by what it completes: it must stand directly behind, and be what the kernel prints there. Nothing is
/// joined where the line was whole already.
/// </remarks>
internal sealed class MailJoiner(ReportLineReader reader)
{
    // No mail program breaks shorter lines.
    private const int MinBrokenLength = 40;
    private const int MaxRestLength = 512;

    // "RAX:" and what follows; a shorter word is none of the first.
    private const int MinRegisterLength = 4;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    // "c5 4d 89 <41> 88", "(1f2003d5)"
    private static readonly SearchValues<byte> CodeBytes = SearchValues.Create("0123456789abcdef <>()"u8);

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

    public bool IsAwaitingAt(long offset) => IsLive && offset - _offset <= MaxDistance;

    private bool IsLive => _report is { } report && report.Generation == _generation && report.Facts.State != ReportState.Done;

    /// <summary>Remembers a line, if it may be the beginning of one.</summary>
    public void Await(OomReport report, OomLineKind kind, TextRange text, long line, long offset)
    {
        _report = null;
        if (MayBeBroken(report, kind, report.Get(text)))
        {
            (_report, _kind, _text, _line, _offset, _generation) = (report, kind, text, line, offset, report.Generation);
            _stats = report.Stats.Count;
            _statGroups = Math.Max(0, report.StatGroups.Count - 1);
            _stats = kind == OomLineKind.MemcgStats && report.StatGroups.Count > 0 ? report.StatGroups.Last.FirstValue : _stats;
        }
    }

    public void Forget() => _report = null;

    /// <summary>Tells whether two joiners await the same at an offset.</summary>
    public bool IsSameStateAs(MailJoiner other, LiveReports live, LiveReports otherLive, long offset) => IsAwaitingAt(offset)
        ? other.IsAwaitingAt(offset) && live.IndexOf(_report) == otherLive.IndexOf(other._report)
            && (_kind, _text, _line, _offset, _stats, _statGroups) == (other._kind, other._text, other._line, other._offset, other._stats, other._statGroups)
        : !other.IsAwaitingAt(offset);

    /// <summary>Joins the line with the one remembered; false where it is no rest of it.</summary>
    public bool TryJoin(scoped in Envelope envelope, long line, long offset, out OomReport? report, out OomSections section)
    {
        report = _report;
        section = _kind.Section();
        ReadOnlySpan<byte> rest = envelope.Message;
        if (report is null || line != _line + 1 || !IsAwaitingAt(offset) || report.Facts.IsFull || offset - _offset < MinBrokenLength || rest.IsEmpty || rest.Length > MaxRestLength
            || envelope.IsContinuation || envelope.UptimeMicroseconds >= 0 || envelope.Wall.IsPresent)
        {
            return false;
        }

        ReadOnlySpan<byte> before = report.Get(_text);
        if (!IsRest(_kind, before, rest))
        {
            return false;
        }

        // Quoted-printable marks its own breaks; statistics without blank were broken in a word.
        bool isSoft = before[^1] == '=';
        bool isQuotedPrintable = isSoft || (_kind == OomLineKind.Trigger && rest.IndexOf("=3D"u8) >= 0);
        bool isWord = _kind == OomLineKind.MemcgStats && before is not [.., (byte)'B'] && before is not [.., (byte)':'];
        int length = _text.Length - (isSoft ? 1 : 0);
        int start = report.Append(before[..length]);
        report.Append(isSoft || isWord ? default : " "u8);
        Span<byte> plain = stackalloc byte[MaxRestLength];
        scoped ReadOnlySpan<byte> tail = isQuotedPrintable ? plain[..Escapes.DecodeQuotedPrintable(rest, plain)] : rest;
        report.Append(tail);
        TextRange joined = new(start, length + tail.Length + (isSoft || isWord ? 0 : 1));
        if (!CanRead(_kind, report.Get(joined)))
        {
            report.DropText(start);
            return false;
        }

        Read(report, joined, in envelope);
        Await(report, _kind, joined, line, offset);
        return true;
    }

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

        reader.ReadAgain(report, _kind, joined, in envelope);
    }

    private static bool MayBeBroken(OomReport report, OomLineKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        OomLineKind.Trigger => text[^1] is (byte)',' or (byte)':' or (byte)'=' or (byte)'r' or (byte)'|' or (byte)')',
        OomLineKind.Cpu => !report.Facts.Version.IsPresent || !IsRelease(report.Get(report.Facts.Release)),
        OomLineKind.TasksHeader => !text.EndsWith("name"u8),
        OomLineKind.MemcgStats => text is not [.., (byte)':'],
        OomLineKind.Killed => text.LastIndexOf("oom_score_adj:"u8) < 0,
        OomLineKind.KillAnnounced => !text.EndsWith("child"u8) && !text.EndsWith("children."u8),
        OomLineKind.Register => text[^1] == ':' || IsCode(text),
        OomLineKind.TaskRow or OomLineKind.Hardware => true,
        _ => false,
    };

    private static bool IsCode(ReadOnlySpan<byte> text) => OomLineClassifier.SkipIndent(text).StartsWith("Code: "u8);

    private static bool IsRest(OomLineKind kind, ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) => kind switch
    {
        OomLineKind.Trigger => before[^1] == '=' || rest.StartsWith("gfp_mask="u8) || rest.StartsWith("nodemask="u8) || rest.StartsWith("order="u8) || rest.StartsWith("oom_"u8)
            || rest.StartsWith("oomkilladj="u8) || rest.StartsWith("oom-killer: "u8),
        OomLineKind.Killed or OomLineKind.KillAnnounced => rest[0] == '(' || rest.StartsWith("process "u8) || rest.StartsWith("score "u8)
            || rest.StartsWith("or sacrifice "u8) || IsValue(rest),
        OomLineKind.Cpu => rest[0] == '#' || !CanRead(kind, before),
        OomLineKind.MemcgStats => rest.EndsWith("KB"u8) && !rest.StartsWith("Node "u8),
        OomLineKind.Register when IsCode(before) => !rest.ContainsAnyExcept(CodeBytes),
        OomLineKind.Register => rest.IndexOfAnyExcept(HexDigits) is var end && (end < 0 ? rest.Length : rest[end] == ' ' ? end : 0) >= MinRegisterLength,
        OomLineKind.Hardware => rest.IndexOf(" BIOS "u8) >= 0 || rest.StartsWith("BIOS "u8) || before.EndsWith(" BIOS"u8) || before.EndsWith(","u8),
        _ => true,
    };

    private static bool IsValue(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("total-vm:"u8) || rest.StartsWith("anon-rss:"u8) || rest.StartsWith("file-rss:"u8) || rest.StartsWith("shmem-rss:"u8)
        || rest.StartsWith("UID:"u8) || rest.StartsWith("pgtables:"u8) || rest.StartsWith("oom_score_adj:"u8);

    /// <summary>Tells whether the joined text is more than its first piece was.</summary>
    private static bool CanRead(OomLineKind kind, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case OomLineKind.Cpu:
                text = OomLineClassifier.SkipIndent(text);
                return CpuLine.TryParse(text, out CpuLine cpu) && IsRelease(cpu.Release.In(text));
            case OomLineKind.TasksHeader:
                return text.EndsWith("name"u8);
            default:
                return true;
        }
    }

    private static bool IsRelease(ReadOnlySpan<byte> word) => word is [>= (byte)'0' and <= (byte)'9', ..];
}
