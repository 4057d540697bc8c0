using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Taking the lines inside a report, for <see cref="LineRun"/>.</content>
internal sealed partial class ReportAssembler
{
    // The names and values of one line.
    private readonly TextRange[] _registers = new TextRange[16];

    /// <summary>Gets whether the last line began a report or stands inside one, so that more of it may follow.</summary>
    public bool IsInside { get; private set; }

    /// <summary>Finds the report whose lines may be read in a run: it is open in a section before the victim's; null where there is none.</summary>
    public OomReport? FindRunning(ReadOnlySpan<byte> host, in WallClock wall) =>
        Reports.FindOpen(host) is
        {
            Facts:
            {
                Kind: OomEventKind.Oom, IsInForeignDump: false, IsDoubled: false, IsFull: false, PendingForeignLines: 0,
                Section: OomSections.Tasks or OomSections.Memcg or OomSections.MemInfo or OomSections.CallTrace or OomSections.Trigger,
            }
        } open && (open.Facts.IsBootNoted || !wall.IsPresent) && !_wrap.IsOf(open)
            ? open : null;

    /// <summary>Takes a line that has no one shape, or that leads from one section to the next; false where it is anything else, which goes the long way.</summary>
    /// <param name="report">The report.</param>
    /// <param name="envelope">The line.</param>
    /// <param name="prefix">What stood before its message.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public bool TryAcceptOtherInRun(OomReport report, scoped in Envelope envelope, in RunPrefix prefix, long line, long offset)
    {
        ReadOnlySpan<byte> message = envelope.Message;
        OomSections section = report.Facts.Section;
        OomLineKind kind = OomLineClassifier.Classify(message, section);
        bool isFrequent = (kind == OomLineKind.MemInfo && section == OomSections.MemInfo) || (kind == OomLineKind.Register && section == OomSections.CallTrace);

        // Newlines that are written as escapes have a "#", and vendors' prefixes begin with such letters.
        if ((isFrequent || kind == OomLineKind.MemcgStats) && (message[0] is (byte)'c' or (byte)'(' || message.Contains((byte)'#')))
        {
            return false;
        }

        if (isFrequent)
        {
            TextRange text = new(OwnInRun(report, message, message.Length, in prefix, line, offset), message.Length);
            _reader.Read(report, kind, text, in envelope);
            if (kind == OomLineKind.Register)
            {
                _mail.Await(report, kind, text, line, offset);
            }

            return true;
        }

        if (!kind.IsInside() || Reports.HasSeveralOpen || (SecondLook.IsDue(kind, in envelope) && _second.TryMend(kind, message, out _))
            || MixedReports.NoteForeignDump(report, kind, in envelope))
        {
            return false;
        }

        _joiner.Forget();
        Own(report, kind, in envelope, line, offset);
        return true;
    }

    /// <summary>Takes a value of the statistics out of a record that has all of them, which they follow one by one in a run elsewhere.</summary>
    private bool TryAcceptStatistic(scoped in Envelope part, ReadOnlySpan<byte> rest, long line, long offset)
    {
        if (rest.Length < ByteMask.Width || FindRunning(part.Host, in part.Wall) is not { Facts.Section: OomSections.Memcg } report || ReportWindow.IsOver(report, in part, offset))
        {
            return false;
        }

        RunPrefix prefix = new() { UptimeMicroseconds = part.UptimeMicroseconds, Sequence = part.Sequence };
        if (!Statistics.TryAccept(this, report, rest, part.Message.Length, in prefix, line, offset))
        {
            return false;
        }

        EndRun(report, prefix.UptimeMicroseconds, in part.Wall, offset);
        IsInside = true;
        Reports.KeepInBounds(report);
        return true;
    }

    /// <summary>Takes a line of registers. The prefix is a copy, as for any call from the loop.</summary>
    private bool TryAcceptRegisters(OomReport report, ReadOnlySpan<byte> text, int length, RunPrefix prefix, long line, long offset)
    {
        int count = prefix.IsContinuation ? 0 : TraceLine.ReadShortRegisters(text, length, _registers);
        if (count == 0)
        {
            return false;
        }

        int start = OwnInRun(report, text, length, in prefix, line, offset);
        for (int at = 0; at < count; at += 2)
        {
            report.Registers.Add(new RegisterEntry(_registers[at].Shift(start), _registers[at + 1].Shift(start)));
        }

        return true;
    }

    /// <summary>Remembers what the last line of a run tells of the report.</summary>
    public void EndRun(OomReport report, long uptimeMicroseconds, in WallClock wall, long offset)
    {
        _joiner.ForgetBefore(offset);
        Reports.EndRun(report, uptimeMicroseconds, in wall, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OwnInRun(OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        OomReportBuilder.Touch(ref report.Facts, prefix.UptimeMicroseconds, prefix.Sequence, offset);
        report.Facts.OwnedLines++;
        int start = report.Append(text, length);
        report.Lines.Add(new ReportLine(line, new TextRange(start, length), report.Facts.Section, IsKnown: true));
        return start;
    }

    /// <summary>Tells that a name at the end of a line is nothing else: no escape, no colour, no end of a JSON record, nothing that is trimmed.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text, int length) =>
        length > 0 && (ByteMask.OfEscape(text) & ((1u << length) - 1)) == 0 && text[length - 1] is not ((byte)'{' or (byte)'>' or (byte)']' or (byte)'\r' or 0);

    /// <summary>The frames of a call trace, and the marks around them.</summary>
    public readonly struct Frames : IRunLines
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryAccept(ReportAssembler assembler, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
        {
            if (TraceLine.IsShortFrame(text, length, out int indent))
            {
                report.CallTrace.Add(new TextRange(OwnInRun(report, text, length, in prefix, line, offset) + indent, length - indent));
                return true;
            }

            if (TraceLine.IsTaskMark(text[..length]))
            {
                OwnInRun(report, text, length, in prefix, line, offset);
                return true;
            }

            return text[0] is >= (byte)'A' and <= (byte)'Z' && assembler.TryAcceptRegisters(report, text, length, prefix, line, offset);
        }
    }

    /// <summary>The values of the memory cgroup's statistics.</summary>
    public readonly struct Statistics : IRunLines
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryAccept(ReportAssembler assembler, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
        {
            if (!MemcgStatLine.TryParseShort(text, length, out TextRange key, out long value))
            {
                return false;
            }

            ReportLineReader.AddStat(report, key.Shift(OwnInRun(report, text, length, in prefix, line, offset)), value);
            return true;
        }
    }

    /// <summary>The rows of the task table.</summary>
    public readonly struct Rows : IRunLines
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryAccept(ReportAssembler assembler, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
        {
            TaskTableReader tasks = assembler._reader.Tasks;
            if (!tasks.TryReadShortRow(report, text, length, out int pid, out int name) || !IsPlain(text[name..], length - name))
            {
                return false;
            }

            OwnInRun(report, text, length, in prefix, line, offset);
            tasks.AddTask(report, pid, new TaskName(ByteMask.Head(text[name..], length - name)));
            return true;
        }
    }

    /// <summary>The lines of sections where each has a form of its own.</summary>
    public readonly struct Others : IRunLines
    {
        public static bool TryAccept(ReportAssembler assembler, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset) => false;
    }
}
