using KmsgOom.Lines;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The grammar of each kind of line that the parser tells apart.</summary>
internal static class KindGrammars
{
    /// <summary>Reads the table's header alone: its rows need it.</summary>
    public static readonly IReadOnlyDictionary<OomLineKind, Func<string, object?>> All = new Dictionary<OomLineKind, Func<string, object?>>
    {
        [OomLineKind.Suppressed] = SuppressedGrammar.TryParse,
        [OomLineKind.Trigger] = TriggerGrammar.TryParse,
        [OomLineKind.AllocationFailure] = AllocationFailureGrammar.TryParse,
        [OomLineKind.Cpuset] = CpusetGrammar.TryParse,
        [OomLineKind.Cpu] = CpuLineGrammar.TryParse,
        [OomLineKind.Hardware] = StackRemarkGrammar.TryParseHardware,
        [OomLineKind.StackRemark] = StackRemarkGrammar.TryParse,
        [OomLineKind.CallTrace] = TraceGrammar.TryParseTitle,
        [OomLineKind.TraceMark] = TraceGrammar.TryParseMark,
        [OomLineKind.Frame] = TraceGrammar.TryParseFrame,
        [OomLineKind.Register] = TraceGrammar.TryParseRegisters,
        [OomLineKind.TaskIn] = TaskInGrammar.TryParse,
        [OomLineKind.LimitReached] = TaskInGrammar.TryParse,
        [OomLineKind.MemcgUsage] = UsageGrammar.TryParse,
        [OomLineKind.MemcgStats] = MemcgStatsGrammar.TryParse,
        [OomLineKind.MemcgStat] = MemcgStatsGrammar.TryParse,
        [OomLineKind.MemcgProtection] = ProtectionGrammar.TryParse,
        [OomLineKind.MemInfoStart] = static text => text.TrimEnd(' ') is "Mem-Info:" or "Mem-info:" ? text : null,
        [OomLineKind.MemInfo] = ReadMemInfo,
        [OomLineKind.TasksTitle] = static text => text.TrimEnd(' ') == TaskTableGrammar.Title ? text : null,
        [OomLineKind.TasksHeader] = static text => TaskTableGrammar.TryParse(text.TrimEnd(' ')),
        [OomLineKind.TaskRow] = ReadRow,
        [OomLineKind.Constraint] = ConstraintGrammar.TryParse,
        [OomLineKind.KillAnnounced] = AnnouncementGrammar.TryParse,
        [OomLineKind.Killed] = KillGrammar.TryParse,
        [OomLineKind.GroupKill] = OomGroupGrammar.TryParse,
        [OomLineKind.KillRemark] = RemarkGrammar.TryParse,
        [OomLineKind.AlreadyExiting] = AlreadyExitingGrammar.TryParse,
        [OomLineKind.NoKillable] = NoKillableGrammar.TryParse,
        [OomLineKind.Panic] = PanicGrammar.TryParse,
        [OomLineKind.Reaper] = ReaperGrammar.TryParse,
        [OomLineKind.MessagesDropped] = LossGrammar.TryParse,
        [OomLineKind.SlubRemark] = SlubGrammar.TryParse,
        [OomLineKind.VmFault] = VmFaultGrammar.TryParse,
        [OomLineKind.UserKill] = UserKillGrammar.TryParse,
        [OomLineKind.Remark] = RemarkGrammar.TryParse,
    };

    /// <summary>The kinds whose words stand for themselves: no other line may be taken for one, wherever it stands.</summary>
    /// <remarks>Of the others some are told by the section (a number behind a word, a row), and some by words that are nobody's own.</remarks>
    public static readonly OomLineKind[] OfOwnWords =
    [
        OomLineKind.Suppressed, OomLineKind.Trigger, OomLineKind.AllocationFailure, OomLineKind.Hardware, OomLineKind.MemcgUsage, OomLineKind.MemcgProtection,
        OomLineKind.TasksHeader, OomLineKind.Constraint, OomLineKind.KillAnnounced, OomLineKind.Killed, OomLineKind.GroupKill, OomLineKind.AlreadyExiting,
        OomLineKind.NoKillable, OomLineKind.Reaper, OomLineKind.MessagesDropped, OomLineKind.SlubRemark, OomLineKind.VmFault, OomLineKind.UserKill,
    ];

    private static object? ReadMemInfo(string message)
    {
        string text = message.Trim(' ');
        return (object?)BuddyGrammar.TryParse(text) ?? (object?)ZoneLineGrammar.TryParse(text) ?? (object?)HugepagesGrammar.TryParse(text) ?? (object?)NodeLineGrammar.TryParse(text)
            ?? (object?)ReserveGrammar.TryParse(text) ?? (object?)SwapSpaceGrammar.TryParse(text) ?? (object?)SwapCacheGrammar.TryParse(text) ?? (object?)PageTotalGrammar.TryParse(text)
            ?? (object?)GlobalCountersGrammar.TryParse(text) ?? (object?)PerCpuGrammar.TryParse(text) ?? (object?)PerCpuGrammar.TryParseTitle(text)
            ?? (object?)SlabGrammar.TryParse(text) ?? (object?)AllocationProfileGrammar.TryParse(text) ?? (IsTitle(text) ? text : null);
    }

    private static bool IsTitle(string text) => text
        is "Unreclaimable slab info:" or "excessive unreclaimable slab but cannot dump stats" or "Memory allocations:"
        or "Memory allocations (profiling is currently turned on):" or "Memory allocations (profiling is currently turned off):"
        || text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Name", "Used", "Total"];

    /// <summary>Reads a row by the number of its columns, 6 to 10: the header is another line's business.</summary>
    private static TaskTableRow? ReadRow(string message)
    {
        string text = message.TrimStart(' ');
        return Enumerable.Range(6, 5)
            .Select(count => TaskTableGrammar.TryParse(text, new TaskTableHeader(["pid", .. Enumerable.Range(0, count).Select(at => $"column{at}"), "name"])))
            .FirstOrDefault(row => row is not null);
    }
}
