namespace KmsgOom;

/// <summary>What a part of the memory is. No page is in two of them.</summary>
public enum OomBucketKind : byte
{
    /// <summary>Anonymous memory of processes: heap, stacks, private mappings that were written to.</summary>
    Anon,

    /// <summary>Anonymous or shared memory that also has a slot in swap (of a memcg: what of it no process maps).</summary>
    SwapCache,

    /// <summary>Page cache of files, block devices included; without tmpfs.</summary>
    File,

    /// <summary>Shared memory and tmpfs that some process maps: what is proven of it.</summary>
    ShmemMapped,

    /// <summary>Shared memory and tmpfs that no process maps, such as files in <c>/dev/shm</c>: what is proven of it.</summary>
    ShmemUnmapped,

    /// <summary>Shared memory and tmpfs, mapped or not: the log cannot tell.</summary>
    Shmem,

    /// <summary>Memory of processes and page cache that the kernel does not print apart (before 2.6.32).</summary>
    UserUndivided,

    /// <summary>Slab caches that can shrink: dentries, inodes.</summary>
    SlabReclaimable,

    /// <summary>Slab caches that cannot shrink.</summary>
    SlabUnreclaimable,

    /// <summary>Slab caches of both kinds, where the kernel does not print them apart.</summary>
    SlabUndivided,

    /// <summary>Other kernel memory that can shrink, such as caches of graphics drivers.</summary>
    KernelMiscReclaimable,

    /// <summary>Page tables.</summary>
    PageTables,

    /// <summary>Page tables of virtual machines and IOMMUs.</summary>
    SecondaryPageTables,

    /// <summary>Kernel stacks of threads, shadow call stacks included.</summary>
    KernelStacks,

    /// <summary>Bounce buffers of block devices.</summary>
    Bounce,

    /// <summary>Temporary pages of FUSE during writeback.</summary>
    WritebackTemp,

    /// <summary>Compressed memory of zswap or zram.</summary>
    Zspages,

    /// <summary>Memory that the hypervisor took back.</summary>
    Balloon,

    /// <summary>Memory that graphics drivers use.</summary>
    GpuActive,

    /// <summary>Memory that graphics drivers keep for reuse.</summary>
    GpuReclaimable,

    /// <summary>Huge pages of the pools that are in use.</summary>
    HugetlbUsed,

    /// <summary>Huge pages of the pools that nobody uses, and nobody else may have.</summary>
    HugetlbFree,

    /// <summary>Pages taken out of use for memory errors.</summary>
    Hwpoisoned,

    /// <summary>Free memory above the minimum watermarks.</summary>
    FreeUsable,

    /// <summary>Free memory below the minimum watermarks, which ordinary requests may not have.</summary>
    FreeMinReserve,

    /// <summary>Free memory kept for atomic requests of high order.</summary>
    FreeHighatomic,

    /// <summary>Free memory of CMA, which only movable requests may have.</summary>
    FreeCma,

    /// <summary>Free pages on the lists of the CPUs.</summary>
    FreePerCpu,

    /// <summary>Socket buffers (memcg).</summary>
    Sockets,

    /// <summary>Per-CPU allocations (memcg).</summary>
    PerCpu,

    /// <summary>Memory of <c>vmalloc()</c> (memcg).</summary>
    Vmalloc,

    /// <summary>Compressed swapped memory of the cgroup (memcg).</summary>
    Zswap,

    /// <summary>Huge pages charged to the cgroup (memcg).</summary>
    Hugetlb,

    /// <summary>Kernel memory of the cgroup that no finer counter names (memcg).</summary>
    KernelOther,
}
