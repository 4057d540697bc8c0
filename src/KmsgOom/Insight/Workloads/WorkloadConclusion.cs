namespace KmsgOom.Insight;

/// <summary>Draws the conclusion whose memory it was.</summary>
internal static class WorkloadConclusion
{
    public static OomWorkloadFinding Draw(OomEvent oomEvent, OomAnalysisOptions options)
    {
        List<OomEvidence> evidence = [];
        List<string> unknowns = [];
        string? limitPath = FindLimitPath(oomEvent, unknowns);
        OomWorkload? limit = OomWorkload.Parse(limitPath);
        OomWorkload? task = OomWorkload.Parse(oomEvent.Memcg?.TaskPath);
        OomLimitLevel level = LimitLevels.Find(oomEvent, limitPath, limit, task);
        WorkloadEvidence.AddPaths(evidence, oomEvent);
        if (limit?.Level == OomLimitLevel.Pod && task is null)
        {
            unknowns.Add("the log does not say in which container of the pod the task lived");
        }

        OomWorkloadFinding finding = new()
        {
            Level = level,
            Limit = limit,
            Task = task,
            LimitBytes = oomEvent.Memcg?.Memory is { IsUnlimited: false, LimitKiB: >= 0 } memory ? memory.LimitKiB * 1024 : null,
        };
        finding = PodJoin.Join(finding, oomEvent, options, unknowns);
        finding = OomScoreConclusion.Add(finding, oomEvent, options, evidence, unknowns);
        return finding with
        {
            Shares = ContainerShares.Collect(oomEvent, finding),
            Evidence = [.. evidence],
            Unknowns = [.. unknowns],
        };
    }

    /// <summary>Finds the innermost workload of which something is true, beginning with the one that is given.</summary>
    public static OomWorkload? FindAround(OomWorkload? workload, Func<OomWorkload, bool> isMeant)
    {
        while (workload is not null && !isMeant(workload))
        {
            workload = workload.Parent;
        }

        return workload;
    }

    private static string? FindLimitPath(OomEvent oomEvent, List<string> unknowns)
    {
        if (oomEvent.Memcg is not { } memcg)
        {
            if (oomEvent.Scope == OomScope.Memcg)
            {
                unknowns.Add("the log does not name the cgroup whose limit was hit");
            }

            return null;
        }

        if (memcg.Path is null && oomEvent.Scope == OomScope.Memcg)
        {
            unknowns.Add("the log does not name the cgroup whose limit was hit");
        }

        return memcg.Path;
    }
}
