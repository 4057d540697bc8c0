using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Why the allocation failed: a sentence, and a line for each zone that counts.</summary>
internal static class WatermarksText
{
    private const int MaxZones = 8;

    public static void Write(Screen screen, OomEvent oomEvent, OomWatermarks watermarks)
    {
        screen.Field("Zones", watermarks.Sentence);
        if (watermarks.Verdict is OomWatermarkVerdict.Manual or OomWatermarkVerdict.Unknown)
        {
            return;
        }

        OomZoneCheck[] zones = [.. watermarks.Zones.Where(zone => Matters(zone, watermarks.Verdict))];
        bool hasNodes = watermarks.Zones.Any(zone => zone.Node != watermarks.Zones[0].Node);
        foreach (OomZoneCheck zone in zones.Take(MaxZones))
        {
            screen.Field("", Describe(oomEvent, zone, watermarks.Order, hasNodes));
        }

        if (zones.Length > MaxZones)
        {
            screen.Field("", string.Create(CultureInfo.InvariantCulture, $"and {zones.Length - MaxZones} more {(zones.Length - MaxZones == 1 ? "zone" : "zones")}"));
        }
    }

    // Empty zones, and those that are closed to the request and have nothing to give, tell nothing at 3 a.m.
    private static bool Matters(OomZoneCheck zone, OomWatermarkVerdict verdict) =>
        zone.IsEligible || (verdict is OomWatermarkVerdict.ZoneExhausted or OomWatermarkVerdict.NodesExhausted && zone.FreePages > zone.HighPages);

    private static string Describe(OomEvent oomEvent, OomZoneCheck zone, int order, bool hasNodes)
    {
        string name = hasNodes ? string.Create(CultureInfo.InvariantCulture, $"node {zone.Node} {zone.Zone}") : zone.Zone;
        bool isLocked = zone.FreePages - zone.UsablePages > 1L << order;
        string numbers = isLocked && zone.UsablePages is { } usable ? $"{Size(oomEvent, zone.FreePages)} free ({Size(oomEvent, Math.Max(0, usable))} usable)" : $"{Size(oomEvent, zone.FreePages)} free";

        // The block that was asked for comes on top of what must be left.
        string mark = zone.NeededPages is { } needed ? $", needs {Size(oomEvent, needed + (1L << order) - 1)}" : "";
        return $"{name}: {numbers}{mark}: {Describe(zone, oomEvent)}";
    }

    private static string Describe(OomZoneCheck zone, OomEvent oomEvent) => zone.Verdict switch
    {
        OomZoneVerdict.Passed => "enough now",
        OomZoneVerdict.BelowMin => $"{Size(oomEvent, zone.ShortPages)} short",
        OomZoneVerdict.BelowReserve => $"{Size(oomEvent, zone.ShortPages)} short (lowmem_reserve)",
        OomZoneVerdict.CmaOnly => $"{Size(oomEvent, zone.ShortPages)} short (CMA)",
        OomZoneVerdict.HighatomicOnly => $"{Size(oomEvent, zone.ShortPages)} short (atomic reserve)",
        _ => zone.Reason,
    };

    private static string Size(OomEvent oomEvent, long? pages) => Sizes.FromMiB(Sizes.PagesToMiB(pages ?? 0, oomEvent.PageSize));
}
