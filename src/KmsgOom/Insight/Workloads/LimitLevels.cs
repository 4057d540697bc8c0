namespace KmsgOom.Insight;

/// <summary>Tells on which level the memory ran out.</summary>
internal static class LimitLevels
{
    /// <param name="oomEvent">The event.</param>
    /// <param name="limitPath">The cgroup whose limit was hit.</param>
    /// <param name="limit">What its path says.</param>
    /// <param name="task">What the path of the chosen task's cgroup says.</param>
    public static OomLimitLevel Find(OomEvent oomEvent, string? limitPath, OomWorkload? limit, OomWorkload? task)
    {
        if (oomEvent.Kind != OomEventKind.Oom || oomEvent.IsManual)
        {
            return OomLimitLevel.None;
        }

        return oomEvent.Scope switch
        {
            OomScope.Global => OomLimitLevel.Machine,
            OomScope.Cpuset or OomScope.Mempolicy => OomLimitLevel.Nodes,

            // Nothing can limit the root but the machine.
            OomScope.Memcg when limitPath == "/" => OomLimitLevel.Machine,
            OomScope.Memcg when limit is not null => FindLevel(limit, limitPath!, oomEvent.Memcg?.TaskPath, task),
            _ => OomLimitLevel.Unknown,
        };
    }

    private static OomLimitLevel FindLevel(OomWorkload limit, string limitPath, string? taskPath, OomWorkload? task)
    {
        // A group that the workload has made inside its own: the limit around it is another.
        if (limit.SubPath is not null and not ("ns" or "payload" or "container" or "libvirt" or "libvirt/emulator" or "emulator"))
        {
            return taskPath is not null && IsBelow(taskPath, limitPath) ? OomLimitLevel.Ancestor : OomLimitLevel.Cgroup;
        }

        switch (limit.Level)
        {
            case OomLimitLevel.Container:
                OomWorkload? home = WorkloadConclusion.FindAround(task, static one => one.Level == OomLimitLevel.Container);
                bool isOuter = home is not null && home.Path != limit.Path && IsBelow(home.Path, limit.Path);
                return isOuter ? OomLimitLevel.OuterContainer : OomLimitLevel.Container;
            case OomLimitLevel.Cgroup:
                return taskPath is not null && IsBelow(taskPath, limitPath) ? OomLimitLevel.Ancestor : OomLimitLevel.Cgroup;
            default:
                return limit.Level;
        }
    }

    private static bool IsBelow(string path, string top) =>
        path.Length > top.Length && path.StartsWith(top, StringComparison.Ordinal) && path[top.Length] == '/';
}
