namespace KmsgOom.Insight;

/// <summary>What an allocation asked for, as far as zones and watermarks depend on it.</summary>
/// <remarks>Kernel: <c>include/linux/gfp.h</c>; names and bits: format reference, 9.1 and 9.2.</remarks>
internal readonly record struct GfpRequest
{
    /// <summary>Gets the names as printed, or the mask.</summary>
    public required string Text { get; init; }

    public bool IsDma { get; init; }

    public bool IsDma32 { get; init; }

    public bool IsHighMem { get; init; }

    public bool IsMovable { get; init; }

    /// <summary>Gets <c>__GFP_HIGH</c>: half of the min watermark may be used.</summary>
    public bool IsHigh { get; init; }

    /// <summary>Gets whether the request may wait for reclaim; one that may not is atomic, and may go below the watermark.</summary>
    public bool MayReclaim { get; init; }

    /// <summary>Gets <c>__GFP_ATOMIC</c>, 4.4 to 6.2.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>Gets <c>__GFP_MEMALLOC</c> without <c>__GFP_NOMEMALLOC</c>: no watermark at all.</summary>
    public bool IgnoresWatermarks { get; init; }

    public bool IsNoMemalloc { get; init; }

    public bool IsThisNode { get; init; }

    public bool IsHardwall { get; init; }

    /// <summary>Gets a page of a process: what most requests are.</summary>
    public static GfpRequest UserPage { get; } = new() { Text = "GFP_HIGHUSER_MOVABLE", IsHighMem = true, IsMovable = true, IsHardwall = true, MayReclaim = true };

    /// <summary>Reads the request; null where the event has none, or a page fault ran out of memory (mask 0).</summary>
    public static GfpRequest? Of(OomEvent oomEvent, KernelVersion? version) => oomEvent.Trigger switch
    {
        { GfpFlags.IsDefaultOrEmpty: false } trigger => OfNames(trigger.GfpFlags.AsSpan()),

        // 0 was GFP_NOWAIT until 4.3: nobody is killed for that, but it may fail.
        { GfpMask: { } mask } when mask != 0 || oomEvent.Kind == OomEventKind.AllocationFailure => OfMask(mask, version),
        _ => null,
    };

    private static GfpRequest OfNames(ReadOnlySpan<string> names)
    {
        GfpRequest request = new() { Text = string.Join('|', names) };
        bool isMemalloc = false;
        foreach (string name in names)
        {
            // Composites first: __GFP_RECLAIM and whatever contains it may wait.
            bool isUser = name is "GFP_USER" or "GFP_HIGHUSER" or "GFP_HIGHUSER_MOVABLE" or "GFP_TRANSHUGE" or "GFP_TRANSHUGE_LIGHT";
            bool isMovable = name is "GFP_HIGHUSER_MOVABLE" or "GFP_TRANSHUGE" or "GFP_TRANSHUGE_LIGHT";
            request = request with
            {
                IsDma = request.IsDma || name is "GFP_DMA" or "__GFP_DMA",
                IsDma32 = request.IsDma32 || name is "GFP_DMA32" or "__GFP_DMA32",
                IsHighMem = request.IsHighMem || isMovable || name is "GFP_HIGHUSER" or "__GFP_HIGHMEM",
                IsMovable = request.IsMovable || isMovable || name is "__GFP_MOVABLE",
                IsHigh = request.IsHigh || name is "GFP_ATOMIC" or "__GFP_HIGH",
                IsAtomic = request.IsAtomic || name is "GFP_ATOMIC" or "__GFP_ATOMIC",
                IsNoMemalloc = request.IsNoMemalloc || name is "GFP_TRANSHUGE" or "GFP_TRANSHUGE_LIGHT" or "__GFP_NOMEMALLOC",
                IsThisNode = request.IsThisNode || name is "__GFP_THISNODE" or "GFP_THISNODE",
                IsHardwall = request.IsHardwall || isUser || name is "__GFP_HARDWALL",
                MayReclaim = request.MayReclaim || (isUser && name != "GFP_TRANSHUGE_LIGHT")
                    || name is "GFP_KERNEL" or "GFP_KERNEL_ACCOUNT" or "GFP_TEMPORARY" or "GFP_NOFS" or "GFP_NOIO" or "__GFP_RECLAIM" or "__GFP_DIRECT_RECLAIM" or "__GFP_WAIT",
            };
            isMemalloc |= name is "__GFP_MEMALLOC";
        }

        return request with { IgnoresWatermarks = isMemalloc && !request.IsNoMemalloc };
    }

    private static GfpRequest OfMask(uint mask, KernelVersion? version)
    {
        // Only masks before 4.6 come without names; the others are for lines that were cut.
        KernelVersion era = version ?? new KernelVersion(mask >= 0x2000000 ? 4 : 3, mask >= 0x2000000 ? 4 : 10, 0, 0);
        bool isLate = era.IsAtLeast(5, 1);

        // Without a release: 0x100000 on a page for a process is the old "movable"; later it is for kernel memory of a cgroup.
        bool isBefore31 = version is { } known ? !known.IsAtLeast(2, 6, 31) : (mask & 0x10001a) == 0x100012;
        uint movable = isBefore31 ? 0x100000u : 8u;
        uint reclaim = !era.IsAtLeast(4, 4) ? 0x10u : !era.IsAtLeast(4, 17) ? 0x400000u : !isLate ? 0x200000u : 0x400u;
        uint atomic = !era.IsAtLeast(4, 4) || era.IsAtLeast(6, 3) ? 0 : isLate ? 0x200u : 0x80000u;
        bool isNoMemalloc = (mask & (isLate ? 0x80000u : 0x10000u)) != 0;
        return new GfpRequest
        {
            Text = string.Join('|', GfpNames.Decode(mask, GfpNames.FindEra(mask, version))),
            IsDma = (mask & 1) != 0,
            IsHighMem = (mask & 2) != 0,
            IsDma32 = (mask & 4) != 0,
            IsMovable = (mask & movable) != 0,
            IsHigh = (mask & 0x20) != 0,
            MayReclaim = (mask & reclaim) != 0,
            IsAtomic = (mask & atomic) != 0,
            IsNoMemalloc = isNoMemalloc,
            IgnoresWatermarks = era.IsAtLeast(3, 6) && (mask & (isLate ? 0x20000u : 0x2000u)) != 0 && !isNoMemalloc,
            IsThisNode = (mask & (isLate ? 0x200000u : 0x40000u)) != 0,
            IsHardwall = (mask & (isLate ? 0x100000u : 0x20000u)) != 0,
        };
    }
}
