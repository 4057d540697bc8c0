namespace KmsgOom.Cli.Text;

/// <summary>What the memory of a cgroup consists of; up to 5.2 the kernel prints that for each cgroup below the limit.</summary>
internal static class MemcgStatsText
{
    private const int MaxCgroups = 4;

    // cgroup v2 and 5.3 or later, then v1 (of all descendants, where it tells). What is part of another one is left out.
    private static readonly (string Key, string Name)[] Kinds =
    [
        ("anon", "anon"), ("file", "file"), ("kernel", "kernel"), ("sock", "sockets"),
        ("rss", "rss"), ("cache", "cache"), ("swap", "swap"),
    ];

    // Told in addition: tmpfs counts as file or cache, and is the part that cannot be dropped.
    private static readonly (string Key, string Name)[] Parts = [("shmem", "shmem")];

    public static void Write(Screen screen, OomMemcg memcg)
    {
        // Most memory first; LINQ's sort keeps the printed order among equals.
        OomMemcgStats[] stats = [.. memcg.Stats.Where(one => Sum(one) > 0).OrderByDescending(Sum)];
        string label = "Holds";
        foreach (OomMemcgStats one in stats.Take(MaxCgroups))
        {
            string place = stats.Length == 1 && one.Path == memcg.Path ? "" : $" in {Relative(one.Path, memcg.Path)}";
            screen.Field(label, Describe(one) + place);
            label = "";
        }

        if (stats.Length > MaxCgroups)
        {
            screen.Field("", $"and less in {Words.Count(stats.Length - MaxCgroups, "more cgroup")}");
        }
    }

    private static string Describe(OomMemcgStats stats)
    {
        List<string> parts = [];
        foreach ((string key, string name) in Kinds)
        {
            if (Get(stats, key) is { } bytes and > 0)
            {
                parts.Add($"{name} {Sizes.FromBytes(bytes)}");
            }
        }

        foreach ((string key, string name) in Parts)
        {
            if (Get(stats, key) is { } bytes and > 0)
            {
                parts.Add($"of it {name} {Sizes.FromBytes(bytes)}");
            }
        }

        return string.Join(", ", parts);
    }

    private static double Sum(OomMemcgStats stats)
    {
        double sum = 0;
        foreach ((string key, _) in Kinds)
        {
            sum += Get(stats, key) ?? 0;
        }

        return sum;
    }

    private static long? Get(OomMemcgStats stats, string key) => stats[$"total_{key}"] ?? stats[key];

    private static string Relative(string path, string? top) =>
        path == top ? "the cgroup itself"
        : top is { Length: > 1 } && path.StartsWith(top, StringComparison.Ordinal) && path[top.Length] == '/' ? path[top.Length..]
        : path;
}
