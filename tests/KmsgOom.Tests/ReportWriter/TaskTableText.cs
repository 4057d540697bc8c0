using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The task table and the <c>oom-kill:</c> line behind it (reference, sections 4 and 5).</summary>
internal static class TaskTableText
{
    public static IEnumerable<WrittenRecord> Write(WrittenReport report)
    {
        TableForm form = report.Era.Table;
        if (!report.HasTable || form == TableForm.None)
        {
            yield break;
        }

        if (report.Era.HasTitle)
        {
            yield return new WrittenRecord(6, "Tasks state (memory values in pages):", OomSections.Tasks) { Standing = LineStanding.Alone };
        }

        string header = form switch
        {
            TableForm.T1 => "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name",
            TableForm.T2 => "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
            TableForm.T3 => "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
            TableForm.T4 => "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
            TableForm.T5 => "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
            TableForm.T6 => "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
            _ => "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
        };
        string[] others = form switch
        {
            TableForm.T1 or TableForm.T2 => ["cpu", "oom_adj"],
            TableForm.T3 => ["nr_ptes"],
            TableForm.T4 => ["nr_ptes", "nr_pmds"],
            _ => [],
        };
        yield return new WrittenRecord(6, header, OomSections.Tasks, e => e.HasHeader = true) { Standing = LineStanding.Alone };
        foreach (WrittenTask task in report.Tasks)
        {
            yield return new WrittenRecord(6, Row(form, task), OomSections.Tasks, e => Apply(e, form, others, task)) { Standing = LineStanding.Row };
        }
    }

    public static IEnumerable<WrittenRecord> Constraint(WrittenReport report)
    {
        if (!report.Era.HasConstraint || report.Ending is WrittenEnding.NoKillable or WrittenEnding.Panic)
        {
            yield break;
        }

        WrittenTrigger trigger = report.Trigger;
        WrittenTask task = report.Victims[0].Chosen ?? report.Victims[0].Task;
        string word = report.Era.IsConstraintBroken ? "CONSTRAINT_NONE" : report.Scope switch
        {
            WrittenScope.Memcg => "CONSTRAINT_MEMCG",
            WrittenScope.Cpuset => "CONSTRAINT_CPUSET",
            WrittenScope.Mempolicy => "CONSTRAINT_MEMORY_POLICY",
            _ => "CONSTRAINT_NONE",
        };
        bool hasNodemask = report.Scope == WrittenScope.Mempolicy;
        string[] limit = report.Memcg is { } memcg
            ? [$",oom_memcg={memcg.Path}", $",task_memcg={memcg.TaskPath}"] : [",global_oom", ",task_memcg=/user.slice/user-0.slice/session-1.scope"];
        string[] pieces =
        [
            $"oom-kill:constraint={word},nodemask={(hasNodemask ? trigger.Nodemask : "(null)")}", $",cpuset={trigger.Cpuset},mems_allowed={trigger.Mems}", .. limit,
            Invariant($",task={task.Comm},pid={task.Pid},uid={task.Uid}"),
        ];
        yield return new WrittenRecord(6, string.Concat(pieces), OomSections.Constraint, e =>
        {
            TriggerText.SetCpuset(e, trigger);
            e.Trigger = e.Trigger with { Nodemask = hasNodemask ? trigger.Nodemask : e.Trigger.Nodemask };
            e.ChosenPid = task.Pid;
            e.ChosenName = WrittenRecord.Name(task.Comm);
            e.ConstraintText = word;
            e.Constraint = word switch
            {
                "CONSTRAINT_MEMCG" => OomConstraint.Memcg,
                "CONSTRAINT_CPUSET" => OomConstraint.Cpuset,
                "CONSTRAINT_MEMORY_POLICY" => OomConstraint.MemoryPolicy,
                _ => OomConstraint.None,
            };
            e.Says(report.Memcg is not null ? OomScope.Memcg : word switch
            {
                "CONSTRAINT_CPUSET" => OomScope.Cpuset,
                "CONSTRAINT_MEMORY_POLICY" => OomScope.Mempolicy,
                _ => OomScope.Global,
            });
            e.Memcg = report.Memcg is { } named
                ? e.Memcg with { Path = named.Path, TaskPath = named.TaskPath }
                : e.Memcg with { TaskPath = "/user.slice/user-0.slice/session-1.scope" };
        })
        {
            Standing = LineStanding.Alone,
            Pieces = pieces,
        };
    }

    private static string Row(TableForm form, WrittenTask t)
    {
        string tail = Invariant($"        {t.ScoreAdj,5} {t.Comm}");
        string head = Invariant($"{t.Uid,5} {t.Tgid,5} {t.TotalVm,8} {t.Rss,8}");
        string pid = form >= TableForm.T6 ? Invariant($"[{t.Pid,7}]") : Invariant($"[{t.Pid,5}]");
        return form switch
        {
            TableForm.T1 => Invariant($"{pid} {head} {t.Cpu,3}     {t.OomAdj,3} {t.Comm}"),
            TableForm.T2 => Invariant($"{pid} {head} {t.Cpu,3}     {t.OomAdj,3} {tail}"),
            TableForm.T3 => Invariant($"{pid} {head} {t.Ptes,7} {t.Swap,8} {tail}"),
            TableForm.T4 => Invariant($"{pid} {head} {t.Ptes,7} {t.Pmds,7} {t.Swap,8} {tail}"),
            TableForm.T5 or TableForm.T6 => Invariant($"{pid} {head} {t.PgtablesBytes,8} {t.Swap,8} {tail}"),
            _ => Invariant($"{pid} {head} {t.RssAnon,8} {t.RssFile,8} {t.RssShmem,9} {t.PgtablesBytes,8} {t.Swap,8} {tail}"),
        };
    }

    private static void Apply(Expectation e, TableForm form, string[] others, WrittenTask task)
    {
        // Without its header a row says what its padding tells; columns that have no place of their own have lost their names.
        if (e.Tasks.Count == 0 && e.HasHeader)
        {
            e.OtherColumns.AddRange(others);
        }

        bool hasParts = form >= TableForm.T7;
        e.Tasks.Add(new OomTask
        {
            Pid = task.Pid,
            Tgid = task.Tgid,
            Uid = unchecked((uint)task.Uid),
            Name = WrittenRecord.Name(task.Comm),
            TotalVmPages = task.TotalVm,
            RssPages = task.Rss,
            RssAnonPages = hasParts ? task.RssAnon : null,
            RssFilePages = hasParts ? task.RssFile : null,
            RssShmemPages = hasParts ? task.RssShmem : null,
            PageTablesBytes = form >= TableForm.T5 ? task.PgtablesBytes : null,
            SwapEntriesPages = form >= TableForm.T3 ? task.Swap : null,
            OomScoreAdj = form >= TableForm.T2 ? task.ScoreAdj : null,
        });
        e.OtherValues.AddRange((e.HasHeader ? others : []).Select(column => column switch { "cpu" => task.Cpu, "oom_adj" => task.OomAdj, "nr_ptes" => task.Ptes, _ => task.Pmds }));
    }
}
