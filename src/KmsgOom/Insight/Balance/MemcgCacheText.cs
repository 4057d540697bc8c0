using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Says why the page cache of a cgroup did not just make room: it counts against the limit, but most of it can be dropped.</summary>
internal static class MemcgCacheText
{
    private const int SmallPart = 50;

    public static string? Of(MemcgStatSums stats, long usage)
    {
        long cache = stats["file"] ?? stats["cache"] ?? 0;
        if (cache <= usage / SmallPart)
        {
            return null;
        }

        List<string> reasons = [];
        Add("shmem", "tmpfs or shared memory, which can only go to swap");
        Add("unevictable", "locked or pinned");
        Add("file_dirty", "dirty: to be written first");
        Add("dirty", "dirty: to be written first");
        Add("file_writeback", "being written");
        Add("writeback", "being written");
        Add("active_file", "active: used again lately");
        string why = reasons.Count == 0 ? "the log does not tell why it was not dropped" : string.Join("; ", reasons);
        return $"The page cache counts against the limit: {Amount.Of(cache)}. Of it {why}.";

        void Add(string key, string meaning)
        {
            if (stats[key] is { } bytes && bytes > usage / (SmallPart * 2))
            {
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(bytes)} {meaning}"));
            }
        }
    }
}
