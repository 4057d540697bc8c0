namespace KmsgOom.Insight;

/// <summary>Remembers what paths say: a log names few, an event each of its own several times, and events that follow each other the same.</summary>
internal static class WorkloadMemory
{
    private const int MaxPaths = 256;
    private const int MaxPathLength = 512;

    [ThreadStatic]
    private static Dictionary<string, OomWorkload?>? _known;

    public static OomWorkload? Read(string path)
    {
        Dictionary<string, OomWorkload?> known = _known ??= [];
        if (known.TryGetValue(path, out OomWorkload? workload))
        {
            return workload;
        }

        workload = new WorkloadPath(path).Read();
        if (path.Length <= MaxPathLength)
        {
            if (known.Count == MaxPaths)
            {
                known.Clear();
            }

            known.Add(path, workload);
        }

        return workload;
    }
}
