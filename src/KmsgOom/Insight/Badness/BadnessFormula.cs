using System.Collections.Immutable;

namespace KmsgOom.Insight;

/// <summary>The kernel's badness of one task, in pages.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>oom_badness()</c>; all arithmetic is integer.</remarks>
internal readonly struct BadnessFormula
{
    private readonly OomEvent _event;
    private readonly int _tables;
    private readonly int _middleTables;

    public BadnessFormula(OomEvent oomEvent, OomBadnessEra era)
    {
        _event = oomEvent;
        Era = era;
        ImmutableArray<string> columns = oomEvent.OtherTaskColumns;
        _tables = columns.IndexOf("nr_ptes");
        _middleTables = columns.IndexOf("nr_pmds");
    }

    public OomBadnessEra Era { get; }

    /// <summary>Gets whether a root task is treated better.</summary>
    public bool HasRootBonus => Era is OomBadnessEra.PerMille or OomBadnessEra.PagesRootAdjusted or OomBadnessEra.PagesRootBonus;

    /// <summary>Gets resident pages, swap and page tables together; saturates.</summary>
    public long GetHeldPages(int row)
    {
        ref readonly OomTask task = ref _event.Tasks.ItemRef(row);
        Int128 pages = (Int128)task.RssPages + (task.SwapEntriesPages ?? 0) + GetPageTablePages(row);
        return Saturate(pages);
    }

    /// <summary>Gets the pages that page tables take.</summary>
    public long GetPageTablePages(int row)
    {
        if (_event.Tasks.ItemRef(row).PageTablesBytes is { } bytes)
        {
            return bytes / _event.PageSize;
        }

        int width = _event.OtherTaskColumns.Length;
        long tables = _tables < 0 ? 0 : _event.OtherTaskValues[(row * width) + _tables];
        return Saturate((Int128)tables + (_middleTables < 0 ? 0 : _event.OtherTaskValues[(row * width) + _middleTables]));
    }

    /// <summary>Computes what the kernel compares.</summary>
    /// <param name="heldPages">The pages that the task holds.</param>
    /// <param name="totalPages">The memory that the scores are shares of; 1 or more.</param>
    /// <param name="isRoot">Whether the task has CAP_SYS_ADMIN, which the log does not say.</param>
    /// <param name="adjustment">The task's oom_score_adj.</param>
    public long GetPoints(long heldPages, long totalPages, bool isRoot, int adjustment)
    {
        Int128 points = heldPages;
        switch (Era)
        {
            case OomBadnessEra.PerMille:
                points = (points * 1000 / totalPages) - (isRoot ? 30 : 0) + adjustment;
                return (long)Int128.Clamp(points, 1, 1000);
            case OomBadnessEra.PagesRootAdjusted:
                points += (Int128)(adjustment - (isRoot ? 30 : 0)) * (totalPages / 1000);
                break;
            case OomBadnessEra.PagesRootBonus:
                points -= isRoot ? points * 3 / 100 : 0;
                points += (Int128)adjustment * (totalPages / 1000);
                break;
            default:
                points += (Int128)adjustment * (totalPages / 1000);
                break;
        }

        return Era == OomBadnessEra.SignedPages ? Saturate(points) : Math.Max(1, Saturate(points));
    }

    /// <summary>Scales points to what the kernel prints as the score.</summary>
    public long GetScore(long points, long totalPages) =>
        Era == OomBadnessEra.PerMille ? points : Saturate((Int128)points * 1000 / totalPages);

    /// <summary>Tells which formula a kernel has.</summary>
    public static OomBadnessEra FindEra(OomEvent oomEvent)
    {
        if (KernelVersion.Parse(oomEvent.Kernel?.Release) is { } kernel)
        {
            return FindEra(kernel, oomEvent.Kernel!.Release!);
        }

        // Without a release the table and the kill line tell the kernel well enough.
        bool hasScore = oomEvent.Victims.Any(victim => victim.Score is not null);
        ImmutableArray<string> columns = oomEvent.OtherTaskColumns;
        return oomEvent switch
        {
            { Tasks: [] } => OomBadnessEra.Unknown,
            { Tasks: [{ PageTablesBytes: not null }, ..] } => hasScore ? OomBadnessEra.Pages : OomBadnessEra.SignedPages,
            { Tasks: [{ SwapEntriesPages: not null }, ..] } when columns.Contains("nr_ptes") => OomBadnessEra.PagesRootBonus,
            { Tasks: [{ OomScoreAdj: not null }, ..] } => OomBadnessEra.PerMille,
            _ => OomBadnessEra.RunTime,
        };
    }

    private static OomBadnessEra FindEra(KernelVersion kernel, string release) => kernel switch
    {
        { RedHat: 6, Major: 2 } => OomBadnessEra.PerMille,
        { RedHat: 7, Major: 3 } => OomBadnessEra.PagesRootBonus,

        // RHEL 8.5 is 4.18.0-348.
        { RedHat: 8, Major: 4 } => BuildNumber(release) >= 348 ? OomBadnessEra.SignedPages : OomBadnessEra.Pages,
        _ when kernel.IsAtLeast(5, 9) => OomBadnessEra.SignedPages,
        _ when kernel.IsAtLeast(4, 17) => OomBadnessEra.Pages,
        _ when kernel.IsAtLeast(3, 13) => OomBadnessEra.PagesRootBonus,
        _ when kernel.IsAtLeast(3, 5) => OomBadnessEra.PagesRootAdjusted,
        _ when kernel.IsAtLeast(2, 6, 36) => OomBadnessEra.PerMille,
        _ => OomBadnessEra.RunTime,
    };

    private static int BuildNumber(string release)
    {
        int dash = release.IndexOf('-', StringComparison.Ordinal);
        int end = dash + 1;
        while (end < release.Length && char.IsAsciiDigit(release[end]))
        {
            end++;
        }

        return dash >= 0 && int.TryParse(release.AsSpan(dash + 1, end - dash - 1), out int build) ? build : 0;
    }

    private static long Saturate(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
