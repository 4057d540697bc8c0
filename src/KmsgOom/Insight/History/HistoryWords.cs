using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>The keys of the tables of a history.</summary>
internal static class HistoryWords
{
    public static string Of(OomEventKind kind) => kind switch
    {
        OomEventKind.Oom => "oom",
        OomEventKind.AllocationFailure => "alloc_failure",
        OomEventKind.VmFault => "vm_fault",
        OomEventKind.UserspaceKill => "userspace_kill",
        _ => "other",
    };

    public static string Of(OomScope scope) => scope switch
    {
        OomScope.Global => "global",
        OomScope.Memcg => "memcg",
        OomScope.Cpuset => "cpuset",
        OomScope.Mempolicy => "mempolicy",
        _ => "unknown",
    };

    public static string DayOf(OomTimestamp time) => time.DateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string HourOf(OomTimestamp time) => time.DateTime.ToString("HH", CultureInfo.InvariantCulture);

    public static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Names the workload of the cgroup whose limit was hit, else of the victim's: a pod keeps its UID when its containers are made anew.</summary>
    public static string? WorkloadOf(OomEvent oomEvent)
    {
        string? path = OrNull(oomEvent.Memcg?.Path) ?? OrNull(oomEvent.Memcg?.TaskPath);
        return OomWorkload.Parse(path) switch
        {
            _ when path is null => null,
            { PodUid: { } uid } => $"pod {uid}",
            { StaticPodHash: { } hash } => $"static pod {hash}",
            { Kind: OomWorkloadKind.Service or OomWorkloadKind.Scope, Parent: null, Unit: { } unit } => unit,
            _ => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)),
        };
    }
}
