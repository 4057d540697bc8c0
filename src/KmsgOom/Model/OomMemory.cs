using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>The memory of the machine: the Mem-Info block, from <c>show_mem()</c>. What was not printed is null or empty.</summary>
public sealed record OomMemory
{
    /// <summary>Gets the counters of the machine in printed order, in pages: <c>active_anon</c>, <c>free</c>, <c>slab_unreclaimable</c>, ….</summary>
    public ImmutableArray<OomCounter> Counters { get; init; } = [];

    /// <summary>Gets all pages that the kernel has page structures for.</summary>
    public long? RamPages { get; init; }

    /// <summary>Gets the pages of them above the kernel's own mapping (32-bit) or in movable zones.</summary>
    public long? HighMemPages { get; init; }

    /// <summary>Gets the pages of <see cref="RamPages"/> that the allocator never had. 3.11 to 3.13 count the last zone only.</summary>
    public long? ReservedPages { get; init; }

    /// <summary>Gets the pages set aside for contiguous allocation, 3.19 and later.</summary>
    public long? CmaReservedPages { get; init; }

    /// <summary>Gets the pages taken out of use for memory errors.</summary>
    public long? HwpoisonedPages { get; init; }

    /// <summary>Gets the page cache, shared memory and swap cache included.</summary>
    public long? PageCachePages { get; init; }

    /// <summary>Gets the swap cache.</summary>
    public long? SwapCachePages { get; init; }

    /// <summary>Gets the pages with more than one user, up to 3.10.</summary>
    public long? SharedPages { get; init; }

    /// <summary>Gets the pages in use with one user, up to 3.10.</summary>
    public long? NonSharedPages { get; init; }

    /// <summary>Gets the page tables kept for reuse (ia64, sh and others, up to 5.3).</summary>
    public long? PageTableCachePages { get; init; }

    /// <summary>Gets the free memory as 2.6.9 to 2.6.18 print it on a line of its own, in KiB.</summary>
    public long? FreePagesKiB { get; init; }

    /// <summary>Gets the part of <see cref="FreePagesKiB"/> in high memory.</summary>
    public long? FreeHighMemKiB { get; init; }

    /// <summary>Gets the swap space in KiB.</summary>
    public long? SwapTotalKiB { get; init; }

    /// <summary>Gets the free swap space in KiB.</summary>
    public long? SwapFreeKiB { get; init; }

    /// <summary>Gets what the swap cache did since boot; null after 5.19.</summary>
    public OomSwapCache? SwapCache { get; init; }

    /// <summary>Gets the nodes in printed order.</summary>
    public ImmutableArray<OomNode> Nodes { get; init; } = [];

    /// <summary>Gets the pools of huge pages.</summary>
    public ImmutableArray<OomHugepages> Hugepages { get; init; } = [];

    /// <summary>Gets the slab caches that cannot be reclaimed; only printed where slab takes more than all user pages.</summary>
    public ImmutableArray<OomSlab> UnreclaimableSlab { get; init; } = [];

    /// <summary>Gets the call sites that hold most memory, largest first.</summary>
    public ImmutableArray<OomAllocation> Allocations { get; init; } = [];

    /// <summary>Gets whether allocation profiling was running; null where the kernel does not say (before 6.18).</summary>
    public bool? IsProfilingOn { get; init; }

    /// <inheritdoc/>
    public bool Equals(OomMemory? other) =>
        other is not null
        && Counters.AsSpan().SequenceEqual(other.Counters.AsSpan())
        && RamPages == other.RamPages
        && HighMemPages == other.HighMemPages
        && ReservedPages == other.ReservedPages
        && CmaReservedPages == other.CmaReservedPages
        && HwpoisonedPages == other.HwpoisonedPages
        && PageCachePages == other.PageCachePages
        && SwapCachePages == other.SwapCachePages
        && SharedPages == other.SharedPages
        && NonSharedPages == other.NonSharedPages
        && PageTableCachePages == other.PageTableCachePages
        && FreePagesKiB == other.FreePagesKiB
        && FreeHighMemKiB == other.FreeHighMemKiB
        && SwapTotalKiB == other.SwapTotalKiB
        && SwapFreeKiB == other.SwapFreeKiB
        && SwapCache == other.SwapCache
        && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan())
        && Hugepages.AsSpan().SequenceEqual(other.Hugepages.AsSpan())
        && UnreclaimableSlab.AsSpan().SequenceEqual(other.UnreclaimableSlab.AsSpan())
        && Allocations.AsSpan().SequenceEqual(other.Allocations.AsSpan())
        && IsProfilingOn == other.IsProfilingOn;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RamPages, ReservedPages, Counters.Length, Nodes.Length);
}
