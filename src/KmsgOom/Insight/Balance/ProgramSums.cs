using System.Collections.Immutable;
using System.Runtime.InteropServices;

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
            ref readonly OomTask task = ref oomEvent.Tasks.ItemRef(row);
            Sums sums = CollectionsMarshal.GetValueRefOrAddDefault(programs, task.Name, out _) ??= new Sums();
            long? tables = task.PageTablesBytes ?? TablesBytes(oomEvent, row);
            sums.Add(in task, tables);
            all.Add(in task, tables);
        }

        memcg = oomEvent.Scope is OomScope.Memcg or OomScope.Unknown ? memcg : null;
        OomProgram total = all.ToProgram(default, oomEvent.PageSize);
        (long? processes, string explained) = Explain(total, memcg, machine);
        (string pageText, OomEvidence? pageEvidence) = PageSizeProof.Of(oomEvent);
        return new OomPrograms
        {
            Programs = Order(programs, oomEvent.PageSize),
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

    /// <summary>Orders the programs: the largest first.</summary>
    private static ImmutableArray<OomProgram> Order(Dictionary<TaskName, Sums> programs, int pageSize)
    {
        // Names that are not valid UTF-8 may read alike: they stay in the order of the table.
        (OomProgram Program, long Total, int Place)[] ordered = new (OomProgram, long, int)[programs.Count];
        int place = 0;
        foreach ((TaskName name, Sums sums) in programs)
        {
            OomProgram program = sums.ToProgram(name, pageSize);
            ordered[place] = (program, program.TotalBytes, place);
            place++;
        }

        Array.Sort(ordered, static (left, right) =>
            left.Total != right.Total ? right.Total.CompareTo(left.Total)
            : string.CompareOrdinal(left.Program.Name.ToString(), right.Program.Name.ToString()) is not 0 and int byName ? byName
            : left.Place - right.Place);
        return ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(ordered, static one => one.Program));
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
        string table = $"The table's resident memory sums to {Amount.Of(total.RssBytes)}";
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
            : $"{Amount.Of(processes - total.RssBytes)} belong to tasks that are not listed or were just leaving";
        string size = $"{table} against {Amount.Of(processes)} of anonymous and surely mapped shared memory";
        string rest = memcg is not null ? "the usage" : "the machine's memory";
        return (processes, $"{size} ({comparison}). No process maps the rest of {rest}, or it is page cache or the kernel's.");
    }

    private static string Share(OomProgram total)
    {
        string bounds = $"Pages that tasks share count for each of them: a sum is the most, the largest task ({Amount.Of(total.LargestRssBytes)} for the whole table) the least they hold together.";
        return total.RssFileShmemBytes is { } shareable
            ? $"{bounds} Of the whole sum {Amount.Of(shareable)} are files and shared memory, which are shared most; anonymous pages are shared after fork()."
            : $"{bounds} This kernel does not print which part is files or shared memory (6.8 and later do).";
    }

    private sealed class Sums
    {
        private int _count;
        private Int128 _rss;
        private long _largest;
        private Int128 _shareable;
        private Int128 _swap;
        private Int128 _tables;
        private bool _hasShareable;
        private bool _hasSwap;
        private bool _hasTables;

        public void Add(in OomTask task, long? tablesBytes)
        {
            _count++;
            _rss += task.RssPages;
            _largest = Math.Max(_largest, task.RssPages);
            Add(ref _shareable, ref _hasShareable, task.RssFilePages);
            Add(ref _shareable, ref _hasShareable, task.RssShmemPages);
            Add(ref _swap, ref _hasSwap, task.SwapEntriesPages);
            Add(ref _tables, ref _hasTables, tablesBytes);
        }

        public OomProgram ToProgram(TaskName name, int pageSize) => new(
            name,
            _count,
            Sheet.Clamp(_rss),
            Sheet.Clamp(_rss * pageSize),
            Sheet.Clamp((Int128)_largest * pageSize),
            _hasShareable ? Sheet.Clamp(_shareable * pageSize) : null,
            _hasSwap ? Sheet.Clamp(_swap) : null,
            _hasSwap ? Sheet.Clamp(_swap * pageSize) : null,
            _hasTables ? Sheet.Clamp(_tables) : null);

        private static void Add(ref Int128 sum, ref bool isPresent, long? more)
        {
            if (more is { } count)
            {
                sum += count;
                isPresent = true;
            }
        }
    }
}
