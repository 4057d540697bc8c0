using System.Collections.Immutable;

namespace KmsgOom.Tests.Insight.Watermarks;

/// <summary>Hand-made machines; all sizes in KiB, pages of 4 KiB.</summary>
internal static class SomeZones
{
    public static OomZone Zone(string name, long free, long min, params (string Key, long Value)[] others) => new()
    {
        Name = name,
        Counters =
        [
            new OomCounter("free", free, OomUnit.KiB),
            new OomCounter("min", min, OomUnit.KiB),
            new OomCounter("low", min * 5 / 4, OomUnit.KiB),
            new OomCounter("high", min * 3 / 2, OomUnit.KiB),
            .. others.Select(other => new OomCounter(other.Key, other.Value, OomUnit.KiB)),
        ],
    };

    public static OomZone With(this OomZone zone, params long[] reservePages) => zone with { LowmemReservePages = [.. reservePages] };

    /// <summary>Gives the zone free blocks: order, count, letters; the orders between have none, up to order 10.</summary>
    public static OomZone Blocks(this OomZone zone, params (int Order, long Count, string Types)[] blocks) => zone with
    {
        Buddy = [.. Enumerable.Range(0, 11).Select(order => blocks.Where(block => block.Order == order).Select(block => new OomBuddy(order, block.Count, block.Types)).FirstOrDefault(new OomBuddy(order, 0, "")))],
    };

    public static OomEvent Machine(string release, string flags, int order, params OomZone[] zones) => On(release, flags, order, new OomNode { Node = 0, Zones = [.. zones] });

    public static OomEvent On(string release, string flags, int order, params OomNode[] nodes) => new()
    {
        Id = "x",
        Kind = OomEventKind.Oom,
        Outcome = OomOutcome.Killed,
        Scope = OomScope.Global,
        Sections = OomSections.Trigger | OomSections.MemInfo,
        Source = default,
        Kernel = new OomKernel { Release = release },
        Trigger = new OomTrigger { GfpMask = 1, GfpFlags = [.. flags.Split('|')], Order = order },
        Memory = new OomMemory { Nodes = [.. nodes] },
    };

    public static OomEvent OfMask(this OomEvent oomEvent, uint mask) => oomEvent with { Trigger = oomEvent.Trigger! with { GfpMask = mask, GfpFlags = ImmutableArray<string>.Empty } };
}
