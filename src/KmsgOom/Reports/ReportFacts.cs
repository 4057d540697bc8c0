using KmsgOom.Envelopes;
using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>The single values of a report; ranges are of the report's text.</summary>
internal struct ReportFacts
{
    public ReportFacts()
    {
    }

    /// <summary>Tells when the report began: printed, or from the boot time.</summary>
    public readonly OomTimestamp? Time => FirstWall.ToTimestamp()
        ?? (Boot.IsPresent && FirstUptime >= 0 && FirstUptime <= (DateTime.MaxValue.Ticks - Boot.Ticks) / TimeSpan.TicksPerMicrosecond
            ? (Boot with { Ticks = Boot.Ticks + (FirstUptime * TimeSpan.TicksPerMicrosecond) }).ToTimestamp()!.Value with { Source = OomTimeSource.Boot }
            : null);

    /// <summary>
    /// Tells whether a trigger is of the same moment: of the same microsecond, or of the same second where one of two loggers leaves out the kernel's stamp.
    /// </summary>
    public readonly bool IsOfTime(in Envelope trigger) => trigger.UptimeMicroseconds >= 0 && FirstUptime >= 0
        ? trigger.UptimeMicroseconds == FirstUptime
        : (trigger.UptimeMicroseconds >= 0 || FirstUptime >= 0) && trigger.Wall.IsPresent && trigger.Wall.IsPrintedAs(FirstWall);

    /// <summary>Converts microseconds since boot; null for the negative value that stands for "none".</summary>
    public static TimeSpan? ToUptime(long microseconds) => microseconds < 0 ? null : TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>A line has told when the report began.</summary>
    public readonly bool HasClock => FirstUptime >= 0 || FirstWall.IsPresent;

    public OomEventKind Kind;
    public ReportState State;

    /// <summary>The report has its victim, or the reason for none: only reaper lines and members of a group may follow.</summary>
    public bool IsSettled;

    /// <summary>Which sections the log has, and which came last: it tells what the next lines mean.</summary>
    public OomSections Sections;
    public OomSections Section;

    public TextRange Host;
    public long FirstLine;
    public long FirstOffset;

    /// <summary>The clocks of the first line that has any: before it there may be one that is cut, or somebody's words.</summary>
    public long FirstUptime = -1;
    public WallClock FirstWall;
    public KernelLogWrappers FirstWrappers;

    /// <summary>When the host booted, where the first line has no wall clock and another line told.</summary>
    public WallClock Boot;

    /// <summary>The first line with both clocks has told when the host booted; the others would say the same.</summary>
    public bool IsBootNoted;

    /// <summary>When and where the last line of the report proper was, for the window in which more is awaited.</summary>
    public long LastUptime = -1;
    public WallClock LastWall;
    public long LastOffset;
    public long LastSequence = -1;

    public int OwnedLines;
    public int ForeignLines;

    /// <summary>Foreign lines since the last line of the report: they count only if another one follows.</summary>
    public int PendingForeignLines;
    public int UnknownLines;

    /// <summary>A dump of another CPU runs inside the report: its trace is not ours.</summary>
    public bool IsInForeignDump;

    /// <summary>The head of that trace was read: the next one is another's.</summary>
    public bool HasForeignTrace;

    /// <summary>A bound was hit: lines are counted but no longer kept.</summary>
    public bool IsFull;

    /// <summary>The table has more rows than are kept.</summary>
    public bool IsTableFull;

    public long SuppressedBefore;
    public long LostMessages;
    public bool IsInterleaved;

    /// <summary>The log has the report, or each of its lines, more than once.</summary>
    public bool IsDuplicated;

    /// <summary>Each line comes twice; <see cref="IsPaired"/> once the last one has.</summary>
    public bool IsDoubled;
    public bool IsPaired;

    /// <summary>All of the report is in one that was delivered or will be.</summary>
    public bool IsCopy;

    public TaskName TriggerName;
    public bool HasTriggerName;

    /// <summary>Before the trigger stand words that may be somebody's who tells of it: alone it proves nothing.</summary>
    public bool IsOnlyQuoted;

    /// <summary>The name is longer than a name may be: an unknown wrapper stands before it, and the CPU line knows better.</summary>
    public bool IsTriggerNameDoubtful;
    public int? TriggerPid;
    public uint? TriggerUid;
    public int? TriggerCpu;
    public uint? GfpMask;
    public TextRange GfpFlags;
    public int? Order;
    public int? TriggerOomScoreAdj;
    public int? TriggerOomAdj;
    public TextRange Nodemask;
    public TextRange Cpuset;
    public TextRange MemsAllowed;

    public bool HasCpuLine;
    public TextRange Release;
    public TextRange Version;
    public TextRange Tainted;
    public TextRange Hardware;

    public TextRange LimitPath;
    public TextRange TaskPath;

    /// <summary>The path comes from a cgroup's report; a machine's names the victim's cgroup too.</summary>
    public bool HasTaskIn;
    public OomMemcgUsage? Memory;
    public OomMemcgUsage? MemorySwap;
    public OomMemcgUsage? Swap;
    public OomMemcgUsage? Kmem;
    public OomMemcgProtection? Protection;

    /// <summary>Only the report of a cgroup counts its memory, in whatever unit.</summary>
    public readonly bool HasMemcgCounter => Memory is not null || MemorySwap is not null || Swap is not null || Kmem is not null;

    /// <summary>Statistics stand on one line each, the limit's first, then those of its descendants (up to 5.2).</summary>
    public bool HasStatsOfEach;

    public bool IsGroupKill;

    /// <summary>The cgroup whose tasks die together; the machine may be full, and not the cgroup.</summary>
    public TextRange GroupPath;

    public OomConstraint Constraint;
    public TextRange ConstraintText;
    public bool IsGlobal;

    /// <summary>The task that the constraint line names.</summary>
    public int? ChosenPid;
    public TaskName ChosenName;

    /// <summary>What stood before the kill line: it tells memcg from global where nothing else does.</summary>
    public OomScope KillScope;

    public bool HasTasksHeader;
    public OomTask.Columns Columns;

    /// <summary>The process of "Kill process … or sacrifice child" that awaits its kill line.</summary>
    public bool HasAnnounced;
    public int AnnouncedPid;
    public TaskName AnnouncedName;
    public long? AnnouncedScore;

    public readonly OomAnnounced? Announced => HasAnnounced ? new OomAnnounced(AnnouncedPid, AnnouncedName) { Score = AnnouncedScore } : null;

    /// <summary>A kill line ends in the middle of its pid.</summary>
    public bool IsVictimCut;

    /// <summary>Something was killed, and the log does not say its pid: a whole cgroup by systemd-oomd, a task by an old fault handler.</summary>
    public bool IsKillWithoutPid;

    /// <summary>The kernel says that it killed nobody.</summary>
    public bool HasNoKillable;

    public bool IsAlreadyExiting;
    public TextRange Panic;
    public OomScope PanicScope;

    /// <summary>The page size that a buddy line tells; zero where none was read.</summary>
    public int PageSize;

    /// <summary>The last line of Mem-Info broke behind a zone's name: its blocks follow.</summary>
    public bool AwaitsBlocks;
}
