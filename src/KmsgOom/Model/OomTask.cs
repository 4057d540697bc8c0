namespace KmsgOom;

/// <summary>One row of the task table, printed by <c>dump_task()</c> since 2.6.25.</summary>
/// <remarks>Columns that a kernel's table does not have are null. Pages are the machine's pages: see <see cref="OomEvent.PageSize"/>.</remarks>
public readonly record struct OomTask
{
    private readonly long _rssAnon;
    private readonly long _rssFile;
    private readonly long _rssShmem;
    private readonly long _pageTables;
    private readonly long _swap;
    private readonly short _oomScoreAdj;
    private readonly Columns _columns;

    internal OomTask(
        int pid, int tgid, uint uid, long totalVm, long rss, long rssAnon, long rssFile, long rssShmem,
        long pageTables, long swap, short oomScoreAdj, Columns columns, TaskName name)
    {
        Pid = pid;
        Tgid = tgid;
        Uid = uid;
        TotalVmPages = totalVm;
        RssPages = rss;
        _rssAnon = rssAnon;
        _rssFile = rssFile;
        _rssShmem = rssShmem;
        _pageTables = pageTables;
        _swap = swap;
        _oomScoreAdj = oomScoreAdj;
        _columns = columns;
        Name = name;
    }

    [Flags]
    internal enum Columns : ushort
    {
        None = 0,
        RssAnon = 1,
        RssFile = 2,
        RssShmem = 4,
        PageTablesBytes = 8,
        SwapEntries = 16,
        OomScoreAdj = 32,
    }

    /// <summary>Gets the id of the thread that owns the memory, normally <see cref="Tgid"/>.</summary>
    public int Pid { get; init; }

    /// <summary>Gets the process id.</summary>
    public int Tgid { get; init; }

    /// <summary>Gets the real user id. The kernel prints it signed; -2 in the log is 4294967294 here.</summary>
    public uint Uid { get; init; }

    /// <summary>Gets the virtual size in pages.</summary>
    public long TotalVmPages { get; init; }

    /// <summary>Gets the resident set in pages.</summary>
    public long RssPages { get; init; }

    /// <summary>Gets the anonymous part of the resident set in pages; null before 6.8.</summary>
    public long? RssAnonPages
    {
        get => Get(Columns.RssAnon, _rssAnon);
        init => (_rssAnon, _columns) = Set(Columns.RssAnon, value);
    }

    /// <summary>Gets the file part of the resident set in pages; null before 6.8.</summary>
    public long? RssFilePages
    {
        get => Get(Columns.RssFile, _rssFile);
        init => (_rssFile, _columns) = Set(Columns.RssFile, value);
    }

    /// <summary>Gets the shared-memory part of the resident set in pages; null before 6.8.</summary>
    public long? RssShmemPages
    {
        get => Get(Columns.RssShmem, _rssShmem);
        init => (_rssShmem, _columns) = Set(Columns.RssShmem, value);
    }

    /// <summary>Gets the page tables in bytes; null before 4.15 (which counted tables: see <see cref="OomEvent.OtherTaskColumns"/>).</summary>
    public long? PageTablesBytes
    {
        get => Get(Columns.PageTablesBytes, _pageTables);
        init => (_pageTables, _columns) = Set(Columns.PageTablesBytes, value);
    }

    /// <summary>Gets the swap entries in pages; null before 3.6.</summary>
    public long? SwapEntriesPages
    {
        get => Get(Columns.SwapEntries, _swap);
        init => (_swap, _columns) = Set(Columns.SwapEntries, value);
    }

    /// <summary>Gets the adjustment, -1000 (never killed) to 1000; null before 2.6.36.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit into 16 bits, as the kernel's does; of a damaged log the nearest that fits is taken.</exception>
    public int? OomScoreAdj
    {
        get => _columns.HasFlag(Columns.OomScoreAdj) ? _oomScoreAdj : null;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 0, short.MinValue, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value ?? 0, short.MaxValue, nameof(value));
            _oomScoreAdj = (short)(value ?? 0);
            _columns = value is null ? _columns & ~Columns.OomScoreAdj : _columns | Columns.OomScoreAdj;
        }
    }

    /// <summary>Gets the name.</summary>
    public TaskName Name { get; init; }

    private long? Get(Columns column, long value) => (_columns & column) != 0 ? value : null;

    private (long Value, Columns Columns) Set(Columns column, long? value) =>
        value is { } present ? (present, _columns | column) : (0, _columns & ~column);
}
