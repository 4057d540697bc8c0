namespace KmsgOom.Insight;

/// <summary>Sums the task table by name.</summary>
internal static class ProgramSums
{
    /// <param name="oomEvent">The event.</param>
    /// <param name="machine">The machine's balance sheet, if it has one.</param>
    /// <param name="memcg">That of the memory cgroup, if it has one.</param>
    public static OomPrograms? Of(OomEvent oomEvent, OomBalance? machine, OomMemcgBalance? memcg)
    {
        if (oomEvent.Tasks.IsDefaultOrEmpty)
        {
            return null;
        }

        Dictionary<TaskName, Sums> programs = [];
        Sums all = new();
        for (int row = 0; row < oomEvent.Tasks.Length; row++)
        {
            OomTask task = oomEvent.Tasks[row];
            if (!programs.TryGetValue(task.Name, out Sums? sums))
            {
                programs.Add(task.Name, sums = new Sums());
            }

            long? tables = task.PageTablesBytes ?? TablesBytes(oomEvent, row);
            sums.Add(task, tables);
            all.Add(task, tables);
        }

        memcg = oomEvent.Scope is OomScope.Memcg or OomScope.Unknown ? memcg : null;
        OomProgram total = all.ToProgram(default, oomEvent.PageSize);
        (long? processes, string explained) = Explain(total, memcg, machine);
        (string pageText, OomEvidence? pageEvidence) = PageSizeProof.Of(oomEvent);
        return new OomPrograms
        {
            Programs =
            [
                .. programs.Select(pair => pair.Value.ToProgram(pair.Key, oomEvent.PageSize))
                    .OrderByDescending(program => program.TotalBytes)
                    .ThenBy(program => program.Name.ToString(), StringComparer.Ordinal),
            ],
            Total = total,
            BaseBytes = memcg?.UsageBytes ?? machine?.BaseBytes,
            BaseText = memcg is not null ? "usage of the cgroup" : machine is not null ? "memory of the machine" : null,
            ProcessBytes = processes,
            ExplainedText = explained,
            SharedText = Share(total),
            PageSize = oomEvent.PageSize,
            PageSizeText = pageText,
            PageSizeEvidence = pageEvidence,
        };
    }

    /// <summary>Before 4.15 the table counts page tables: one page each.</summary>
    private static long? TablesBytes(OomEvent oomEvent, int row)
    {
        if (oomEvent.GetOther(row, "nr_ptes") is not { } tables)
        {
            return null;
        }

        Int128 count = (Int128)tables + (oomEvent.GetOther(row, "nr_pmds") ?? 0) + (oomEvent.GetOther(row, "nr_puds") ?? 0);
        return Sheet.Clamp(count * oomEvent.PageSize);
    }

    private static (long? Bytes, string Text) Explain(OomProgram total, OomMemcgBalance? memcg, OomBalance? machine)
    {
        string table = $"The table's resident memory sums to {Sheet.Size(total.RssBytes)}";
        if (memcg is null && machine is null)
        {
            return (null, $"{table}; the log has nothing to compare it with.");
        }

        long Part(OomBucketKind kind) => memcg is not null ? memcg[kind] : machine![kind];
        if (memcg is not null ? memcg.Buckets.IsEmpty : Part(OomBucketKind.UserUndivided) > 0)
        {
            return (null, $"{table}; this log does not print anonymous memory apart to compare it with.");
        }

        long processes = Part(OomBucketKind.Anon) + Part(OomBucketKind.ShmemMapped);
        long largest = memcg?.UsageBytes ?? machine!.BaseBytes;
        string comparison = total.RssBytes > largest
            ? "more than there is: pages are shared and counted for each task, or charged to another cgroup"
            : total.RssBytes >= processes ? "it explains them, with mapped files and shared pages counted for each task"
            : $"{Sheet.Size(processes - total.RssBytes)} belong to tasks that are not listed or were just leaving";
        string size = $"{table} against {Sheet.Size(processes)} of anonymous and surely mapped shared memory";
        string rest = memcg is not null ? "the usage" : "the machine's memory";
        return (processes, $"{size} ({comparison}). No process maps the rest of {rest}, or it is page cache or the kernel's.");
    }

    private static string Share(OomProgram total)
    {
        string bounds = $"Pages that tasks share count for each of them: a sum is the most, the largest task ({Sheet.Size(total.LargestRssBytes)} for the whole table) the least they hold together.";
        return total.RssFileShmemBytes is { } shareable
            ? $"{bounds} Of the whole sum {Sheet.Size(shareable)} are files and shared memory, which are shared most; anonymous pages are shared after fork()."
            : $"{bounds} This kernel does not print which part is files or shared memory (6.8 and later do).";
    }

    private sealed class Sums
    {
        private int _count;
        private Int128 _rss;
        private long _largest;
        private Int128? _shareable;
        private Int128? _swap;
        private Int128? _tables;

        public void Add(in OomTask task, long? tablesBytes)
        {
            _count++;
            _rss += task.RssPages;
            _largest = Math.Max(_largest, task.RssPages);
            _shareable = Plus(Plus(_shareable, task.RssFilePages), task.RssShmemPages);
            _swap = Plus(_swap, task.SwapEntriesPages);
            _tables = Plus(_tables, tablesBytes);
        }

        public OomProgram ToProgram(TaskName name, int pageSize) => new(
            name,
            _count,
            Sheet.Clamp(_rss),
            Sheet.Clamp(_rss * pageSize),
            Sheet.Clamp((Int128)_largest * pageSize),
            Bytes(_shareable, pageSize),
            Bytes(_swap, 1),
            Bytes(_swap, pageSize),
            Bytes(_tables, 1));

        private static Int128? Plus(Int128? sum, long? more) => more is { } count ? (sum ?? 0) + count : sum;

        private static long? Bytes(Int128? count, int unit) => count is { } present ? Sheet.Clamp(present * unit) : null;
    }
}
