using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace KmsgOom.Cli.Text;

/// <summary>Where the memory went: the parts above one percent, largest first, and always what no counter explains.</summary>
internal static class BalanceText
{
    private const int BarWidth = 24;
    private const int MaxSites = 3;

    /// <summary>Writes the sheet of the cgroup whose limit was hit, and that of the machine where the log has it.</summary>
    public static void Write(Screen screen, OomAnalysis analysis)
    {
        if (analysis.Memcg is { } memcg)
        {
            WriteMemcg(screen, memcg);
        }

        if (analysis.Machine is { } balance)
        {
            WriteMachine(screen, balance);
        }
    }

    private static void WriteMachine(Screen screen, OomBalance balance)
    {
        screen.Field("Machine", $"{Sizes.FromBytes(balance.BaseBytes)} ({balance.BaseText}):");
        WriteRows(screen, balance.Buckets, balance.UnexplainedBytes, balance.BaseBytes);
        if (balance.UnexplainedBytes > balance.BaseBytes / 10)
        {
            screen.Field("", balance.UnexplainedText);
        }

        if (!balance.SlabCaches.IsEmpty)
        {
            screen.Field("Slab", string.Join(", ", balance.SlabCaches.Select(slab => $"{slab.Name} {Sizes.FromKiB(slab.TotalKiB)}")));
        }

        if (!balance.Allocations.IsEmpty)
        {
            screen.Field("Call sites", string.Join(", ", balance.Allocations.Take(MaxSites).Select(site => $"{site.Function} ({site.Site}) {site.SizeText}")));
        }

        if (balance.Swap is { } swap)
        {
            screen.Field("Swap", swap.Text);
        }
    }

    private static void WriteMemcg(Screen screen, OomMemcgBalance balance)
    {
        if (!balance.Buckets.IsEmpty)
        {
            screen.Field("Cgroup", $"{Sizes.FromBytes(balance.UsageBytes)} charged:");
            WriteRows(screen, balance.Buckets, balance.UnexplainedBytes, balance.UsageBytes);
            screen.Field("", balance.UnexplainedText);
        }

        if (balance.CacheText is { } cache)
        {
            screen.Field("Cache", cache);
        }
    }

    private static void WriteRows(Screen screen, ImmutableArray<OomBucket> buckets, long unexplained, long all)
    {
        double small = 0;
        foreach (OomBucket bucket in buckets)
        {
            if (bucket.Bytes > all / 100)
            {
                screen.Row(Format(Name(bucket.Kind), bucket.Bytes, all));
            }
            else
            {
                small += bucket.Bytes;
            }
        }

        if (small > 0)
        {
            screen.Row(Format("all smaller parts", small, all));
        }

        screen.Row(Format("unexplained", unexplained, all), unexplained > all / 10 ? Ink.Warning : Ink.Plain);
    }

    private static string Format(string name, double bytes, long all)
    {
        double part = all > 0 ? bytes / all : 0;
        string bar = new('#', (int)Math.Round(Math.Clamp(part, 0, 1) * BarWidth));
        return string.Create(CultureInfo.InvariantCulture, $"  {name,-24}{Sizes.FromMiB(bytes / 1048576),11}{100 * part,8:F1} % {bar}");
    }

    private static string Name(OomBucketKind kind) => kind switch
    {
        OomBucketKind.Anon => "processes (anonymous)",
        OomBucketKind.File => "file cache",
        OomBucketKind.Shmem => "tmpfs/shared memory",
        OomBucketKind.ShmemMapped => "shared memory, mapped",
        OomBucketKind.ShmemUnmapped => "tmpfs, not mapped",
        OomBucketKind.HugetlbUsed => "huge pages, in use",
        OomBucketKind.HugetlbFree => "huge pages, unused",
        OomBucketKind.FreeUsable => "free",
        OomBucketKind.FreeMinReserve => "free, kernel's reserve",
        OomBucketKind.FreeCma => "free, CMA only",
        OomBucketKind.FreeHighatomic => "free, atomic only",
        OomBucketKind.FreePerCpu => "free, on CPU lists",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()).Replace('_', ' '),
    };
}
