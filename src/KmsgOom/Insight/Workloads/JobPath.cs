namespace KmsgOom.Insight;

/// <summary>The groups of schedulers of batch jobs: Slurm, Nomad, YARN.</summary>
internal static class JobPath
{
    public static OomWorkload? TryRead(string[] parts, ref int at)
    {
        string part = parts[at];
        return part switch
        {
            "slurm" or "slurmstepd.scope" or "system.slice_slurmstepd.scope" => ReadSlurm(parts, ref at),
            "hadoop-yarn" or "yarn" when at + 1 < parts.Length && parts[at + 1].StartsWith("container_", StringComparison.Ordinal) =>
                ContainerPath.Take(ref at, 2, new OomWorkload { Kind = OomWorkloadKind.Yarn, Name = parts[at + 1], ContainerId = parts[at + 1], Runtime = "yarn" }),
            "nomad" or "nomad.slice" => ReadNomad(parts, ref at),
            _ => null,
        };
    }

    // slurm[_node]/uid_1000/job_42/step_0/task_1, and since cgroup v2 slurmstepd.scope/job_42/step_0/user/task_1.
    private static OomWorkload ReadSlurm(string[] parts, ref int at)
    {
        long? user = null;
        string? name = null;
        for (at++; at < parts.Length; at++)
        {
            string part = parts[at];
            if (part.StartsWith("uid_", StringComparison.Ordinal))
            {
                user = CgroupPath.ParseNumber(part.AsSpan("uid_".Length));
            }
            else if (part.StartsWith("job_", StringComparison.Ordinal) || part.StartsWith("step_", StringComparison.Ordinal) || part.StartsWith("task_", StringComparison.Ordinal))
            {
                name = name is null ? part : $"{name}/{part}";
            }
            else if (part is not ("user" or "slurm" or "system"))
            {
                break;
            }
        }

        return new OomWorkload { Kind = OomWorkloadKind.Slurm, Name = name, UserId = user, Runtime = "slurm" };
    }

    // nomad[.slice]/share[.slice]/<allocation>.<task>[.scope]; older: nomad/<allocation>/<task>.
    private static OomWorkload ReadNomad(string[] parts, ref int at)
    {
        string? name = null;
        for (at++; at < parts.Length; at++)
        {
            string part = ContainerPath.TryTrim(parts[at], "", ".scope") ?? parts[at];
            if (part.StartsWith("share", StringComparison.Ordinal) || part.StartsWith("reserve", StringComparison.Ordinal))
            {
                continue;
            }

            name = part;
            at++;
            break;
        }

        return new OomWorkload { Kind = OomWorkloadKind.Nomad, Name = name, Runtime = "nomad" };
    }
}
