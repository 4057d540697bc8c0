using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Why the allocation failed: the kernel's watermark check, replayed over all zones that were printed.</summary>
/// <remarks>
/// Kernel: <c>mm/page_alloc.c</c>, <c>get_page_from_freelist()</c> and <c>__zone_watermark_ok()</c>, in the version of the event. The numbers were printed a moment after
/// the failure, and each at its own moment, so that a zone may pass by them that did not then.
/// </remarks>
public sealed record OomWatermarks
{
    /// <summary>Gets why.</summary>
    public required OomWatermarkVerdict Verdict { get; init; }

    /// <summary>Gets why, in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>
    /// Gets the request as the kernel names it, such as <c>GFP_KERNEL</c>; its mask in hexadecimal where it has no names; null where the request is unknown.
    /// </summary>
    public string? Request { get; init; }

    /// <summary>Gets the order that was checked: the binary logarithm of the requested pages; 0 where the log does not tell.</summary>
    public required int Order { get; init; }

    /// <summary>Gets the highest zone that the request may use; null where the request is unknown.</summary>
    public string? HighestZone { get; init; }

    /// <summary>Gets whether the request may use CMA areas: only movable ones may, 3.4 and later.</summary>
    public bool MayUseCma { get; init; }

    /// <summary>Gets whether the request may use part of the reserves: atomic ones and those with <c>__GFP_HIGH</c>.</summary>
    public bool MayUseReserves { get; init; }

    /// <summary>Gets the fewest pages that are missing in any zone that the request may use; 0 where only a block of the order is; null where unknown.</summary>
    public long? ShortPages { get; init; }

    /// <summary>Gets what is free in zones above <see cref="HighestZone"/> that have plenty; 0 where none has.</summary>
    internal long FreeAbovePages { get; init; }

    /// <summary>
    /// Gets the zones that the kernel was built with, lowest first: what the numbers of <see cref="OomZone.LowmemReservePages"/> stand for; empty where the log
    /// does not tell.
    /// </summary>
    public ImmutableArray<string> ZoneOrder { get; init; } = [];

    /// <summary>Gets the zones, in printed order.</summary>
    public ImmutableArray<OomZoneCheck> Zones { get; init; } = [];

    /// <summary>Gets what had to be assumed; empty where nothing had.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>Gets the lines that prove it.</summary>
    public ImmutableArray<OomEvidence> Evidence { get; init; } = [];

    /// <summary>Replays the check for an event.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>
    /// The result; null where a memory cgroup ran out rather than the machine, where the kernel's allocator was not at work, or where no zone was printed.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static OomWatermarks? Of(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        bool isOfZones = oomEvent.Kind == OomEventKind.AllocationFailure
            || (oomEvent.Kind == OomEventKind.Oom && oomEvent.Scope is OomScope.Global or OomScope.Cpuset or OomScope.Mempolicy);
        return isOfZones && oomEvent.Memory is { } memory && memory.Nodes.Any(node => !node.Zones.IsEmpty) ? WatermarkReplay.Make(oomEvent, memory) : null;
    }
}
