using System.Collections.Immutable;

namespace KmsgOom.Cli.Text;

/// <summary>The biggest tasks by resident memory, the victims marked, and the sum of all.</summary>
internal static class TaskTable
{
    private const int MaxRows = 8;
    private const string Indent = "  ";

    public static void Write(Screen screen, OomEvent oomEvent)
    {
        ImmutableArray<OomTask> tasks = oomEvent.Tasks;
        if (tasks.IsEmpty)
        {
            return;
        }

        HashSet<int> victims = [.. oomEvent.Victims.Select(victim => victim.Pid)];
        OomTask[] ranked = [.. tasks.OrderByDescending(task => task.RssPages)];

        // A victim may be small: it is shown wherever it ranks.
        OomTask[] shown = [.. ranked.Take(MaxRows), .. ranked.Skip(MaxRows).Where(task => IsVictim(task, victims)).Take(MaxRows)];
        Columns columns = new(
            HasSwap: tasks.Any(task => task.SwapEntriesPages is not null),
            HasPageTables: tasks.Any(task => task.PageTablesBytes is not null),
            HasAdjustment: tasks.Any(task => task.OomScoreAdj is not null),
            oomEvent.PageSize);

        screen.Blank();
        screen.Row(Indent + columns.Header, Ink.Label);
        foreach (OomTask task in shown)
        {
            bool isVictim = IsVictim(task, victims);
            string row = columns.Format(Words.Number(task.Pid), Row.Of(task, oomEvent.PageSize), PrintableText.OfName(task.Name));
            screen.Row((isVictim ? "* " : Indent) + row, isVictim ? Ink.Alarm : Ink.Plain);
        }

        string count = Words.Count(tasks.Length, "task") + (shown.Length < tasks.Length ? $", {shown.Length} shown" : "");
        screen.Row(Indent + columns.Format("total", Row.Sum(tasks, oomEvent.PageSize), count));
        screen.Blank();
    }

    // Kernels kill threads too: the table then has the process under its tgid.
    private static bool IsVictim(OomTask task, HashSet<int> victims) => victims.Contains(task.Pid) || victims.Contains(task.Tgid);

    /// <summary>The numbers of a row in MiB; null where the kernel's table has no such column.</summary>
    private readonly record struct Row(double Rss, double? Swap, double? PageTables, int? Adjustment)
    {
        public static Row Of(OomTask task, int pageSize) => new(
            Sizes.PagesToMiB(task.RssPages, pageSize),
            task.SwapEntriesPages is { } swap ? Sizes.PagesToMiB(swap, pageSize) : null,
            task.PageTablesBytes / 1048576.0,
            task.OomScoreAdj);

        public static Row Sum(ImmutableArray<OomTask> tasks, int pageSize)
        {
            Row sum = new(0, 0, 0, null);
            foreach (OomTask task in tasks)
            {
                Row row = Of(task, pageSize);
                sum = new(sum.Rss + row.Rss, sum.Swap + (row.Swap ?? 0), sum.PageTables + (row.PageTables ?? 0), null);
            }

            return sum;
        }
    }

    private readonly record struct Columns(bool HasSwap, bool HasPageTables, bool HasAdjustment, int PageSize)
    {
        public string Header => Join("pid", "RSS MiB", "swap MiB", "pgtables MiB", "oom_score_adj", "name");

        public string Format(string pid, Row row, string name) => Join(
            pid, Number(row.Rss), Number(row.Swap), Number(row.PageTables), row.Adjustment is { } value ? Words.Number(value) : "", name);

        private static string Number(double? mib) => mib is { } value ? Sizes.ToMiBNumber(value) : "";

        private string Join(string pid, string rss, string swap, string pageTables, string adjustment, string name)
        {
            string left = $"{pid,8} {rss,9}"
                + (HasSwap ? $" {swap,9}" : "")
                + (HasPageTables ? $" {pageTables,12}" : "")
                + (HasAdjustment ? $" {adjustment,13}" : "");
            int room = Screen.Width - Indent.Length - left.Length - 2;
            return $"{left}  {PrintableText.Shorten(name, room)}";
        }
    }
}
