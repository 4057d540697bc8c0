using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Finds the lines that say whose memory it was.</summary>
internal static class WorkloadEvidence
{
    // The line that names the limit, of each era; the first also names the task's cgroup.
    private static readonly string[] LimitWords = ["oom_memcg=", " as a result of limit of ", "Memory limit reached of cgroup ", "Memory cgroup stats for "];

    private static readonly string[] TaskWords = ["task_memcg=", "Task in "];

    public static void AddPaths(List<OomEvidence> evidence, OomEvent oomEvent)
    {
        if (oomEvent.Memcg is not { } memcg)
        {
            return;
        }

        if (memcg.Path is { } path)
        {
            Add(evidence, oomEvent, LimitWords, $"limit of {path}");
        }

        if (memcg.TaskPath is { } taskPath)
        {
            Add(evidence, oomEvent, TaskWords, $"task in {taskPath}");
        }

        if (memcg.Memory is { } memory)
        {
            evidence.Add(EvidenceFinder.Find(oomEvent, OomSections.Memcg, "memory: usage ", string.Create(
                CultureInfo.InvariantCulture, $"memory: usage {memory.UsageKiB}kB, limit {memory.LimitKiB}kB")));
        }
    }

    /// <summary>Finds the row of a task, or the kill line that repeats its adjustment.</summary>
    public static OomEvidence OfTask(OomEvent oomEvent, int pid, int adj)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"{pid}]");
        foreach (OomLine line in oomEvent.Lines.AsSpan())
        {
            string text = line.Text.TrimStart();
            if (line.Section == OomSections.Tasks && text.StartsWith('[') && text.AsSpan(1).TrimStart().StartsWith(end, StringComparison.Ordinal))
            {
                return new OomEvidence(line.Number, line.Text.Trim());
            }
        }

        string words = string.Create(CultureInfo.InvariantCulture, $"Killed process {pid} ");
        return EvidenceFinder.Find(oomEvent, OomSections.Victim, words, string.Create(CultureInfo.InvariantCulture, $"pid {pid}: oom_score_adj {adj}"));
    }

    private static void Add(List<OomEvidence> evidence, OomEvent oomEvent, string[] candidates, string otherwise)
    {
        OomEvidence found = new(0, otherwise);
        foreach (string words in candidates)
        {
            found = EvidenceFinder.Find(oomEvent, OomSections.None, words, otherwise);
            if (found.Line > 0)
            {
                break;
            }
        }

        if (!evidence.Contains(found))
        {
            evidence.Add(found);
        }
    }
}
