using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Collects the lines that prove the verdict: the request and, of each zone that counts, its numbers and its blocks.</summary>
internal static class WatermarkEvidence
{
    private const int MaxZones = 4;

    public static ImmutableArray<OomEvidence> Collect(OomEvent oomEvent, OomWatermarkVerdict verdict, int order, ImmutableArray<OomZoneCheck> zones)
    {
        ImmutableArray<OomEvidence>.Builder lines = ImmutableArray.CreateBuilder<OomEvidence>();
        if (oomEvent.Trigger is { GfpMask: { } mask })
        {
            string words = $"0x{mask.ToString("x", CultureInfo.InvariantCulture)}";
            lines.Add(EvidenceFinder.Find(oomEvent, OomSections.Trigger, words)
                ?? new OomEvidence(0, $"mask {words}, order {order.ToString(CultureInfo.InvariantCulture)}"));
        }

        foreach (OomZoneCheck zone in zones.Where(zone => Proves(verdict, zone)).Take(MaxZones))
        {
            string numbers = string.Create(CultureInfo.InvariantCulture, $"free {zone.FreePages}, min {zone.MinPages}, reserve {zone.ReservePages} pages");
            lines.Add(Find(oomEvent, zone, " free:", numbers));
            if (order > 0 && zone.LargestOrder is { } largest)
            {
                lines.Add(Find(oomEvent, zone, ": ", string.Create(CultureInfo.InvariantCulture, $"largest free block: order {largest}")));
            }
        }

        return lines.ToImmutable();
    }

    private static bool Proves(OomWatermarkVerdict verdict, OomZoneCheck zone) => verdict switch
    {
        OomWatermarkVerdict.PassesNow => zone.Verdict == OomZoneVerdict.Passed,
        OomWatermarkVerdict.CmaOnly => zone.Verdict == OomZoneVerdict.CmaOnly,
        OomWatermarkVerdict.HighatomicOnly => zone.Verdict == OomZoneVerdict.HighatomicOnly,
        OomWatermarkVerdict.Fragmentation => zone.Verdict == OomZoneVerdict.NoBlockOfOrder,
        OomWatermarkVerdict.ZoneExhausted => zone.Zone != "Device",
        OomWatermarkVerdict.Manual => false,
        _ => zone.IsEligible,
    };

    // "Node 0 Normal free:…", or "Normal free:…" without NUMA.
    private static OomEvidence Find(OomEvent oomEvent, OomZoneCheck zone, string behind, string otherwise)
    {
        string node = $"Node {zone.Node.ToString(CultureInfo.InvariantCulture)} ";
        string words = zone.Zone + behind;
        KeptLines lines = oomEvent.KeptLines;
        for (int at = lines.Find(OomSections.MemInfo, words); at >= 0; at = lines.Find(OomSections.MemInfo, words, at + 1))
        {
            ReadOnlySpan<char> text = lines.GetTrimmed(at);
            ReadOnlySpan<char> rest = text.StartsWith(node, StringComparison.Ordinal) ? text[node.Length..] : text;
            if (rest.StartsWith(words, StringComparison.Ordinal))
            {
                return EvidenceFinder.At(oomEvent, at);
            }
        }

        return new OomEvidence(0, $"{zone.Zone} of node {zone.Node.ToString(CultureInfo.InvariantCulture)}: {otherwise}");
    }
}
