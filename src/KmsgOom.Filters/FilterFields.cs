using System.Collections.Immutable;
using System.Text.Json;

namespace KmsgOom.Filters;

/// <summary>All fields, a line each; the names are those of the JSON, with or without <c>_bytes</c>.</summary>
internal static class FilterFields
{
    // Above the tables: static fields are made in the order in which they stand.
    private static readonly string[] SectionWords = ["trigger", "call_trace", "memcg", "mem_info", "tasks", "constraint", "victim"];

    /// <summary>Gets the fields of a row of the task table.</summary>
    public static FilterTable<(OomEvent Event, OomTask Task)> OfTask { get; } = new(new()
    {
        ["pid"] = Number<(OomEvent, OomTask Task)>(row => row.Task.Pid),
        ["tgid"] = Number<(OomEvent, OomTask Task)>(row => row.Task.Tgid),
        ["uid"] = Number<(OomEvent, OomTask Task)>(row => row.Task.Uid),
        ["comm"] = Text<(OomEvent, OomTask Task)>(row => row.Task.Name.ToString()),
        ["oom_score_adj"] = Number<(OomEvent, OomTask Task)>(row => row.Task.OomScoreAdj),
        ["total_vm"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.TotalVmPages),
        ["rss"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.RssPages),
        ["rss_anon"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.RssAnonPages),
        ["rss_file"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.RssFilePages),
        ["rss_shmem"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.RssShmemPages),
        ["swap"] = Pages<(OomEvent Event, OomTask Task)>(row => row.Event, row => row.Task.SwapEntriesPages),
        ["pgtables"] = Size<(OomEvent, OomTask Task)>(row => row.Task.PageTablesBytes),
    });

    /// <summary>Gets the fields of a victim.</summary>
    public static FilterTable<OomVictim> OfVictim { get; } = new(new()
    {
        ["pid"] = Number<OomVictim>(victim => victim.Pid),
        ["uid"] = Number<OomVictim>(victim => victim.Uid),
        ["comm"] = Text<OomVictim>(victim => victim.Name.ToString()),
        ["score"] = Number<OomVictim>(victim => victim.Score),
        ["oom_score_adj"] = Number<OomVictim>(victim => victim.OomScoreAdj),
        ["rss"] = KiB<OomVictim>(victim => victim.RssKiB),
        ["total_vm"] = KiB<OomVictim>(victim => victim.TotalVmKiB),
        ["anon_rss"] = KiB<OomVictim>(victim => victim.AnonRssKiB),
        ["file_rss"] = KiB<OomVictim>(victim => victim.FileRssKiB),
        ["shmem_rss"] = KiB<OomVictim>(victim => victim.ShmemRssKiB),
        ["pgtables"] = KiB<OomVictim>(victim => victim.PageTablesKiB),
        ["reaper"] = Word<OomVictim, OomReaperOutcome>(victim => victim.Reaper?.Outcome),
    });

    /// <summary>Gets the fields of an event; <c>victim.X</c> is that of any victim.</summary>
    public static FilterTable<OomEvent> OfEvent { get; } = MakeEvent();

    private static FilterTable<OomEvent> MakeEvent()
    {
        Dictionary<string, FilterField<OomEvent>> fields = new()
        {
            ["kind"] = Words<OomEvent>(KindOf, "oom", "alloc_failure", "vm_fault", "userspace_kill"),
            ["outcome"] = Word<OomEvent, OomOutcome>(oom => oom.Outcome),
            ["scope"] = Word<OomEvent, OomScope>(oom => oom.Scope),
            ["constraint"] = Text<OomEvent>(oom => oom.ConstraintText),
            ["id"] = Text<OomEvent>(oom => oom.Id),
            ["host"] = Text<OomEvent>(oom => oom.Host),
            ["time"] = new(FilterKind.Time, oom => oom.Time is { } time ? [Moment(time)] : [], []),
            ["uptime"] = new(FilterKind.Duration, oom => One(oom.Uptime?.Ticks), []),
            ["complete"] = Flag(oom => oom.IsComplete),
            ["interleaved"] = Flag(oom => oom.IsInterleaved),
            ["duplicated"] = Flag(oom => oom.IsDuplicated),
            ["missing"] = new(FilterKind.Word, oom => Sections(oom.Missing), SectionWords),
            ["sections"] = new(FilterKind.Word, oom => Sections(oom.Sections), SectionWords),
            ["suppressed_before"] = Number<OomEvent>(oom => oom.SuppressedBefore),
            ["lost_messages"] = Number<OomEvent>(oom => oom.LostMessages),
            ["panic"] = Text<OomEvent>(oom => oom.Panic),
            ["page_size"] = Size<OomEvent>(oom => oom.PageSize),
            ["source.path"] = Text<OomEvent>(oom => oom.Source.Path),
            ["source.line"] = Number<OomEvent>(oom => oom.Source.Line),
            ["kernel.release"] = Text<OomEvent>(oom => oom.Kernel?.Release),
            ["kernel.version"] = Text<OomEvent>(oom => oom.Kernel?.Version),
            ["kernel.tainted"] = Text<OomEvent>(oom => oom.Kernel?.Tainted),
            ["kernel.hardware"] = Text<OomEvent>(oom => oom.Kernel?.Hardware),
            ["trigger.comm"] = Text<OomEvent>(oom => oom.Trigger?.Name?.ToString()),
            ["trigger.pid"] = Number<OomEvent>(oom => oom.Trigger?.Pid),
            ["trigger.uid"] = Number<OomEvent>(oom => oom.Trigger?.Uid),
            ["trigger.cpu"] = Number<OomEvent>(oom => oom.Trigger?.Cpu),
            ["trigger.order"] = Number<OomEvent>(oom => oom.Trigger?.Order),
            ["trigger.oom_score_adj"] = Number<OomEvent>(oom => oom.Trigger?.OomScoreAdj),
            ["trigger.gfp_flags"] = new(FilterKind.Text, oom => GfpFlags(oom).Select(flag => (FilterValue)flag), []),
            ["trigger.cpuset"] = Text<OomEvent>(oom => oom.Trigger?.Cpuset),
            ["trigger.mems_allowed"] = Text<OomEvent>(oom => oom.Trigger?.MemsAllowed),
            ["trigger.nodemask"] = Text<OomEvent>(oom => oom.Trigger?.Nodemask),
            ["trigger.manual"] = Flag(oom => oom.IsManual),
            ["memcg.path"] = Text<OomEvent>(oom => oom.Memcg?.Path),
            ["memcg.task_path"] = Text<OomEvent>(oom => oom.Memcg?.TaskPath),
            ["memcg.oom_group"] = Flag(oom => oom.Memcg?.OomGroup == true),
            ["call_trace"] = new(FilterKind.Text, oom => oom.CallTrace.Select(frame => (FilterValue)frame), []),
            ["memory.ram"] = Pages<OomEvent>(oom => oom, oom => oom.Memory?.RamPages),
            ["memory.reserved"] = Pages<OomEvent>(oom => oom, oom => oom.Memory?.ReservedPages),
            ["memory.swap_total"] = KiB<OomEvent>(oom => oom.Memory?.SwapTotalKiB),
            ["memory.swap_free"] = KiB<OomEvent>(oom => oom.Memory?.SwapFreeKiB),
        };

        // memcg.limit and memcg.usage are those of memory, which people mean.
        AddCounter(fields, "memcg", oom => oom.Memcg?.Memory);
        AddCounter(fields, "memcg.memory", oom => oom.Memcg?.Memory);
        AddCounter(fields, "memcg.memory_swap", oom => oom.Memcg?.MemorySwap);
        AddCounter(fields, "memcg.swap", oom => oom.Memcg?.Swap);
        AddCounter(fields, "memcg.kmem", oom => oom.Memcg?.Kmem);
        foreach ((string name, FilterField<OomVictim> field) in OfVictim.Fields)
        {
            fields[$"victim.{name}"] = new(field.Kind, oom => oom.Victims.SelectMany(victim => field.Get(victim)), field.Words);
        }

        return new FilterTable<OomEvent>(fields)
        {
            ["memory."] = static name => new(FilterKind.Size, oom => One(oom.Memory?.Counters.Get(name) is { } pages ? (Int128)pages * oom.PageSize : null), []),
            ["memcg.stats."] = static name => new(FilterKind.Size, oom => oom.Memcg?.Stats.SelectMany(stats => One(stats[name])) ?? [], []),
        };
    }

    private static string KindOf(OomEvent oom) => oom.Kind switch
    {
        OomEventKind.AllocationFailure => "alloc_failure",
        OomEventKind.UserspaceKill => "userspace_kill",
        OomEventKind.VmFault => "vm_fault",
        _ => "oom",
    };

    private static void AddCounter(Dictionary<string, FilterField<OomEvent>> fields, string name, Func<OomEvent, OomMemcgUsage?> get)
    {
        fields[$"{name}.usage"] = KiB<OomEvent>(oom => get(oom)?.UsageKiB);
        fields[$"{name}.limit"] = KiB<OomEvent>(oom => get(oom) is { IsUnlimited: false } counter ? counter.LimitKiB : null);
        fields[$"{name}.unlimited"] = Flag(oom => get(oom) is { IsUnlimited: true });
        fields[$"{name}.failcnt"] = new(FilterKind.Number, oom => get(oom) is { } counter ? [(Int128)counter.FailCount] : [], []);
    }

    private static IEnumerable<FilterValue> Sections(OomSections sections)
    {
        for (int at = 0; at < SectionWords.Length; at++)
        {
            if (((int)sections & (1 << at)) != 0)
            {
                yield return SectionWords[at];
            }
        }
    }

    private static FilterValue Moment(OomTimestamp time) => new(null, time.DateTime.Ticks - (time.Offset?.Ticks ?? 0), time.DateTime.Ticks);

    /// <summary>Gets the flags as the JSON has them: printed or, for kernels that print a number, decoded.</summary>
    private static ImmutableArray<string> GfpFlags(OomEvent oom) => oom.Trigger is { GfpFlags: { IsDefaultOrEmpty: false } printed } ? printed : OomGfpFlags.Decode(oom);

    private static IEnumerable<FilterValue> One(Int128? value) => value is { } number ? [number] : [];

    private static FilterField<OomEvent> Flag(Func<OomEvent, bool> get) => new(FilterKind.Flag, oom => [get(oom) ? 1L : 0L], []);

    private static FilterField<T> Text<T>(Func<T, string?> get) => new(FilterKind.Text, item => get(item) is { } text ? [text] : [], []);

    private static FilterField<T> Number<T>(Func<T, long?> get) => new(FilterKind.Number, item => One(get(item)), []);

    private static FilterField<T> Size<T>(Func<T, long?> get) => new(FilterKind.Size, item => One(get(item)), []);

    private static FilterField<T> KiB<T>(Func<T, long?> get) => new(FilterKind.Size, item => One(get(item) is { } kib ? (Int128)kib * 1024 : null), []);

    private static FilterField<T> Pages<T>(Func<T, OomEvent> oom, Func<T, long?> get) =>
        new(FilterKind.Size, item => One(get(item) is { } pages ? (Int128)pages * oom(item).PageSize : null), []);

    private static FilterField<T> Words<T>(Func<T, string> get, params string[] words) => new(FilterKind.Word, item => [get(item)], words);

    private static FilterField<T> Word<T, TWord>(Func<T, TWord?> get)
        where TWord : struct, Enum =>
        new(FilterKind.Word, item => get(item) is { } word ? [SnakeCase(word.ToString())] : [], [.. Enum.GetNames<TWord>().Select(SnakeCase)]);

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
