namespace KmsgOom.Insight;

/// <summary>Divides the memory of processes and the page cache: the LRU lists, each page of which is anonymous, of a file, of tmpfs, or in the swap cache.</summary>
internal static class UserSheet
{
    private static readonly string[] AnonLists = ["active_anon", "inactive_anon", "isolated_anon"];
    private static readonly string[] FileLists = ["active_file", "inactive_file", "isolated_file"];

    public static void Add(Sheet sheet, OomMemory memory, Func<string, long?> pages, int pageSize)
    {
        long? pageCache = sheet.Credible("total pagecache pages", memory.PageCachePages, pageSize);
        long swapCache = sheet.Credible("pages in swap cache", memory.SwapCachePages, pageSize) ?? 0;
        if (pages("active_anon") is null)
        {
            AddUndivided(sheet, pageCache, swapCache, pages);
            return;
        }

        long onAnonLists = Sum(AnonLists, pages);
        long onFileLists = Sum(FileLists, pages);
        long unevictable = pages("unevictable") ?? 0;
        long? shmemCounter = pages("shmem");

        // Unevictable memory is of all kinds. What the page cache has beyond the file lists, tmpfs and swap is the file part of it.
        long shmem = shmemCounter ?? 0;
        long unevictableFile = pageCache is { } cache && shmemCounter is not null
            ? Math.Clamp(cache - shmem - swapCache - onFileLists, 0, unevictable)
            : 0;
        long file = onFileLists + unevictableFile;
        sheet.Add(OomBucketKind.File, file, unevictableFile > 0 ? "with locked or pinned pages of files" : null, [.. FileLists, "total pagecache pages", "unevictable"]);

        long swapBacked = onAnonLists + unevictable - unevictableFile;
        if (shmemCounter is null)
        {
            sheet.Add(OomBucketKind.UserUndivided, swapBacked, "anonymous memory and tmpfs", [.. AnonLists, "unevictable"]);
            sheet.Gap("This kernel does not print shared memory and tmpfs (2.6.32 and later do): they are with the anonymous memory.");
            return;
        }

        if (shmem > swapBacked)
        {
            sheet.Gap($"shmem says {Amount.Of(shmem)}, but the lists that hold it have {Amount.Of(swapBacked)}: pages on their way to a list.");
            shmem = swapBacked;
        }

        swapCache = Math.Min(swapCache, swapBacked - shmem);
        AddShmem(sheet, shmem, file, pages("mapped"));
        sheet.Add(OomBucketKind.SwapCache, swapCache, "in memory and in swap at once", "pages in swap cache");
        sheet.Add(OomBucketKind.Anon, swapBacked - shmem - swapCache, "the lists of anonymous memory without tmpfs and swap cache", [.. AnonLists, "unevictable", "shmem"]);
    }

    /// <summary>Divides tmpfs: <c>mapped</c> counts mapped pages of files and of tmpfs together, which bounds both.</summary>
    public static void AddShmem(Sheet sheet, long shmem, long file, long? mapped)
    {
        if (mapped is not { } both)
        {
            sheet.Add(OomBucketKind.Shmem, shmem, "mapped or not: not printed", "shmem");
            return;
        }

        long least = Math.Clamp(both - file, 0, shmem);
        long most = Math.Clamp(both, 0, shmem);
        sheet.Add(OomBucketKind.ShmemMapped, least, null, "shmem", "mapped", "file_mapped", "mapped_file");
        sheet.Add(OomBucketKind.ShmemUnmapped, shmem - most, "files in tmpfs, or segments that nobody is attached to", "shmem", "mapped", "file_mapped", "mapped_file");
        sheet.Add(OomBucketKind.Shmem, most - least, "mapped or not: the kernel counts mapped pages of files and tmpfs together", "shmem", "mapped", "file_mapped", "mapped_file");
    }

    /// <summary>Up to 2.6.27 the lists are not divided, and up to 2.6.24 there is no line for the page cache.</summary>
    private static void AddUndivided(Sheet sheet, long? pageCache, long swapCache, Func<string, long?> pages)
    {
        long lists = (pages("active") ?? 0) + (pages("inactive") ?? 0);
        sheet.Gap("This kernel does not print anonymous memory and page cache apart (2.6.28 and later do).");
        if (pageCache is not { } cache)
        {
            sheet.Add(OomBucketKind.UserUndivided, lists, "anonymous memory, page cache and tmpfs", "active", "inactive");
            return;
        }

        swapCache = Math.Min(swapCache, lists);
        long files = Math.Clamp(cache - swapCache, 0, lists - swapCache);
        sheet.Add(OomBucketKind.SwapCache, swapCache, "in memory and in swap at once", "pages swap cached", "pages in swap cache");
        sheet.Add(OomBucketKind.File, files, "with tmpfs, which this kernel does not print", "total pagecache pages");
        sheet.Add(OomBucketKind.Anon, lists - swapCache - files, "the lists without the page cache", "active", "inactive", "total pagecache pages");
    }

    private static long Sum(string[] keys, Func<string, long?> pages) => keys.Sum(key => pages(key) ?? 0);
}
