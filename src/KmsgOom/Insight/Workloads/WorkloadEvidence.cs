using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Finds the lines that say whose memory it was.</summary>
internal static class WorkloadEvidence
{
    // The line that names the limit, of each era; the first also names the task's cgroup.
    private static readonly (OomSections Section, string Words)[] LimitWords =
    [
        (OomSections.Constraint, "oom_memcg="),
        (OomSections.Memcg, " as a result of limit of "),
        (OomSections.Memcg, "Memory limit reached of cgroup "),
        (OomSections.Memcg, "Memory cgroup stats for "),
    ];

    private static readonly (OomSections Section, string Words)[] TaskWords = [(OomSections.Constraint, "task_memcg="), (OomSections.Memcg, "Task in ")];

    public static void AddPaths(List<OomEvidence> evidence, OomEvent oomEvent)
    {
        if (oomEvent.Memcg is not { } memcg)
        {
            return;
        }

        if (memcg.Path is { } path)
        {
            Add(evidence, oomEvent, LimitWords, "limit of ", path);
        }

        if (memcg.TaskPath is { } taskPath)
        {
            Add(evidence, oomEvent, TaskWords, "task in ", taskPath);
        }

        if (memcg.Memory is { } memory)
        {
            evidence.Add(EvidenceFinder.Find(oomEvent, OomSections.Memcg, "memory: usage ")
                ?? new OomEvidence(0, string.Create(CultureInfo.InvariantCulture, $"memory: usage {memory.UsageKiB}kB, limit {memory.LimitKiB}kB")));
        }
    }

    /// <summary>Finds the row of a task, or the kill line that repeats its adjustment.</summary>
    public static OomEvidence OfTask(OomEvent oomEvent, int pid, int adj)
    {
        if (EvidenceFinder.FindRow(oomEvent, pid) is { } row)
        {
            return row;
        }

        string words = string.Create(CultureInfo.InvariantCulture, $"Killed process {pid} ");
        return EvidenceFinder.Find(oomEvent, OomSections.Victim, words, string.Create(CultureInfo.InvariantCulture, $"pid {pid}: oom_score_adj {adj}"));
    }

    private static void Add(List<OomEvidence> evidence, OomEvent oomEvent, (OomSections Section, string Words)[] candidates, string beforePath, string path)
    {
        OomEvidence? found = null;
        for (int at = 0; at < candidates.Length && found is null; at++)
        {
            found = EvidenceFinder.Find(oomEvent, candidates[at].Section, candidates[at].Words);
        }

        OomEvidence line = found ?? new OomEvidence(0, beforePath + path);
        if (!evidence.Contains(line))
        {
            evidence.Add(line);
        }
    }
}
