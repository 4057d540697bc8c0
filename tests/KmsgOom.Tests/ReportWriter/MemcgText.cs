using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The block of the memory cgroup (reference, sections 3.1, 3.2, 3.3, 3.5).</summary>
internal static class MemcgText
{
    private const string Lru = "inactive_anon active_anon inactive_file active_file unevictable";

    public static IEnumerable<WrittenRecord> Write(WrittenReport report)
    {
        if (report.Memcg is not { } memcg)
        {
            return [];
        }

        KernelEra era = report.Era;
        return [.. Paths(report, memcg), .. era.HasMemcgCounters ? Counters(report, memcg) : [], .. Stats(report, memcg)];
    }

    public static IEnumerable<WrittenRecord> Protection(WrittenReport report)
    {
        if (!report.Era.HasProtection || report.Memcg is { IsV2: false })
        {
            yield break;
        }

        long min = report.Memory["min_protection"];
        long low = report.Memory["low_protection"];
        yield return new WrittenRecord(
            4,
            Invariant($"Memory cgroup min protection {min}kB -- low protection {low}kB"),
            OomSections.Memcg,
            e => e.Memcg = e.Memcg with { Protection = new OomMemcgProtection(min, low) })
        {
            Standing = LineStanding.InReport,
        };
    }

    private static IEnumerable<WrittenRecord> Paths(WrittenReport report, WrittenMemcg memcg)
    {
        KernelEra era = report.Era;
        void SetBoth(Expectation e) => e.Memcg = e.Memcg with { Path = memcg.Path, TaskPath = memcg.TaskPath };
        if (era.HasLimitReached && report.Ending is WrittenEnding.NoKillable or WrittenEnding.Panic)
        {
            yield return Line($"Memory limit reached of cgroup {memcg.Path}", e => e.Memcg = e.Memcg with { Path = memcg.Path });
        }
        else if (era.TaskIn == TaskInForm.OneLine)
        {
            yield return Line($"Task in {memcg.TaskPath} killed as a result of limit of {memcg.Path}", SetBoth) with
            {
                Pieces = ["Task in ", memcg.TaskPath, " killed as a result of limit of ", memcg.Path],
            };
        }
        else if (era.TaskIn == TaskInForm.ThreeRecords)
        {
            yield return Line($"Task in {memcg.TaskPath}", e => e.Memcg = e.Memcg with { TaskPath = memcg.TaskPath });
            yield return Line($" killed as a result of limit of {memcg.Path}", e => e.Memcg = e.Memcg with { Path = memcg.Path }, LineStanding.InReport);
            yield return WrittenRecord.Free(6, "");
        }
    }

    private static IEnumerable<WrittenRecord> Counters(WrittenReport report, WrittenMemcg memcg)
    {
        KernelEra era = report.Era;
        ulong unlimited = era.UnlimitedKiB == 9007199254740988
            ? report.Machine.Kind is MachineKind.I386 or MachineKind.Arm ? 8589934588 : 9007199254740992 - (ulong)report.Machine.PageKiB
            : era.UnlimitedKiB;
        long usage = memcg.LimitKiB - (memcg.Numbers["usage"] % (memcg.LimitKiB + 1));
        yield return Counter("memory", usage, (ulong)memcg.LimitKiB, memcg.FailCount, (e, counter) => e.Memcg = e.Memcg with { Memory = counter });
        ulong swapLimit = memcg.IsSwapUnlimited ? unlimited : (ulong)memcg.LimitKiB * 2;
        if (era.HasV2Counters && memcg.IsV2)
        {
            yield return Counter("swap", memcg.Numbers["swap"], swapLimit, memcg.FailCount / 3, (e, counter) => e.Memcg = e.Memcg with { Swap = counter });
            yield break;
        }

        bool isMeaningless = memcg.IsV2;
        yield return Counter(
            "memory+swap", isMeaningless ? 0 : memcg.Numbers["memsw"], isMeaningless ? unlimited : swapLimit, 0, (e, counter) => e.Memcg = e.Memcg with { MemorySwap = counter });
        if (era.HasKmem)
        {
            yield return Counter("kmem", isMeaningless ? 0 : memcg.Numbers["kmem"], unlimited, 0, (e, counter) => e.Memcg = e.Memcg with { Kmem = counter });
        }
    }

    private static WrittenRecord Counter(string name, long usage, ulong limit, ulong failCount, Action<Expectation, OomMemcgUsage> apply) => Line(
        Invariant($"{name}: usage {usage}kB, limit {limit}kB, failcnt {failCount}"), e => apply(e, new OomMemcgUsage(usage, (long)limit, failCount)));

    private static IEnumerable<WrittenRecord> Stats(WrittenReport report, WrittenMemcg memcg)
    {
        KernelEra era = report.Era;
        if (era.Stats == StatsForm.None)
        {
            yield break;
        }

        if (era.Stats == StatsForm.OneLine)
        {
            foreach (string path in (string[])[memcg.Path, .. memcg.Children.Select(child => memcg.Path.TrimEnd('/') + "/" + child)])
            {
                yield return OneLine(path, OneLineKeys(era, memcg), memcg.Numbers);
            }

            yield break;
        }

        yield return Line($"Memory cgroup stats for {memcg.Path}:", e => e.Memcg = e.Memcg with { Stats = e.Memcg.Stats.Add(new OomMemcgStats(memcg.Path, [])) });
        string[] keys = era.Stats == StatsForm.Records && !memcg.IsV2 ? StatKeys.OfV1(era.StatKeys) : StatKeys.OfV2(era.StatKeys);
        OomMemcgStat[] values = [.. keys.Select(key => new OomMemcgStat(key, key.StartsWith("hierarchical", StringComparison.Ordinal) ? 9223372036854771712 : memcg.Numbers[key]))];
        if (era.Stats == StatsForm.Records)
        {
            foreach (OomMemcgStat value in values)
            {
                yield return Stat(value);
            }
        }
        else
        {
            yield return WrittenRecord.Of([.. values.Select(Stat)]);
        }
    }

    private static WrittenRecord OneLine(string path, string[] keys, WrittenNumbers numbers)
    {
        OomMemcgStat[] values = [.. keys.Select(key => new OomMemcgStat(key, numbers[path + key] >> 11))];
        string[] pieces = [$"Memory cgroup stats for {path}:", .. values.Select(value => Invariant($" {value.Key}:{value.Value}KB"))];
        WrittenRecord line = Line(
            string.Concat(pieces),
            e =>
            {
                e.HasStatsOfEach = true;
                e.Memcg = e.Memcg with { Stats = e.Memcg.Stats.Add(new OomMemcgStats(path, [.. values.Select(value => value with { Value = value.Value * 1024 })])) };
            });
        return line with { Pieces = pieces };
    }

    private static string[] OneLineKeys(KernelEra era, WrittenMemcg memcg)
    {
        Version version = era.StatKeys;
        string keys = version >= new Version(4, 12) ? "cache rss rss_huge shmem mapped_file dirty writeback"
            : version >= new Version(4, 2) ? "cache rss rss_huge mapped_file dirty writeback"
            : version >= new Version(3, 14) ? "cache rss rss_huge mapped_file writeback"
            : version >= new Version(3, 10) ? "cache rss rss_huge mapped_file" : "cache rss mapped_file";
        return (keys + (memcg.HasSwapStat ? " swap " : " ") + Lru).Split(' ');
    }

    private static WrittenRecord Stat(OomMemcgStat value) => Line(
        Invariant($"{value.Key} {value.Value}"),
        e =>
        {
            OomMemcgStats last = e.Memcg.Stats is [.., var found] ? found : new OomMemcgStats("", []);
            e.Memcg = e.Memcg with { Stats = [.. e.Memcg.Stats.SkipLast(1), last with { Values = last.Values.Add(value) }] };
        },
        LineStanding.InSection);

    /// <summary>A line of the block; all but the protection, which every report has, say that a cgroup is full.</summary>
    private static WrittenRecord Line(string text, Action<Expectation> apply, LineStanding standing = LineStanding.Alone) =>
        new(6, text, OomSections.Memcg, apply + (e => e.Says(OomScope.Memcg))) { Standing = standing };
}
