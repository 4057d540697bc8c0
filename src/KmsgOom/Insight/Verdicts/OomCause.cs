namespace KmsgOom;

/// <summary>Why memory ran out.</summary>
public enum OomCause
{
    /// <summary>The log does not tell.</summary>
    NotDeterminable,

    /// <summary>A container reached its own limit.</summary>
    ContainerLimit,

    /// <summary>A pod reached its limit, all its containers together.</summary>
    PodLimit,

    /// <summary>A service, a session or another unit of systemd reached its limit.</summary>
    UnitLimit,

    /// <summary>A group around the task's own reached its limit: a slice, a quality-of-service class, a parent.</summary>
    AncestorLimit,

    /// <summary>A group whose name says nothing reached its own limit.</summary>
    GroupLimit,

    /// <summary>The limit on memory and swap together, or on swap, was reached.</summary>
    SwapLimit,

    /// <summary>The limit on kernel memory was reached.</summary>
    KernelMemoryLimit,

    /// <summary>Processes filled the machine.</summary>
    Processes,

    /// <summary>One process held most of the machine: a leak, or a workload too large for it.</summary>
    LeakSuspect,

    /// <summary>Very many processes of one name filled the machine.</summary>
    ForkStorm,

    /// <summary>Files in tmpfs or shared memory filled the machine.</summary>
    Tmpfs,

    /// <summary>The kernel's own objects that cannot be reclaimed filled the machine.</summary>
    SlabLeak,

    /// <summary>Page tables filled the machine.</summary>
    PageTables,

    /// <summary>Huge pages that were set aside left too little.</summary>
    HugetlbReservation,

    /// <summary>Memory that no counter explains filled the machine: a driver, a balloon, a hypervisor.</summary>
    Unaccounted,

    /// <summary>A zone that the request needed was full, while others had room (32-bit lowmem, DMA).</summary>
    ZoneExhaustion,

    /// <summary>What was free is reserved for contiguous allocations.</summary>
    Cma,

    /// <summary>There was memory, but no free block of the wanted size.</summary>
    Fragmentation,

    /// <summary>The nodes of a cpuset or of a memory policy were full, while others had room.</summary>
    Binding,

    /// <summary>The memory of the victim before had not come back yet.</summary>
    SecondKill,

    /// <summary>A person asked for it.</summary>
    Manual,

    /// <summary>The machine is set to panic when memory runs out.</summary>
    PanicPolicy,
}
