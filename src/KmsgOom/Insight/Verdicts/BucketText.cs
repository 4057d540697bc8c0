namespace KmsgOom.Insight;

/// <summary>Names the parts of a balance sheet for people.</summary>
internal static class BucketText
{
    public static string Describe(OomBucketKind kind) => kind switch
    {
        OomBucketKind.Anon => "anonymous memory of processes (heaps, stacks)",
        OomBucketKind.File => "page cache",
        OomBucketKind.UserUndivided => "memory of processes and page cache",
        OomBucketKind.Shmem => "tmpfs files and shared memory",
        OomBucketKind.ShmemMapped => "shared memory that processes have mapped",
        OomBucketKind.ShmemUnmapped => "tmpfs files and shared memory that no process has mapped",
        OomBucketKind.SlabUndivided => "kernel objects (slab)",
        OomBucketKind.SlabUnreclaimable => "kernel objects that cannot be reclaimed (slab)",
        OomBucketKind.SlabReclaimable => "kernel objects that can be reclaimed (slab)",
        OomBucketKind.PageTables => "page tables",
        OomBucketKind.KernelStacks => "kernel stacks",
        OomBucketKind.KernelOther => "kernel memory",
        OomBucketKind.Sockets => "buffers of sockets",
        OomBucketKind.SwapCache => "memory that is in swap as well",
        OomBucketKind.KernelMiscReclaimable => "caches of the kernel that can be reclaimed",
        OomBucketKind.SecondaryPageTables => "page tables of virtual machines",
        OomBucketKind.Zswap => "memory that is compressed (zswap)",
        OomBucketKind.PerCpu => "memory that the kernel keeps for each CPU",
        OomBucketKind.Vmalloc => "memory that the kernel has mapped for itself (vmalloc)",
        OomBucketKind.Balloon => "memory that the hypervisor took back (balloon)",
        OomBucketKind.Bounce or OomBucketKind.WritebackTemp => "buffers for writing",
        OomBucketKind.Zspages => "memory that zram or zswap has compressed",
        OomBucketKind.GpuActive or OomBucketKind.GpuReclaimable => "memory of graphics drivers",
        OomBucketKind.Hwpoisoned => "memory taken out of use for errors",
        OomBucketKind.Hugetlb or OomBucketKind.HugetlbUsed or OomBucketKind.HugetlbFree => "huge pages",
        _ => kind.ToString(),
    };
}
