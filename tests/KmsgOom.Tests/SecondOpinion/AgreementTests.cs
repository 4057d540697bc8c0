using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The fast parser and the readable grammar read the same report lines, and must say the same of each field.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Parser_AgreesWithTheGrammar_OnAllGoldens()
    {
        StringBuilder problems = new();
        int compared = 0;
        // A vendor's prefix and a mail's mark before a name are no part of the kernel's format; behind the envelope the CPU line tells them from the name.
        foreach (string log in Golden.Names.Where(log => !log.Contains(".android.", StringComparison.Ordinal) && !log.Contains(".quoted.", StringComparison.Ordinal)))
        {
            compared += Compare(log, Golden.Read(log), problems);
        }

        Assert.True(problems.Length == 0, problems.ToString());
        Assert.InRange(compared, 3000, int.MaxValue);
    }

    [CapturesFact]
    public void Parser_AgreesWithTheGrammar_OnAllCaptures()
    {
        StringBuilder problems = new();
        foreach (string path in Directory.EnumerateFiles(Repository.Captures!, "*.kmsg.log", SearchOption.AllDirectories))
        {
            Compare(path, File.ReadAllBytes(path), problems);
        }

        Assert.True(problems.Length == 0, problems.ToString());
    }

    [CorpusFact]
    public void Parser_AgreesWithTheGrammar_OnPostedReports()
    {
        StringBuilder problems = new();
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log"))
        {
            Compare(Path.GetFileName(path), File.ReadAllBytes(path), problems);
        }

        Assert.True(problems.Length == 0, problems.ToString());
    }

    private static int Compare(string log, byte[] bytes, StringBuilder problems)
    {
        int compared = 0;
        foreach (OomEvent oomEvent in OomLog.Parse(bytes, Golden.Options))
        {
            TaskTableHeader? header = null;
            int row = 0;
            MemInfoAgreement memInfo = new();
            RemarkAgreement remarks = new(oomEvent);
            foreach (OomLine line in oomEvent.Lines)
            {
                // The grammar reads what the kernel printed: a wrapper's escapes are the envelope's business, and a name cut by a newline is the joiner's.
                if (line.Text.Contains('\\', StringComparison.Ordinal) || line.Text.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    row += header is not null && TaskTableGrammar.TryParse(line.Text, header) is not null ? 1 : 0;
                    continue;
                }

                string? problem = line.Section switch
                {
                    OomSections.Trigger => CompareTrigger(oomEvent, line.Text),
                    OomSections.CallTrace => CompareCpu(oomEvent, line.Text),
                    OomSections.Memcg => CompareMemcg(oomEvent, line.Text),
                    OomSections.MemInfo => memInfo.Compare(oomEvent.Memory!, line.Text),
                    OomSections.Tasks => CompareTask(oomEvent, line.Text, ref header, ref row),
                    OomSections.Constraint => CompareConstraint(oomEvent, line.Text),
                    OomSections.Victim => CompareVictim(oomEvent, line.Text),
                    _ => remarks.Compare(line.Text),
                };
                compared++;
                if (problem is not null)
                {
                    problems.AppendLine(CultureInfo.InvariantCulture, $"{log}:{line.Number}: {problem}: {line.Text}");
                }
            }
        }

        return compared;
    }

    private static string? CompareTrigger(OomEvent oomEvent, string text)
    {
        if (CpusetGrammar.TryParse(text) is { } cpuset)
        {
            return Same("cpuset", cpuset.Cpuset, oomEvent.Trigger?.Cpuset) ?? Same("mems", cpuset.MemsAllowed, oomEvent.Trigger?.MemsAllowed);
        }

        if (oomEvent.Kind == OomEventKind.AllocationFailure)
        {
            return CompareFailure(oomEvent, text);
        }

        if (TriggerGrammar.TryParse(text) is not { } expected || oomEvent.Trigger is not { } trigger)
        {
            return null;
        }

        return Same("mask", expected.GfpMask, trigger.GfpMask)
            ?? Same("flags", string.Join('|', expected.GfpNames ?? []), string.Join('|', trigger.GfpFlags))
            ?? Same("order", expected.Order, trigger.Order)
            ?? Same("adj", expected.OomAdj, trigger.OomAdj)
            ?? Same("score adj", expected.OomScoreAdj, trigger.OomScoreAdj)
            // That blanks before a name are an indent, only the CPU line tells.
            ?? (expected.Comm is { Length: <= TaskName.MaxLength } comm && !trigger.Name!.Value.ToString().Contains('\n', StringComparison.Ordinal)
                ? Same("comm", comm, comm.TrimStart() == trigger.Name.Value.ToString() ? comm : trigger.Name.Value.ToString()) : null)
            ?? (expected.Nodemask is null ? null : Same("nodemask", expected.Nodemask, trigger.Nodemask));
    }

    private static string? CompareCpu(OomEvent oomEvent, string text)
    {
        if (CpuLineGrammar.TryParse(text) is not { } expected)
        {
            return TraceAgreement.Compare(oomEvent, text);
        }

        return Same("cpu", expected.Cpu, oomEvent.Trigger?.Cpu)
            ?? Same("pid", expected.Pid, oomEvent.Trigger?.Pid)
            ?? Same("uid", (uint?)expected.Uid, oomEvent.Trigger?.Uid)
            ?? Same("taint", Squeeze(expected.Taint), Squeeze(oomEvent.Kernel?.Tainted))
            ?? Same("release", expected.Release, oomEvent.Kernel?.Release)
            ?? Same("version", expected.Version.Trim(), oomEvent.Kernel?.Version ?? "");
    }

    private static string? CompareMemcg(OomEvent oomEvent, string text)
    {
        if (UsageGrammar.TryParse(text) is { } expected)
        {
            OomMemcgUsage? usage = expected.Counter switch
            {
                "memory" => oomEvent.Memcg?.Memory,
                "memory+swap" => oomEvent.Memcg?.MemorySwap,
                "swap" => oomEvent.Memcg?.Swap,
                _ => oomEvent.Memcg?.Kmem,
            };
            return Same("usage", expected.UsageKiB, usage?.UsageKiB) ?? Same("limit", expected.LimitKiB, usage?.LimitKiB) ?? Same("failcnt", expected.FailCount, usage?.FailCount);
        }

        if (TaskInGrammar.TryParse(text) is { } taskIn)
        {
            return (taskIn.TaskPath is null ? null : Same("task path", taskIn.TaskPath, oomEvent.Memcg?.TaskPath))
                ?? (taskIn.LimitPath is null ? null : Same("path", taskIn.LimitPath, oomEvent.Memcg?.Path));
        }

        if (MemcgStatsGrammar.TryParse(text) is not { } stats)
        {
            return null;
        }

        ImmutableArray<OomMemcgStats> groups = oomEvent.Memcg?.Stats ?? [];
        foreach (Counter counter in stats.Values)
        {
            long bytes = counter.Unit is null ? counter.Value : counter.Value * 1024;
            if (!groups.Any(group => (stats.Path is null || group.Path == stats.Path) && group[counter.Key] == bytes))
            {
                return $"stat {counter.Key}: {bytes} is not there";
            }
        }

        return null;
    }

    private static string? CompareTask(OomEvent oomEvent, string text, ref TaskTableHeader? header, ref int row)
    {
        if (header is null && TaskTableGrammar.TryParse(text) is { } found)
        {
            header = found;
            return null;
        }

        if (header is null || TaskTableGrammar.TryParse(text, header) is not { } expected)
        {
            return null;
        }

        if (row >= oomEvent.Tasks.Length)
        {
            return "row is not there";
        }

        int index = row++;
        OomTask task = oomEvent.Tasks[index];
        string? problem = Same("pid", expected.Pid, task.Pid);
        foreach ((string column, long value) in expected.Values)
        {
            problem ??= Same(column, value, Value(oomEvent, index, column));
        }

        string name = task.Name.ToString();
        return problem ?? (name.Contains('\n', StringComparison.Ordinal) || expected.Name.Length > TaskName.MaxLength ? null : Same("name", expected.Name, name));
    }

    private static long? Value(OomEvent oomEvent, int row, string column)
    {
        OomTask task = oomEvent.Tasks[row];
        return column switch
        {
            "pid" => task.Pid,
            "uid" => unchecked((int)task.Uid),
            "tgid" => task.Tgid,
            "total_vm" => task.TotalVmPages,
            "rss" => task.RssPages,
            "rss_anon" => task.RssAnonPages,
            "rss_file" => task.RssFilePages,
            "rss_shmem" => task.RssShmemPages,
            "pgtables_bytes" => task.PageTablesBytes,
            "swapents" => task.SwapEntriesPages,
            "oom_score_adj" => task.OomScoreAdj,
            _ => oomEvent.GetOther(row, column),
        };
    }

    private static string? CompareConstraint(OomEvent oomEvent, string text)
    {
        if (ConstraintGrammar.TryParse(text) is not { } expected)
        {
            return null;
        }

        return Same("constraint", expected.Constraint, oomEvent.ConstraintText)
            ?? Same("nodemask", expected.Nodemask, oomEvent.Trigger?.Nodemask)
            ?? Same("cpuset", expected.Cpuset, oomEvent.Trigger?.Cpuset)
            ?? Same("mems", expected.MemsAllowed, oomEvent.Trigger?.MemsAllowed)
            ?? Same("oom_memcg", expected.OomMemcg, oomEvent.Memcg?.Path)
            ?? Same("task_memcg", expected.TaskMemcg, oomEvent.Memcg?.TaskPath);
    }

    private static string? CompareFailure(OomEvent oomEvent, string text)
    {
        if (AllocationFailureGrammar.TryParse(text) is not { } expected || oomEvent.Trigger is not { } trigger)
        {
            return null;
        }

        return Same("mask", expected.GfpMask, trigger.GfpMask)
            ?? Same("order", expected.Order, trigger.Order)
            ?? Same("comm", expected.Comm, trigger.Name?.ToString())
            ?? Same("nodemask", expected.Nodemask, trigger.Nodemask)
            ?? (expected.Cpuset is null ? null : Same("cpuset", expected.Cpuset, trigger.Cpuset) ?? Same("mems", expected.MemsAllowed, trigger.MemsAllowed));
    }

    /// <summary>Tells what 5.4.0 calls kB and a row calls bytes.</summary>
    private static bool IsInBytes(long? pageTables, OomEvent oomEvent) => pageTables > 0 && oomEvent.Tasks.Any(task => task.PageTablesBytes == pageTables);

    private static string? CompareVictim(OomEvent oomEvent, string text)
    {
        if (oomEvent.Kind == OomEventKind.UserspaceKill && UserKillGrammar.TryParse(text) is { } kin)
        {
            OomVictim found = oomEvent.Victims.FirstOrDefault();
            return Same("cgroup", kin.Cgroup, oomEvent.Memcg?.Path) ?? Same("pid", kin.Pid ?? 0, found.Pid) ?? Same("comm", kin.Name ?? "", found.Name.ToString())
                ?? Same("score", kin.Score, found.Score) ?? Same("adj", kin.OomScoreAdj, found.OomScoreAdj)
                ?? (kin.Invoker is null ? null : Same("invoker", kin.Invoker, oomEvent.Trigger?.Name?.ToString())) ?? Known("invoker's pid", kin.InvokerPid, oomEvent.Trigger?.Pid)
                ?? Known("size", kin.KiB ?? (kin.MiB * 1024), found.WholeRssKiB) ?? Same("pages", kin.Pages, found.WholeRssPages);
        }

        if (KillGrammar.TryParse(text) is { } kill)
        {
            OomVictim victim = oomEvent.Victims.FirstOrDefault(victim => victim.Pid == kill.Pid);
            return Same("pid", kill.Pid, victim.Pid)
                ?? (kill.Comm.Length > TaskName.MaxLength ? null : Same("comm", kill.Comm, victim.Name.ToString()))
                ?? Known("total-vm", kill.TotalVmKiB, victim.TotalVmKiB)
                ?? Known("anon-rss", kill.AnonRssKiB, victim.AnonRssKiB)
                ?? Known("file-rss", kill.FileRssKiB, victim.FileRssKiB)
                ?? Known("shmem-rss", kill.ShmemRssKiB, victim.ShmemRssKiB)
                ?? Known("uid", kill.Uid, victim.Uid)
                ?? Known("pgtables", IsInBytes(kill.PageTablesKiB, oomEvent) ? kill.PageTablesKiB / 1024 : kill.PageTablesKiB, victim.PageTablesKiB)
                ?? Known("oom_score_adj", kill.OomScoreAdj, victim.OomScoreAdj);
        }

        if (ReaperGrammar.TryParse(text) is { } reaper)
        {
            OomReaper? said = oomEvent.Victims.FirstOrDefault(victim => victim.Pid == reaper.Pid).Reaper;
            return Same("reaped", reaper.Outcome == ReaperOutcome.Reaped, said?.Outcome == OomReaperOutcome.Reaped)
                ?? Known("anon-rss", reaper.AnonRssKiB, said?.AnonRssKiB)
                ?? Known("file-rss", reaper.FileRssKiB, said?.FileRssKiB)
                ?? Known("shmem-rss", reaper.ShmemRssKiB, said?.ShmemRssKiB);
        }

        if (AnnouncementGrammar.TryParse(text) is { } announced && oomEvent.Victims.Length > 0)
        {
            OomVictim victim = oomEvent.Victims[0];
            return Same("score", announced.Score, victim.Score) ?? Same("announced", announced.Pid, victim.Announced?.Pid ?? victim.Pid);
        }

        return null;
    }

    private static string? Known<T>(string field, T? expected, T? found)
        where T : struct => expected is null ? null : Same(field, expected, found);

    private static string? Known(string field, long? expected, uint? found) => expected is null ? null : Same(field, (uint)expected, found);

    private static string? Same<T>(string field, T expected, T found) =>
        EqualityComparer<T>.Default.Equals(expected, found) ? null : $"{field} is {found}, the grammar says {expected}";

    private static string? Squeeze(string? text) => text is null ? null : string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
