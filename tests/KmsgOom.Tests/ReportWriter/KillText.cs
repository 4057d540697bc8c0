using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What follows the report: announcement, kill lines, the reaper, or the reason why nobody was killed (reference, sections 6 and 7).</summary>
internal static class KillText
{
    public static IEnumerable<WrittenRecord> Write(WrittenReport report) => report.IsAllocationFailure ? [] : report.Ending switch
    {
        WrittenEnding.NoKillable => NoKillable(report),
        WrittenEnding.Panic => Panic(report, !report.IsMemcg && report.FramesSeed % 2 == 0
            ? "Out of memory: system-wide panic_on_oom is enabled" : "Out of memory: compulsory panic_on_oom is enabled"),
        WrittenEnding.AlreadyExiting => [AlreadyExiting(report, report.Victims[0].Task)],
        _ => Kills(report),
    };

    private static WrittenRecord AlreadyExiting(WrittenReport report, WrittenTask task) =>
        new(6, Invariant($"{Message(report)}: OOM victim {task.Pid} ({task.Comm}) is already exiting. Skip killing the task"), OomSections.Victim, e =>
        {
            e.Tells(OomOutcome.AlreadyExiting);
            e.Says(Scope(report));
        })
        {
            Standing = LineStanding.Ending,
        };

    private static IEnumerable<WrittenRecord> Kills(WrittenReport report)
    {
        WrittenVictim first = report.Victims[0];
        if (report.Era.Announcement != AnnouncementForm.None)
        {
            yield return Announcement(report, first);
        }

        yield return Kill(report, first);
        if (report.Ending == WrittenEnding.GroupKilled)
        {
            string path = report.Memcg?.Path ?? "/system.slice/group.service";
            yield return new WrittenRecord(6, $"Tasks in {path} are going to be killed due to memory.oom.group set", OomSections.Victim, e =>
            {
                e.Memcg = e.Memcg with { OomGroup = true };
                e.GroupPath = path;
                e.Tells(OomOutcome.GroupKilled);
            })
            {
                Standing = LineStanding.Group,
            };
            foreach (WrittenVictim victim in report.Victims)
            {
                yield return Kill(report, victim);
            }
        }

        foreach (WrittenVictim victim in report.Victims.Where(victim => IsReaped(report, victim)))
        {
            yield return Reaper(report, victim);
        }
    }

    /// <summary>Tells whether the reaper speaks of a victim; a name with a newline would tear its line, which no reader joins.</summary>
    private static bool IsReaped(WrittenReport report, WrittenVictim victim) =>
        report.Era.HasReaper && victim.Reaper != WrittenReaper.Silent && !victim.Task.Comm.Contains('\n', StringComparison.Ordinal);

    private static WrittenRecord Announcement(WrittenReport report, WrittenVictim victim)
    {
        WrittenTask task = victim.Chosen ?? victim.Task;
        string text = report.Era.Announcement switch
        {
            AnnouncementForm.AndChildren => Invariant($"Out of Memory: Kill process {task.Pid} ({task.Comm}) score {victim.Score} and children."),
            AnnouncementForm.OrAChild => Invariant($"{Message(report)}: kill process {task.Pid} ({task.Comm}) score {victim.Score} or a child"),
            _ => Invariant($"{Message(report)}: Kill process {task.Pid} ({task.Comm}) score {victim.Score} or sacrifice child"),
        };
        OomScope scope = report.Era.Announcement == AnnouncementForm.AndChildren ? OomScope.Global : Scope(report);
        return new WrittenRecord(3, text, OomSections.Victim, e =>
        {
            e.HasAnnounced = true;
            e.Announced = (new OomAnnounced(task.Pid, WrittenRecord.Name(task.Comm)), victim.Score);
            e.Says(scope);
        })
        {
            Standing = LineStanding.Announcement,
            Pid = task.Pid,
        };
    }

    private static WrittenRecord Kill(WrittenReport report, WrittenVictim victim)
    {
        KillForm form = report.Era.Kill;
        WrittenTask task = victim.Task;
        int page = report.Machine.PageKiB;
        long pgtables = report.Era.PrintsPgtablesInBytes ? task.PgtablesBytes : task.PgtablesBytes / 1024;
        string vm = Invariant($"{(form == KillForm.K4 ? "vsz" : "total-vm")}:{task.TotalVm * page}kB, anon-rss:{task.RssAnon * page}kB, file-rss:{task.RssFile * page}kB");
        string shmem = Invariant($", shmem-rss:{task.RssShmem * page}kB");
        string who = Invariant($"Killed process {task.Pid} ({task.Comm})");
        string values = Invariant($"{vm}{shmem}, UID:{unchecked((uint)task.Uid)} pgtables:{pgtables}kB oom_score_adj:{task.ScoreAdj}");
        string text = form switch
        {
            KillForm.K1 => $"Out of Memory: {who}.",
            KillForm.K2 => $"{Message(report)}: {who}.",
            KillForm.K3 => who,
            KillForm.K4 or KillForm.K5 => $"{who} {vm}",
            KillForm.K5a => Invariant($"Killed process {task.Pid}, UID {task.Uid}, ({task.Comm}) {vm}"),
            KillForm.K6 => $"{who} {vm}{shmem}",
            KillForm.K6a => Invariant($"{who}, UID {task.Uid}, {vm}{shmem}"),
            KillForm.K7 => $"{Message(report)}: {who} {vm}{shmem}",
            KillForm.K7a => Invariant($"{Message(report)}: {who} {vm}{shmem}, UID:{unchecked((uint)task.Uid)}"),
            KillForm.K8 => $"{Message(report)}: {who} {values}",
            _ => $"{Message(report)}: {who} VE \"ve 7 (a)\" {values}",
        };
        bool hasUid = form is KillForm.K5a or KillForm.K6a or >= KillForm.K7a;
        OomVictim killed = new()
        {
            Pid = task.Pid,
            Name = WrittenRecord.Name(task.Comm),
            TotalVmKiB = form >= KillForm.K4 ? task.TotalVm * page : null,
            AnonRssKiB = form >= KillForm.K4 ? task.RssAnon * page : null,
            FileRssKiB = form >= KillForm.K4 ? task.RssFile * page : null,
            ShmemRssKiB = form >= KillForm.K6 ? task.RssShmem * page : null,
            Uid = hasUid ? unchecked((uint)task.Uid) : null,
            PageTablesKiB = form >= KillForm.K8 ? pgtables : null,
            OomScoreAdj = form >= KillForm.K8 ? task.ScoreAdj : null,
        };
        bool hasMessage = form is KillForm.K1 or KillForm.K2 or >= KillForm.K7;
        return new WrittenRecord(3, text, OomSections.Victim, e =>
        {
            e.Kill(killed);
            e.Tells(OomOutcome.Killed);
            e.Says(!hasMessage ? OomScope.Unknown : form == KillForm.K1 ? OomScope.Global : Scope(report));
            e.HasPageTables |= form >= KillForm.K8;
        })
        {
            Standing = LineStanding.Kill,
            Pid = task.Pid,
        };
    }

    private static WrittenRecord Reaper(WrittenReport report, WrittenVictim victim)
    {
        WrittenTask task = victim.Task;
        bool isReaped = victim.Reaper == WrittenReaper.Reaped;
        long shmem = task.RssShmem * report.Machine.PageKiB;
        string text = isReaped
            ? Invariant($"oom_reaper: reaped process {task.Pid} ({task.Comm}), now anon-rss:0kB, file-rss:4kB, shmem-rss:{shmem}kB")
            : Invariant($"oom_reaper: {(report.Era.Name == "4.8" ? "giving up" : "unable to reap")} pid:{task.Pid} ({task.Comm})");
        return new WrittenRecord(6, text, OomSections.Victim, e =>
        {
            int index = e.Victims.FindIndex(known => known.Pid == task.Pid);
            if (index >= 0 && e.Victims[index].Reaper is null)
            {
                e.Victims[index] = e.Victims[index] with
                {
                    Reaper = new OomReaper
                    {
                        Outcome = isReaped ? OomReaperOutcome.Reaped : OomReaperOutcome.Unable,
                        Uptime = e.Uptime,
                        AnonRssKiB = isReaped ? 0 : null,
                        FileRssKiB = isReaped ? 4 : null,
                        ShmemRssKiB = isReaped ? shmem : null,
                    },
                };
            }
        })
        {
            Standing = LineStanding.Reaper,
            Pid = task.Pid,
        };
    }

    private static IEnumerable<WrittenRecord> NoKillable(WrittenReport report)
    {
        if (report.Era.HasNoKillableLine)
        {
            yield return new WrittenRecord(4, "Out of memory and no killable processes...", OomSections.Victim, e => e.Tells(OomOutcome.NoVictim)) { Standing = LineStanding.Ending };
            if (report.IsMemcg || report.Trigger.Order < 0)
            {
                yield break;
            }
        }

        foreach (WrittenRecord record in Panic(report, report.Era.HasNoKillableLine ? "System is deadlocked on memory" : "Out of memory and no killable processes..."))
        {
            yield return record;
        }
    }

    private static IEnumerable<WrittenRecord> Panic(WrittenReport report, string text)
    {
        yield return new WrittenRecord(0, $"Kernel panic - not syncing: {text}", OomSections.Victim, e =>
        {
            e.Panic = text;
            e.Tells(OomOutcome.Panic);
            // What panic_on_oom=2 is called "compulsory" for: it is meant for cgroups, cpusets and policies too.
            e.Says(text.Contains("compulsory", StringComparison.Ordinal) ? OomScope.Unknown : OomScope.Global);
        })
        {
            Standing = LineStanding.Ending,
        };
        if (report.Era.IsSince("3.16"))
        {
            yield return WrittenRecord.Free(0, "Kernel Offset: disabled");
            yield return WrittenRecord.Free(0, $"---[ end Kernel panic - not syncing: {text}" + (report.Era.IsSince("4.19") ? " ]---" : ""));
        }

        yield return WrittenRecord.Free(0, "Rebooting in 10 seconds..");
    }

    private static string Message(WrittenReport report) =>
        report.IsMemcg ? "Memory cgroup out of memory"
        : IsMpolBind(report) ? "No available memory (MPOL_BIND)"
        : IsOldCpuset(report) ? "No available memory in cpuset"
        : report.IsAllocatingTask && report.Era.IsSince("2.6.24") ? "Out of memory (oom_kill_allocating_task)" : "Out of memory";

    private static OomScope Scope(WrittenReport report) => report.IsMemcg ? OomScope.Memcg : IsMpolBind(report) ? OomScope.Mempolicy : IsOldCpuset(report) ? OomScope.Cpuset : OomScope.Global;

    private static bool IsMpolBind(WrittenReport report) =>
        report.Scope == WrittenScope.Mempolicy && report.Era.IsSince("2.6.16") && !report.Era.IsSince("2.6.36");

    private static bool IsOldCpuset(WrittenReport report) =>
        report.Scope == WrittenScope.Cpuset && report.Era.IsSince("2.6.16") && !report.Era.IsSince("2.6.24");
}
