using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads one line of a report with the grammar of its kind and stores what it says.</summary>
internal sealed class ReportLineReader(OomParserLimits limits)
{
    // Markdown's indent; no task is called so.
    private const int MinIndent = 4;

    /// <summary>Gets the reader of tables.</summary>
    public TaskTableReader Tasks { get; } = new(limits);

    public long MalformedLines { get; private set; }

    public static TaskNameText.Escaping Escaping(scoped in Envelope envelope) =>
        envelope.IsRecord ? TaskNameText.Escaping.None
        : envelope.HasOctalEscapes ? TaskNameText.Escaping.Octal
        : TaskNameText.Escaping.Hex;

    /// <summary>Reads the pid of a kill line or an announcement; -1 where there is none.</summary>
    public static int PeekPid(ReadOnlySpan<byte> message)
    {
        Utf8Cursor cursor = new(message);
        return cursor.TrySkipPast("ill"u8) && cursor.TrySkipPast(" process "u8) && cursor.TryTakeInt32(out int pid) ? pid : -1;
    }

    /// <summary>Tells whether a CPU line may be the trigger's: it names the same task, as far as a newline in the name lets it.</summary>
    public static bool IsOfTrigger(OomReport report, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(envelope.Message);
        if (!report.Facts.HasTriggerName || report.Facts.IsTriggerNameDoubtful || !CpuLine.TryParse(text, out CpuLine cpu) || cpu.Name.In(text).Contains((byte)'\n'))
        {
            return true;
        }

        return TaskNameText.Read(cpu.Name.In(text), Escaping(in envelope)) == report.Facts.TriggerName;
    }

    public void Reset()
    {
        MalformedLines = 0;
        Tasks.Reset();
    }

    /// <summary>Reads a line that a bound forbids to keep: kills are never lost, the rest is.</summary>
    public void ReadWithoutText(OomReport report, OomLineKind kind, scoped in Envelope envelope)
    {
        if (kind is OomLineKind.Killed or OomLineKind.KillAnnounced)
        {
            Dispatch(report, kind, OomLineClassifier.SkipIndent(envelope.Message), 0, in envelope);
        }
    }

    public LineResult Read(OomReport report, OomLineKind kind, TextRange line, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = report.Get(line);
        ReadOnlySpan<byte> trimmed = kind is OomLineKind.Trigger or OomLineKind.Cpuset or OomLineKind.AllocationFailure ? text : OomLineClassifier.SkipIndent(text);
        LineResult result = Dispatch(report, kind, trimmed, line.Start + text.Length - trimmed.Length, in envelope);
        MalformedLines += result == LineResult.Malformed ? 1 : 0;
        return result;
    }

    /// <summary>Reads a line again that could not be read, or not to its end, before its rest came.</summary>
    public void ReadAgain(OomReport report, OomLineKind kind, TextRange line, bool wasMalformed, scoped in Envelope envelope)
    {
        MalformedLines -= wasMalformed ? 1 : 0;
        Read(report, kind, line, in envelope);
    }

    /// <summary>Reads a line that was put together; false where the piece does not belong to it.</summary>
    public bool ReadJoined(OomReport report, LineJoiner joiner, TextRange joined, bool isPiece, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(report.Get(joined));
        int longest = text.Contains((byte)'\\') || text.Contains((byte)'#') ? TaskNameText.MaxEscapedLength : TaskName.MaxLength;
        if (!isPiece && NameLength(joiner.Kind, text) > longest)
        {
            report.DropText(joined.Start);
            return false;
        }

        if (Read(report, joiner.Kind, joined, in envelope) == LineResult.Cut)
        {
            joiner.Extend(joined, in envelope);
        }
        else
        {
            joiner.Forget();
        }

        return true;
    }

    /// <summary>Says how long the name of a line is, as far as it is there; for the lines that a newline in a name can cut.</summary>
    private static int NameLength(OomLineKind kind, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case OomLineKind.Cpu:
                int comm = text.IndexOf("omm: "u8);
                return CpuLine.TryParse(text, out CpuLine cpu) ? cpu.Name.Length : comm < 0 ? int.MaxValue : text.Length - comm - "omm: ".Length;
            case OomLineKind.Constraint:
                int task = text.LastIndexOf(",task="u8);
                return ConstraintLine.TryParse(text, out ConstraintLine constraint) ? constraint.Name.Length
                    : task < 0 ? int.MaxValue : text.Length - task - ",task=".Length;
            case OomLineKind.Killed:
                _ = KilledLine.TryParse(text, out KilledLine killed);
                return killed.Name.Length;
            case OomLineKind.Reaper:
                _ = ReaperLine.TryParse(text, out ReaperLine reaper);
                return reaper.Name.Length;
            default:
                _ = KilledLine.TryParseAnnouncement(text, out KilledLine announced);
                return announced.Name.Length;
        }
    }

    /// <summary>Reads the lines that come by the thousand; kept small, since the locals of rarer lines would be zeroed for each of them.</summary>
    private LineResult Dispatch(OomReport report, OomLineKind kind, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        switch (kind)
        {
            case OomLineKind.TaskRow:
                return Tasks.ReadRow(report, text, in envelope);
            case OomLineKind.MemcgStat:
                return ReadStat(report, text, start);
            case OomLineKind.Frame:
                report.CallTrace.Add(new TextRange(start, text.TrimEnd((byte)' ').Length));
                return LineResult.Read;
            case OomLineKind.Register:
                return ReadRegisters(report, text, start);
            case OomLineKind.MemInfo:
                return ReadMemInfo(ref report.Facts, text);
            default:
                return DispatchRare(report, kind, text, start, in envelope);
        }
    }

    private LineResult DispatchRare(OomReport report, OomLineKind kind, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        switch (kind)
        {
            case OomLineKind.Trigger when TriggerLine.TryParse(text, out TriggerLine trigger):
                return Store(ref facts, in trigger, text, start, in envelope);
            case OomLineKind.AllocationFailure:
                return KinReader.ReadFailure(ref facts, text, start, in envelope);
            case OomLineKind.VmFault:
                return KinReader.ReadFault(ref facts, text, in envelope);
            case OomLineKind.UserKill:
                return KinReader.ReadUserKill(report, text, start, in envelope);
            case OomLineKind.Cpuset:
                bool hasMems = CpusetLine.TryParse(text, out TextRange cpuset, out TextRange mems);
                (facts.Cpuset, facts.MemsAllowed) = (cpuset.Shift(start), mems.Shift(start));
                return hasMems ? LineResult.Read : LineResult.Cut;
            case OomLineKind.Cpu:
                return ReadCpu(ref facts, text, start, in envelope);
            case OomLineKind.Hardware:
                facts.Hardware = HardwareLine.Parse(text).Shift(start);
                return LineResult.Read;
            case OomLineKind.CallTrace when TraceLine.IsInBraces(text["Call Trace:".Length..]):
                int title = text.IndexOfAny((byte)'<', (byte)'{');
                report.CallTrace.Add(new TextRange(start + title, text.TrimEnd((byte)' ').Length - title));
                return LineResult.Read;
            case OomLineKind.TaskIn when TaskInLine.TryParse(text, out TextRange taskPath, out TextRange limitPath):
                facts.TaskPath = taskPath.IsPresent ? taskPath.Shift(start) : facts.TaskPath;
                facts.LimitPath = limitPath.IsPresent ? limitPath.Shift(start) : facts.LimitPath;
                facts.HasTaskIn = true;
                return text.EndsWith(" "u8) ? LineResult.Cut : LineResult.Read;
            case OomLineKind.LimitReached:
                facts.LimitPath = LimitReachedLine.Parse(text).Shift(start);
                return LineResult.Read;
            case OomLineKind.MemcgUsage when MemcgUsageLine.TryParse(text, out MemcgUsageLine.Counter counter, out OomMemcgUsage usage):
                return Store(ref facts, counter, usage);
            case OomLineKind.MemcgStats:
                return ReadStats(report, text, start);
            case OomLineKind.MemcgProtection when MemcgProtectionLine.TryParse(text, out OomMemcgProtection protection):
                facts.Protection = protection;
                return LineResult.Read;
            case OomLineKind.TasksHeader:
                return Tasks.ReadHeader(report, text, start);
            case OomLineKind.Constraint:
                return ReadConstraint(ref facts, text, start, in envelope);
            case OomLineKind.KillAnnounced:
                return KillReader.ReadAnnouncement(ref facts, text, in envelope);
            case OomLineKind.Killed:
                return KillReader.ReadKill(report, text, in envelope);
            case OomLineKind.Reaper:
                return KillReader.ReadReaper(report, text, in envelope);
            case OomLineKind.GroupKill:
                facts.IsGroupKill = true;
                facts.GroupPath = GroupKillLine.ParsePath(text).Shift(start);
                facts.IsSettled = true;
                return LineResult.Read;
            case OomLineKind.AlreadyExiting:
                KillReader.ReadAlreadyExiting(ref facts, text);
                return LineResult.Read;
            case OomLineKind.NoKillable:
                facts.HasNoKillable = true;
                facts.IsSettled = true;
                return LineResult.Read;
            case OomLineKind.Panic:
                TextRange reason = PanicLine.ParseReason(text);
                (facts.Panic, facts.PanicScope) = (reason.Shift(start), PanicLine.ScopeOf(reason.In(text)));
                facts.IsSettled = true;
                return LineResult.Read;
            case OomLineKind.Remark or OomLineKind.KillRemark or OomLineKind.SlubRemark:
                facts.HasNoKillable |= RemarkLine.IsSpared(text);
                OomRemarkKind about = RemarkLine.TryClassify(text, out OomRemarkKind found) ? found
                    : kind == OomLineKind.SlubRemark ? OomRemarkKind.Allocation : OomRemarkKind.Kill;
                report.Remarks.Add(new RemarkEntry(about, new TextRange(start, text.TrimEnd((byte)' ').Length)));
                return LineResult.Read;
            case OomLineKind.Trigger or OomLineKind.TaskIn
                or OomLineKind.MemcgUsage or OomLineKind.MemcgProtection:
                return LineResult.Malformed;
            default:
                return LineResult.Read;
        }
    }

    /// <summary>Stores the name that a report begins with, and whether it may be more than the name.</summary>
    public static void StoreTriggerName(ref ReportFacts facts, ReadOnlySpan<byte> name, scoped in Envelope envelope)
    {
        int vendor = VendorPrefix.Length(name);
        int indent = name.Length - OomLineClassifier.SkipIndent(name).Length;
        bool isPasted = indent >= MinIndent || name is [(byte)'\t', ..];
        int marks = envelope.Wrappers == KernelLogWrappers.None && name is [(byte)'>', ..] ? name.IndexOfAnyExcept("> "u8) : 0;
        if (vendor > 0 || isPasted || marks > 0 || indent > (envelope.UptimeMicroseconds < 0 ? 0 : 1) || name is [(byte)'>' or (byte)'|', (byte)' ' or (byte)'>', ..])
        {
            // A vendor's prefix, a mail's mark, a paste's indent, or truly the task's name: the CPU line knows.
            name = name[(vendor > 0 ? vendor : isPasted ? indent : Math.Max(marks, 0))..];
            facts.IsTriggerNameDoubtful = true;
        }

        facts.TriggerName = TaskNameText.Read(name, Escaping(in envelope), out bool fits);
        if (!fits && facts.TriggerName.Length == TaskName.MaxLength)
        {
            int end = Math.Max(name.LastIndexOf(": "u8), name.LastIndexOf("] "u8));
            facts.TriggerName = TaskNameText.Read(end < 0 ? name[^TaskName.MaxLength..] : name[(end + 2)..], Escaping(in envelope));
            facts.IsTriggerNameDoubtful = true;
        }
    }

    private static LineResult Store(ref ReportFacts facts, in TriggerLine trigger, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        StoreTriggerName(ref facts, trigger.Name.In(text), in envelope);
        facts.HasTriggerName = trigger.Name.IsPresent;
        facts.GfpMask = trigger.GfpMask;
        facts.GfpFlags = trigger.GfpFlags.Shift(start);
        facts.Nodemask = trigger.Nodemask.Shift(start);
        facts.Order = trigger.Order;
        facts.TriggerOomAdj = trigger.OomAdj;
        facts.TriggerOomScoreAdj = trigger.OomScoreAdj;
        return trigger.EndsAtNodes ? LineResult.Cut : LineResult.Read;
    }

    private static LineResult Store(ref ReportFacts facts, MemcgUsageLine.Counter counter, OomMemcgUsage usage)
    {
        switch (counter)
        {
            case MemcgUsageLine.Counter.Memory:
                facts.Memory = usage;
                break;
            case MemcgUsageLine.Counter.MemorySwap:
                facts.MemorySwap = usage;
                break;
            case MemcgUsageLine.Counter.Swap:
                facts.Swap = usage;
                break;
            default:
                facts.Kmem = usage;
                break;
        }

        return LineResult.Read;
    }

    private static LineResult ReadCpu(ref ReportFacts facts, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        bool isWhole = CpuLine.TryParse(text, out CpuLine cpu);
        facts.HasCpuLine = true;
        facts.TriggerCpu = cpu.Cpu;
        facts.TriggerPid = cpu.Pid;
        facts.TriggerUid = cpu.Uid;
        if (!isWhole)
        {
            return LineResult.Cut;
        }

        facts.Release = cpu.Release.Shift(start);
        facts.Version = cpu.Version.Shift(start);
        facts.Tainted = cpu.Tainted.Shift(start);
        ReadOnlySpan<byte> printed = cpu.Name.In(text);
        // Where a newline tears the name apart, the trigger line has only the end of it: the CPU line has all.
        if (!facts.HasTriggerName || facts.IsTriggerNameDoubtful || printed.Contains((byte)'\n'))
        {
            facts.TriggerName = TaskNameText.Read(printed, Escaping(in envelope));
            facts.HasTriggerName = true;
        }

        return LineResult.Read;
    }

    private static LineResult ReadRegisters(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        Utf8Cursor cursor = new(text);
        while (!cursor.IsAtEnd && TraceLine.TryTakeRegister(ref cursor, text, out TextRange name, out TextRange value))
        {
            report.Registers.Add(new RegisterEntry(name.Shift(start), value.Shift(start)));
        }

        return LineResult.Read;
    }

    private static LineResult ReadStats(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        if (MemcgStatsLine.TryParse(text, out TextRange path, out TextRange values))
        {
            report.StatGroups.Add(new StatGroup(path.Shift(start), report.Stats.Count));
        }
        else if (report.StatGroups.Count == 0)
        {
            report.StatGroups.Add(new StatGroup(default, 0));
        }

        Utf8Cursor cursor = new(text) { Position = values.Start };
        while (MemcgStatsLine.TryTakeValue(ref cursor, out TextRange key, out long kiB))
        {
            // More than 2^53 bytes is no size; the number is kept as far as it fits.
            report.Stats.Add(new StatEntry(key.Shift(start), Math.Clamp(kiB, long.MinValue / 1024, long.MaxValue / 1024) * 1024));
            report.Facts.HasStatsOfEach = true;
        }

        return LineResult.Read;
    }

    private static LineResult ReadMemInfo(ref ReportFacts facts, ReadOnlySpan<byte> text)
    {
        if (facts.PageSize == 0)
        {
            facts.PageSize = MemInfoLine.TryReadPageSize(text, isRest: facts.AwaitsBlocks && text[0] is >= (byte)'0' and <= (byte)'9', out int pageSize) ? pageSize : 0;
            facts.AwaitsBlocks = text.TrimEnd((byte)' ') is [.., (byte)':'];
        }

        return LineResult.Read;
    }

    private static LineResult ReadStat(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        if (!MemcgStatLine.TryParse(text, out TextRange key, out long value))
        {
            return LineResult.Malformed;
        }

        AddStat(report, key.Shift(start), value);
        return LineResult.Read;
    }

    /// <summary>Stores a value of the statistics that was read already.</summary>
    public static void AddStat(OomReport report, TextRange key, long value)
    {
        if (report.StatGroups.Count == 0)
        {
            report.StatGroups.Add(new StatGroup(default, 0));
        }

        report.Stats.Add(new StatEntry(key, value));
    }

    private static LineResult ReadConstraint(ref ReportFacts facts, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        bool isWhole = ConstraintLine.TryParse(text, out ConstraintLine line);
        ReadOnlySpan<byte> word = line.Constraint.In(text);
        facts.ConstraintText = word.IsEmpty ? default : line.Constraint.Shift(start);
        facts.Constraint = word switch
        {
            _ when word.SequenceEqual("CONSTRAINT_NONE"u8) => OomConstraint.None,
            _ when word.SequenceEqual("CONSTRAINT_MEMCG"u8) => OomConstraint.Memcg,
            _ when word.SequenceEqual("CONSTRAINT_CPUSET"u8) => OomConstraint.Cpuset,
            _ when word.SequenceEqual("CONSTRAINT_MEMORY_POLICY"u8) => OomConstraint.MemoryPolicy,
            _ => OomConstraint.Other,
        };
        facts.Nodemask = line.Nodemask.IsPresent ? line.Nodemask.Shift(start) : facts.Nodemask;
        facts.Cpuset = line.Cpuset.IsPresent ? line.Cpuset.Shift(start) : facts.Cpuset;
        facts.MemsAllowed = line.MemsAllowed.IsPresent ? line.MemsAllowed.Shift(start) : facts.MemsAllowed;
        facts.LimitPath = line.LimitPath.IsPresent ? line.LimitPath.Shift(start) : facts.LimitPath;
        facts.TaskPath = line.TaskPath.IsPresent ? line.TaskPath.Shift(start) : facts.TaskPath;
        facts.IsGlobal = line.IsGlobal;
        facts.ChosenPid = line.Pid;
        facts.ChosenName = line.Pid is null ? default : TaskNameText.Read(line.Name.In(text), Escaping(in envelope));
        return isWhole ? LineResult.Read : LineResult.Cut;
    }
}
