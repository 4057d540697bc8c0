namespace KmsgOom.Cli.Text;

/// <summary>Which limit was hit, how full it was, and what filled it.</summary>
internal static class LimitText
{
    public static void Write(Screen screen, OomEvent oomEvent)
    {
        if (oomEvent.Kind != OomEventKind.Oom)
        {
            return;
        }

        if (oomEvent.Scope is OomScope.Cpuset or OomScope.Mempolicy)
        {
            screen.Field("Nodes", DescribeNodes(oomEvent.Trigger));
        }

        if (oomEvent.Memcg is not { } memcg)
        {
            if (oomEvent.Scope == OomScope.Memcg)
            {
                screen.Field("Limit", "the log does not name the cgroup", Ink.Warning);
            }

            return;
        }

        if (oomEvent.Scope == OomScope.Memcg || memcg.Path is not null || memcg.Memory is not null)
        {
            screen.Field("Limit", DescribePath(memcg));
        }

        WriteCounter(screen, "memory", memcg.Memory);
        WriteCounter(screen, "memory+swap", OnlyIfItMatters(memcg.MemorySwap));
        WriteCounter(screen, "swap", OnlyIfItMatters(memcg.Swap));
        WriteCounter(screen, "kernel memory", OnlyIfItMatters(memcg.Kmem));
        if (memcg.Protection is { } protection && (protection.MinKiB | protection.LowKiB) != 0)
        {
            screen.Field("", $"protected: min {Sizes.FromKiB(protection.MinKiB)}, low {Sizes.FromKiB(protection.LowKiB)}");
        }

        MemcgStatsText.Write(screen, memcg);
        if (memcg.TaskPath is { } taskPath and not "/")
        {
            screen.Field("Task in", taskPath == memcg.Path ? "this cgroup" : taskPath);
        }

        if (memcg.OomGroup)
        {
            screen.Field("", "memory.oom.group is set: all tasks of the group are killed together");
        }
    }

    private static string DescribePath(OomMemcg memcg) => memcg.Path ?? "of a cgroup that the log does not name";

    private static void WriteCounter(Screen screen, string name, OomMemcgUsage? counter)
    {
        if (counter is not { } usage)
        {
            return;
        }

        string text = usage switch
        {
            { IsUnlimited: true } => $"{name} {Sizes.FromKiB(usage.UsageKiB)} used, limit none ({usage.UsageKiB} kB)",
            { LimitKiB: 0, UsageKiB: 0 } => $"{name} none allowed (limit 0)",
            _ => $"{name} {Sizes.FromKiB(usage.UsageKiB)} used of {Sizes.FromKiB(usage.LimitKiB)} ({usage.UsageKiB} of {usage.LimitKiB} kB)",
        };
        screen.Field("", $"{text}, failcnt{Words.Glue}{usage.FailCount}");
    }

    // Without a limit and unused: v1 counters that were never set up, or printed without meaning on v2.
    private static OomMemcgUsage? OnlyIfItMatters(OomMemcgUsage? counter) =>
        counter is { IsUnlimited: true, UsageKiB: 0 } ? null : counter;

    private static string DescribeNodes(OomTrigger? trigger)
    {
        List<string> parts = [];
        if (trigger?.Nodemask is { } nodemask)
        {
            parts.Add($"nodemask {nodemask}");
        }

        if (trigger?.MemsAllowed is { } memsAllowed)
        {
            parts.Add($"mems_allowed {memsAllowed}");
        }

        if (trigger?.Cpuset is { } cpuset)
        {
            parts.Add($"cpuset {cpuset}");
        }

        return parts.Count > 0 ? string.Join(", ", parts) : "the log does not name them";
    }
}
