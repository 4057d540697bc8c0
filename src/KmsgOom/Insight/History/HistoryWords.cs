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

    /// <summary>Gets the cgroup whose limit was hit, else that of the victim, with one slash in front and none at the end.</summary>
    public static string? CgroupOf(OomEvent oomEvent)
    {
        string? path = OrNull(oomEvent.Memcg?.Path) ?? OrNull(oomEvent.Memcg?.TaskPath);
        return path is null ? null : "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }
}
