namespace KmsgOom.Reports;

/// <summary>The single values of the Mem-Info block.</summary>
internal struct MemoryFacts
{
    public long? Ram;
    public long? HighMem;
    public long? Reserved;
    public long? CmaReserved;
    public long? Hwpoisoned;
    public long? PageCache;
    public long? SwapCachePages;
    public long? Shared;
    public long? NonShared;
    public long? PageTableCache;
    public long? FreePagesKiB;
    public long? FreeHighMemKiB;
    public long? SwapTotalKiB;
    public long? SwapFreeKiB;
    public OomSwapCache? SwapCache;
    public bool? IsProfilingOn;
}
