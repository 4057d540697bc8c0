namespace KmsgOom.Insight;

/// <summary>Names the parts of a balance sheet for people.</summary>
internal static class BucketText
{
    public static string Describe(string name) => name switch
    {
        "anon" => "anonymous memory of processes (heaps, stacks)",
        "file" => "page cache",
        "lru" => "memory of processes and page cache",
        "shmem" => "tmpfs files and shared memory",
        "shmem_mapped" => "shared memory that processes have mapped",
        "shmem_unmapped" => "tmpfs files and shared memory that no process has mapped",
        "slab" => "kernel objects (slab)",
        "slab_unreclaimable" => "kernel objects that cannot be reclaimed (slab)",
        "slab_reclaimable" => "kernel objects that can be reclaimed (slab)",
        "page_tables" => "page tables",
        "kernel" => "kernel memory",
        "hugetlb" => "huge pages set aside",
        OomBalance.Unexplained => "memory that no counter explains",
        _ => name.Replace('_', ' '),
    };
}
