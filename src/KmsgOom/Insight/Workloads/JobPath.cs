namespace KmsgOom.Insight;

/// <summary>The cgroups of schedulers: Slurm, Nomad, YARN.</summary>
internal static class JobPath
{
    private const int UuidLength = 36;

    public static bool TryTake(WorkloadPath walk)
    {
        string part = walk[0];
        if (part is "nomad" or "nomad.slice")
        {
            return TakeNomad(walk);
        }

        if (part == "slurm" || part.StartsWith("slurm_", StringComparison.Ordinal) || part.EndsWith("slurmstepd.scope", StringComparison.Ordinal))
        {
            return TakeSlurm(walk);
        }

        return part.StartsWith("container_", StringComparison.Ordinal) && TakeYarn(walk, part);
    }

    // v1: "/slurm/uid_1000/job_42/step_0/task_1"; v2: "/system.slice/slurmstepd.scope/job_42/step_0/user/task_1", and ".../slurm" for slurmstepd itself.
    private static bool TakeSlurm(WorkloadPath walk)
    {
        int at = 1;
        uint? user = null;
        if (After(walk[at], "uid_") is { } uid)
        {
            user = WorkloadPath.ParseNumber(uid);
            at++;
        }

        string? job = After(walk[at], "job_");
        if (job is null && user is null)
        {
            return false;
        }

        at += job is null ? 0 : 1;
        string? step = job is null ? null : After(walk[at], "step_");
        at += step is null ? 0 : 1;
        bool isMonitor = step is not null && walk[at] == "slurm";
        at += step is not null && walk[at] is "user" or "slurm" ? 1 : 0;
        string? task = step is null ? null : After(walk[at], "task_");
        at += task is null ? 0 : 1;
        return walk.Enter(at, WorkloadPath.Of(OomWorkloadKind.SlurmJob) with
        {
            UserId = user,
            JobId = job,
            StepId = step,
            TaskId = task,
            IsMonitor = isMonitor,
            Runtime = "slurm",
        });
    }

    // "/nomad/ALLOC.TASK", "/nomad.slice/ALLOC.TASK.scope"; since 1.7 below "share(.slice)" or "reserve(.slice)".
    private static bool TakeNomad(WorkloadPath walk)
    {
        int at = walk[1] is "share" or "share.slice" or "reserve" or "reserve.slice" ? 2 : 1;
        string part = walk[at];
        bool isScope = SystemdName.TryTrimScope(part, out string name);
        name = isScope ? name : part;
        if (name.Length < UuidLength || !WorkloadPath.IsUuid(name.AsSpan(0, UuidLength)))
        {
            return false;
        }

        string? task = name.Length > UuidLength + 1 ? SystemdName.Unescape(name[(UuidLength + 1)..]) : null;
        return walk.Enter(at + 1, WorkloadPath.Of(OomWorkloadKind.NomadTask) with
        {
            Name = task,
            JobId = name[..UuidLength],
            TaskId = task,
            Runtime = "nomad",
            Unit = isScope ? part : null,
            Driver = isScope ? OomCgroupDriver.Systemd : OomCgroupDriver.Cgroupfs,
        });
    }

    // "/hadoop-yarn/container_e17_1410901177871_0001_01_000005"; the epoch ("e17") came with 2.6.
    private static bool TakeYarn(WorkloadPath walk, string part)
    {
        string[] words = part.Split('_');
        int first = words.Length > 1 && words[1].StartsWith('e') ? 2 : 1;
        if (words.Length != first + 4 || words.Skip(first).Any(word => word.Length == 0 || word.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        return walk.Enter(1, WorkloadPath.Of(OomWorkloadKind.YarnContainer) with
        {
            Name = part,
            ContainerId = part,
            JobId = $"application_{words[first]}_{words[first + 1]}",
            Runtime = "yarn",
            Driver = OomCgroupDriver.Cgroupfs,
        });
    }

    private static string? After(string part, string prefix) =>
        part.Length > prefix.Length && part.StartsWith(prefix, StringComparison.Ordinal) ? part[prefix.Length..] : null;
}
