using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Puts together what is one line in the kernel: torn apart by a newline in a task name, or printed in pieces.</summary>
/// <remarks>
/// The rest behind a newline is recognised by what it completes: the line that was cut can be read with it and the name is still
/// no longer than a name may be, and it does not carry another time. A piece is recognised by its own first words, and has a
/// time of its own. Foreign lines in between do no harm.
/// </remarks>
internal sealed class LineJoiner
{
    // The rest of a kill or constraint line behind a name; a longer line is no such rest.
    private const int MaxRestLength = 1024;

    private const long MaxDistance = 16 * 1024;

    private TextRange _cut;
    private long _offset;
    private int _generation;
    private long _uptime = -1;

    public OomReport? Report { get; private set; }

    public OomLineKind Kind { get; private set; }

    /// <summary>Tells whether a line at an offset may be the awaited rest; one that stands too far behind is not.</summary>
    public bool IsAwaitingAt(long offset) => Report is { } report && report.Generation == _generation && report.Facts.State != ReportState.Done && offset - _offset <= MaxDistance;

    /// <summary>Remembers a line that ends inside a name.</summary>
    public void Await(OomReport report, OomLineKind kind, TextRange text, in Envelope envelope, long offset)
    {
        (Report, Kind, _cut, _uptime, _offset) = (report, kind, text, envelope.UptimeMicroseconds, offset);
        _generation = report.Generation;
    }

    public void Forget()
    {
        if (Report is not null)
        {
            Report = null;
        }
    }

    /// <summary>Forgets all but the line at an offset.</summary>
    public void ForgetBefore(long offset)
    {
        if (_offset != offset)
        {
            Forget();
        }
    }

    /// <summary>Joins the cut line and this one in the report's text, with the newline that tore them apart between.</summary>
    /// <param name="envelope">The line that may be the rest.</param>
    /// <param name="joined">The whole.</param>
    /// <param name="isPiece">Whether the kernel printed the line in pieces; there is no newline then.</param>
    public bool TryJoin(in Envelope envelope, out TextRange joined, out bool isPiece)
    {
        joined = default;
        isPiece = false;
        if (Report is not { } report || envelope.Message.Length > MaxRestLength)
        {
            return false;
        }

        isPiece = PieceOfLine.IsMatch(Kind, report.Get(_cut), envelope.Message);

        // A constraint line without its task was broken by a mail program: no newline can stand there.
        bool isBroken = Kind == OomLineKind.Constraint && ConstraintLine.IsBroken(report.Get(_cut));
        if (!isPiece && (isBroken || Kind is OomLineKind.Trigger or OomLineKind.Cpuset or OomLineKind.TaskIn or OomLineKind.UserKill || !IsSameRecord(in envelope, _uptime)))
        {
            return false;
        }

        int start = report.Append(report.Get(_cut));
        int length = _cut.Length + envelope.Message.Length;
        if (!isPiece)
        {
            report.Append("\n"u8);
            length++;
        }

        report.Append(envelope.Message);
        joined = new TextRange(start, length);
        return true;
    }

    /// <summary>Goes on from a joined text that is still cut.</summary>
    public void Extend(TextRange joined, in Envelope envelope) => (_cut, _uptime) = (joined, envelope.UptimeMicroseconds);

    /// <summary>Adds this line to the name of the last task row, if it is of the same record and fits.</summary>
    public static bool TryExtendName(OomReport report, in Envelope envelope)
    {
        bool isBare = !envelope.IsContinuation && envelope.UptimeMicroseconds < 0;

        if (report.Tasks.Count == 0 || (isBare && (report.Facts.PendingForeignLines > 0 || envelope.Message.IsEmpty || IsElision(envelope.Message))))
        {
            return false;
        }

        // A mail program breaks a row before its name; nothing else leaves a row without one and a bare line behind it, where rows have stamps.
        bool isBroken = isBare && !IsOfRecords(report) && report.Facts.LastUptime >= 0 && !envelope.Wall.IsPresent
            && report.Tasks.Last.Name.Length == 0 && envelope.Message.Length is > 0 and <= TaskName.MaxLength;
        if (isBroken)
        {
            report.Tasks.Last = report.Tasks.Last with { Name = TaskNameText.Read(envelope.Message, ReportLineReader.Escaping(in envelope)) };
            return true;
        }

        if (!IsSameRecord(in envelope, report.Facts.LastUptime))
        {
            return false;
        }

        ref OomTask task = ref report.Tasks.Last;
        Span<byte> name = stackalloc byte[TaskName.MaxLength + 1];
        int length = task.Name.CopyTo(name);
        TaskName rest = TaskNameText.Read(envelope.Message, ReportLineReader.Escaping(in envelope));
        bool isWhole = envelope.Message.Length <= TaskName.MaxLength || rest.Length < TaskName.MaxLength;
        if (!isWhole || length + 1 + rest.Length > TaskName.MaxLength)
        {
            return false;
        }

        name[length++] = (byte)'\n';
        length += rest.CopyTo(name[length..]);
        task = task with { Name = new TaskName(name[..length]) };
        return true;
    }

    /// <summary>Tells whether two joiners await the same at an offset.</summary>
    public bool IsSameStateAs(LineJoiner other, LiveReports live, LiveReports otherLive, long offset) => IsAwaitingAt(offset)
        ? other.IsAwaitingAt(offset) && live.IndexOf(Report) == otherLive.IndexOf(other.Report) && (Kind, _cut, _offset, _uptime) == (other.Kind, other._cut, other._offset, other._uptime)
        : !other.IsAwaitingAt(offset);

    /// <summary>Tells whether a line stands for others that somebody left out; between the parts of a file that <c>grep</c> found there is one of two dashes.</summary>
    private static bool IsElision(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        ReadOnlySpan<byte> inner = text.Trim("[]<>(){}-=. "u8);

        // "..", "[...]", "[…]", "<snip>", "-- snip --", and the bracket of a stamp that was cut off.
        return (inner.IsEmpty && text.IndexOf(".."u8) >= 0) || inner.SequenceEqual("\u2026"u8)
            || (inner.Length < text.Length && (inner.SequenceEqual("snip"u8) || inner.SequenceEqual("SNIP"u8) || inner.SequenceEqual("cut"u8)))
            || text.SequenceEqual("--"u8) || text.SequenceEqual("["u8);
    }

    /// <summary>Tells whether lines come in records that say where they end, so that nothing is torn off: what stands between them is no rest.</summary>
    private static bool IsOfRecords(OomReport report) =>
        (report.Facts.FirstWrappers & (KernelLogWrappers.DevKmsg | KernelLogWrappers.Json | KernelLogWrappers.JournalFields)) != 0;

    private static bool IsSameRecord(in Envelope envelope, long uptime) =>
        envelope.IsContinuation || (envelope.UptimeMicroseconds == uptime && (uptime >= 0 || !envelope.Wall.IsPresent));
}
