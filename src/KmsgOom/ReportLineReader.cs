using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads one line of a report with the grammar of its kind and stores what it says.</summary>
internal sealed class ReportLineReader(OomParserLimits limits)
{
    private const int MaxColumns = 32;

    private readonly TaskColumn[] _columns = new TaskColumn[MaxColumns];
    private readonly long[] _other = new long[MaxColumns];
    private OomReport? _columnsOf;
    private int _columnCount;

    /// <summary>How long the name of the line read last is, as far as it is there; only for lines that a name can cut.</summary>
    private int _nameLength;

    internal enum Result : byte
    {
        Read,

        /// <summary>The line was recognised and cannot be read.</summary>
        Malformed,

        /// <summary>The line ends inside a task name that holds a newline.</summary>
        Cut,
    }

    public long MalformedLines { get; private set; }

    public static TaskNameText.Escaping Escaping(scoped in Envelope envelope) =>
        envelope.Sequence >= 0 ? TaskNameText.Escaping.None
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
        _columnsOf = null;
    }

    /// <summary>Reads a line that a bound forbids to keep: kills are never lost, the rest is.</summary>
    public void ReadWithoutText(OomReport report, OomLineKind kind, scoped in Envelope envelope)
    {
        if (kind is OomLineKind.Killed or OomLineKind.KillAnnounced)
        {
            Dispatch(report, kind, envelope.Message.TrimStart((byte)' '), 0, in envelope);
        }
    }

    public Result Read(OomReport report, OomLineKind kind, TextRange line, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = report.Get(line);
        ReadOnlySpan<byte> trimmed = kind is OomLineKind.Trigger or OomLineKind.Cpuset or OomLineKind.AllocationFailure ? text : OomLineClassifier.SkipIndent(text);
        Result result = Dispatch(report, kind, trimmed, line.Start + text.Length - trimmed.Length, in envelope);
        MalformedLines += result == Result.Malformed ? 1 : 0;
        return result;
    }

    /// <summary>Reads a line that was put together; false where the piece does not belong to it.</summary>
    public bool ReadJoined(OomReport report, LineJoiner joiner, TextRange joined, scoped in Envelope envelope)
    {
        Result result = Read(report, joiner.Kind, joined, in envelope);
        bool fits = result != Result.Malformed && _nameLength <= (joined.Length > 0 && report.Get(joined).Contains((byte)'\\') ? TaskName.MaxLength * 4 : TaskName.MaxLength);
        if (!fits)
        {
            report.DropText(joined.Start);
            return false;
        }

        if (result == Result.Cut)
        {
            joiner.Extend(joined);
        }
        else
        {
            joiner.Forget();
        }

        return true;
    }

    private Result Dispatch(OomReport report, OomLineKind kind, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        switch (kind)
        {
            case OomLineKind.TaskRow:
                return ReadTask(report, text, in envelope);
            case OomLineKind.MemcgStat when MemcgStatLine.TryParse(text, out TextRange key, out long value):
                return AddStat(report, key.Shift(start), value);
            case OomLineKind.Frame:
                report.CallTrace.Add(new TextRange(start, text.TrimEnd((byte)' ').Length));
                return Result.Read;
            case OomLineKind.Register:
                return ReadRegisters(report, text, start);
            case OomLineKind.MemInfo:
                facts.PageSize = facts.PageSize == 0 && MemInfoLine.TryReadPageSize(text, out int pageSize) ? pageSize : facts.PageSize;
                return Result.Read;
            case OomLineKind.Trigger when TriggerLine.TryParse(text, out TriggerLine trigger):
                return Store(ref facts, in trigger, text, start, in envelope);
            case OomLineKind.AllocationFailure when AllocationFailureLine.TryParse(text, out AllocationFailureLine failure):
                return Store(ref facts, in failure, text, start, in envelope);
            case OomLineKind.Cpuset when CpusetLine.TryParse(text, out TextRange cpuset, out TextRange mems):
                (facts.Cpuset, facts.MemsAllowed) = (cpuset.Shift(start), mems.Shift(start));
                return Result.Read;
            case OomLineKind.Cpu:
                return ReadCpu(ref facts, text, start, in envelope);
            case OomLineKind.Hardware:
                facts.Hardware = HardwareLine.Parse(text).Shift(start);
                return Result.Read;
            case OomLineKind.TaskIn when TaskInLine.TryParse(text, out TextRange taskPath, out TextRange limitPath):
                (facts.TaskPath, facts.LimitPath) = (taskPath.Shift(start), limitPath.Shift(start));
                return Result.Read;
            case OomLineKind.LimitReached:
                facts.LimitPath = LimitReachedLine.Parse(text).Shift(start);
                return Result.Read;
            case OomLineKind.MemcgUsage when MemcgUsageLine.TryParse(text, out MemcgUsageLine.Counter counter, out OomMemcgUsage usage):
                return Store(ref facts, counter, usage);
            case OomLineKind.MemcgStats:
                return ReadStats(report, text, start);
            case OomLineKind.MemcgProtection when MemcgProtectionLine.TryParse(text, out OomMemcgProtection protection):
                facts.Protection = protection;
                return Result.Read;
            case OomLineKind.TasksHeader:
                return ReadTaskHeader(report, text, start);
            case OomLineKind.Constraint:
                return ReadConstraint(ref facts, text, start);
            case OomLineKind.KillAnnounced:
                return ReadAnnouncement(ref facts, text, in envelope);
            case OomLineKind.Killed:
                return ReadKill(report, text, in envelope);
            case OomLineKind.GroupKill:
                facts.IsGroupKill = true;
                facts.LimitPath = facts.LimitPath.IsPresent ? facts.LimitPath : GroupKillLine.ParsePath(text).Shift(start);
                facts.IsSettled = true;
                return Result.Read;
            case OomLineKind.AlreadyExiting:
                facts.IsAlreadyExiting = true;
                facts.IsSettled = true;
                return Result.Read;
            case OomLineKind.NoKillable:
                facts.HasNoKillable = true;
                facts.IsSettled = true;
                return Result.Read;
            case OomLineKind.Panic:
                facts.Panic = PanicLine.ParseReason(text).Shift(start);
                facts.IsSettled = true;
                return Result.Read;
            case OomLineKind.MemcgStat or OomLineKind.Trigger or OomLineKind.AllocationFailure or OomLineKind.Cpuset or OomLineKind.TaskIn
                or OomLineKind.MemcgUsage or OomLineKind.MemcgProtection:
                return Result.Malformed;
            default:
                return Result.Read;
        }
    }

    private static Result Store(ref ReportFacts facts, in TriggerLine trigger, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> name = trigger.Name.In(text);
        facts.HasTriggerName = trigger.Name.IsPresent;
        facts.TriggerName = TaskNameText.Read(name, Escaping(in envelope));
        if (name.Length > TaskName.MaxLength && facts.TriggerName.Length == TaskName.MaxLength)
        {
            int end = Math.Max(name.LastIndexOf(": "u8), name.LastIndexOf("] "u8));
            facts.TriggerName = TaskNameText.Read(end < 0 ? name[^TaskName.MaxLength..] : name[(end + 2)..], Escaping(in envelope));
            facts.IsTriggerNameDoubtful = true;
        }

        facts.GfpMask = trigger.GfpMask;
        facts.GfpFlags = trigger.GfpFlags.Shift(start);
        facts.Nodemask = trigger.Nodemask.Shift(start);
        facts.Order = trigger.Order;
        facts.TriggerOomAdj = trigger.OomAdj;
        facts.TriggerOomScoreAdj = trigger.OomScoreAdj;
        return Result.Read;
    }

    private static Result Store(ref ReportFacts facts, in AllocationFailureLine failure, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        facts.HasTriggerName = true;
        facts.TriggerName = TaskNameText.Read(failure.Name.In(text), Escaping(in envelope));
        facts.GfpMask = failure.GfpMask;
        facts.GfpFlags = failure.GfpFlags.Shift(start);
        facts.Order = failure.Order;
        return Result.Read;
    }

    private static Result Store(ref ReportFacts facts, MemcgUsageLine.Counter counter, OomMemcgUsage usage)
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

        return Result.Read;
    }

    private Result ReadCpu(ref ReportFacts facts, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        bool isWhole = CpuLine.TryParse(text, out CpuLine cpu);
        facts.HasCpuLine = true;
        facts.TriggerCpu = cpu.Cpu;
        facts.TriggerPid = cpu.Pid;
        facts.TriggerUid = cpu.Uid;
        if (!isWhole)
        {
            int at = text.IndexOf("omm: "u8);
            _nameLength = at < 0 ? int.MaxValue : text.Length - at - "omm: ".Length;
            return Result.Cut;
        }

        _nameLength = cpu.Name.Length;
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

        return Result.Read;
    }

    private static Result ReadRegisters(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        Utf8Cursor cursor = new(text);
        while (!cursor.IsAtEnd && TraceLine.TryTakeRegister(ref cursor, text, out TextRange name, out TextRange value))
        {
            report.Registers.Add(new RegisterEntry(name.Shift(start), value.Shift(start)));
        }

        return Result.Read;
    }

    private static Result ReadStats(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        if (!MemcgStatsLine.TryParse(text, out TextRange path, out TextRange values))
        {
            return Result.Malformed;
        }

        report.StatGroups.Add(new StatGroup(path.Shift(start), report.Stats.Count));
        Utf8Cursor cursor = new(text) { Position = values.Start };
        while (MemcgStatsLine.TryTakeValue(ref cursor, out TextRange key, out long kiB))
        {
            // More than 2^53 bytes is no size; the number is kept as far as it fits.
            report.Stats.Add(new StatEntry(key.Shift(start), Math.Clamp(kiB, long.MinValue / 1024, long.MaxValue / 1024) * 1024));
        }

        return Result.Read;
    }

    private static Result AddStat(OomReport report, TextRange key, long value)
    {
        if (report.StatGroups.Count == 0)
        {
            report.StatGroups.Add(new StatGroup(default, 0));
        }

        report.Stats.Add(new StatEntry(key, value));
        return Result.Read;
    }

    private Result ReadTaskHeader(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        // A second header cannot change the columns of the rows that are there.
        if (report.Tasks.Count > 0)
        {
            return Result.Read;
        }

        report.OtherColumns.Clear();
        OomTask.Columns present = OomTask.Columns.None;
        Utf8Cursor cursor = new(text);
        cursor.TrySkipPast("]"u8);
        _columnCount = 0;
        _columnsOf = report;
        while (_columnCount < MaxColumns && TaskHeaderLine.TryTakeColumn(ref cursor, text, out TaskColumn column, out TextRange name))
        {
            _columns[_columnCount++] = column;
            present |= Present(column);
            if (column == TaskColumn.Other)
            {
                report.OtherColumns.Add(name.Shift(start));
            }
        }

        report.Facts.HasTasksHeader = true;
        report.Facts.Columns = present;
        return Result.Read;
    }

    private static OomTask.Columns Present(TaskColumn column) => column switch
    {
        TaskColumn.RssAnon => OomTask.Columns.RssAnon,
        TaskColumn.RssFile => OomTask.Columns.RssFile,
        TaskColumn.RssShmem => OomTask.Columns.RssShmem,
        TaskColumn.PageTablesBytes => OomTask.Columns.PageTablesBytes,
        TaskColumn.SwapEntries => OomTask.Columns.SwapEntries,
        TaskColumn.OomScoreAdj => OomTask.Columns.OomScoreAdj,
        _ => OomTask.Columns.None,
    };

    private Result ReadTask(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        if (!report.Facts.HasTasksHeader)
        {
            return Result.Malformed;
        }

        // Reports of several hosts may alternate; each has its own header.
        if (!ReferenceEquals(_columnsOf, report))
        {
            ReloadColumns(report);
        }

        if (!TaskRowLine.TryParse(text, _columns.AsSpan(0, _columnCount), out TaskRowLine.TaskRow row, out TextRange name, _other))
        {
            return Result.Malformed;
        }

        if (report.Tasks.Count >= limits.MaxTasks)
        {
            report.Facts.IsFull = true;
            return Result.Read;
        }

        report.Tasks.Add(new OomTask(
            row.Pid, row.Tgid, row.Uid, row.TotalVm, row.Rss, row.RssAnon, row.RssFile, row.RssShmem, row.PageTables, row.Swap,
            row.OomScoreAdj, report.Facts.Columns, TaskNameText.Read(name.In(text), Escaping(in envelope))));
        report.OtherValues.AddRange(_other.AsSpan(0, report.OtherColumns.Count));
        return Result.Read;
    }

    private void ReloadColumns(OomReport report)
    {
        foreach (ref readonly ReportLine line in report.Lines.AsSpan())
        {
            ReadOnlySpan<byte> text = report.Get(line.Text);
            ReadOnlySpan<byte> trimmed = OomLineClassifier.SkipIndent(text);
            if (line.Section != OomSections.Tasks || !TaskHeaderLine.IsMatch(trimmed))
            {
                continue;
            }

            _columnsOf = report;
            _columnCount = 0;
            Utf8Cursor cursor = new(trimmed);
            cursor.TrySkipPast("]"u8);
            while (_columnCount < MaxColumns && TaskHeaderLine.TryTakeColumn(ref cursor, trimmed, out TaskColumn column, out _))
            {
                _columns[_columnCount++] = column;
            }

            return;
        }
    }

    private Result ReadConstraint(ref ReportFacts facts, ReadOnlySpan<byte> text, int start)
    {
        bool isWhole = ConstraintLine.TryParse(text, out ConstraintLine line);
        ReadOnlySpan<byte> word = line.Constraint.In(text);
        facts.ConstraintText = line.Constraint.Shift(start);
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
        if (isWhole)
        {
            _nameLength = line.Name.Length;
            return Result.Read;
        }

        int task = text.LastIndexOf(",task="u8);
        _nameLength = task < 0 ? int.MaxValue : text.Length - task - ",task=".Length;
        return Result.Cut;
    }

    private Result ReadAnnouncement(ref ReportFacts facts, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        bool isWhole = KilledLine.TryParseAnnouncement(text, out KilledLine line);
        _nameLength = line.Name.Length;
        facts.HasAnnounced = true;
        facts.AnnouncedPid = line.Pid;
        facts.AnnouncedName = TaskNameText.Read(line.Name.In(text), Escaping(in envelope));
        facts.AnnouncedScore = line.Score;
        facts.KillScope = ScopeOf(line.Prefix, facts.KillScope);
        return isWhole ? Result.Read : Result.Cut;
    }

    private Result ReadKill(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        bool isWhole = KilledLine.TryParse(text, out KilledLine line);
        _nameLength = line.Name.Length;
        ref ReportFacts facts = ref report.Facts;
        facts.KillScope = ScopeOf(line.Prefix, facts.KillScope);
        facts.IsSettled = true;
        int index = report.FindVictim(line.Pid);
        OomVictim victim = index >= 0 ? report.Victims[index] : new OomVictim
        {
            Pid = line.Pid,
            Uptime = ReportFacts.ToUptime(envelope.UptimeMicroseconds),
            Time = envelope.Wall.ToTimestamp(),
        };

        // A second line about the same pid completes the first: nothing that was read is lost.
        victim = victim with
        {
            Name = line.Name.Length > 0 || index < 0 ? TaskNameText.Read(line.Name.In(text), Escaping(in envelope)) : victim.Name,
            TotalVmKiB = line.TotalVmKiB ?? victim.TotalVmKiB,
            AnonRssKiB = line.AnonRssKiB ?? victim.AnonRssKiB,
            FileRssKiB = line.FileRssKiB ?? victim.FileRssKiB,
            ShmemRssKiB = line.ShmemRssKiB ?? victim.ShmemRssKiB,
            Uid = line.Uid ?? victim.Uid,
            PageTablesKiB = line.PageTablesKiB ?? victim.PageTablesKiB,
            OomScoreAdj = line.OomScoreAdj ?? victim.OomScoreAdj,
        };
        if (facts.HasAnnounced && index < 0)
        {
            victim = victim with
            {
                Score = facts.AnnouncedScore,
                Announced = facts.AnnouncedPid == line.Pid ? null : new OomAnnounced(facts.AnnouncedPid, facts.AnnouncedName),
            };
            facts.HasAnnounced = false;
        }

        if (index >= 0)
        {
            report.Victims[index] = victim;
        }
        else
        {
            report.Victims.Add(victim);
        }

        return isWhole ? Result.Read : Result.Cut;
    }

    private static OomScope ScopeOf(KilledLine.Message message, OomScope known) => message switch
    {
        KilledLine.Message.MemoryCgroup => OomScope.Memcg,
        KilledLine.Message.MemoryPolicy => OomScope.Mempolicy,
        KilledLine.Message.Cpuset => OomScope.Cpuset,
        KilledLine.Message.OutOfMemory or KilledLine.Message.AllocatingTask => OomScope.Global,
        _ => known,
    };
}
