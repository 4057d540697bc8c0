namespace KmsgOom.Insight;

/// <summary>The cgroups of containers outside Kubernetes: Docker, Podman, containerd, CRI-O, ECS, Garden.</summary>
internal static class ContainerPath
{
    private const int MinIdLength = 4;

    public static bool TryTake(WorkloadPath walk) => walk[0] switch
    {
        "docker" => TakeDocker(walk),
        "libpod_parent" => TakeLibpodParent(walk),
        "ecs" => TakeEcs(walk),
        "garden" => TakeGarden(walk),
        string part when part.StartsWith("ecstasks-", StringComparison.Ordinal) => TakeEcsSlice(walk, part),
        string part => TakeNamed(walk, part),
    };

    // "/docker/ID"; BuildKit inside Docker's daemon: "/docker/buildkit/ID".
    private static bool TakeDocker(WorkloadPath walk)
    {
        string id = walk[1];
        if (id == "buildkit" && walk[2].Length > 0)
        {
            return walk.Enter(3, Container(walk[2], "buildkit", OomCgroupDriver.Cgroupfs));
        }

        return WorkloadPath.IsHex(id, MinIdLength) && walk.Enter(2, Container(id, "docker", OomCgroupDriver.Cgroupfs));
    }

    // "/libpod_parent/libpod-ID", and "/libpod_parent/conmon" for all monitors together.
    private static bool TakeLibpodParent(WorkloadPath walk)
    {
        if (walk[1] == "conmon")
        {
            return walk.Enter(2, WorkloadPath.Of(OomWorkloadKind.Container) with { Name = "conmon", Runtime = "podman", IsMonitor = true, Driver = OomCgroupDriver.Cgroupfs });
        }

        return ContainerName.Parse(walk[1]) is { } name && walk.Enter(2, Container(name.Id, "podman", OomCgroupDriver.Cgroupfs) with { IsMonitor = name.IsMonitor });
    }

    private static bool TakeNamed(WorkloadPath walk, string part)
    {
        if (ContainerName.Parse(part) is not { } name)
        {
            // cgroupfs and Kata: "/kata_overhead/ID" is what the machine takes beside its containers.
            return part == "kata_overhead" && WorkloadPath.IsHex(walk[1], MinIdLength)
                && walk.Enter(2, WorkloadPath.Of(OomWorkloadKind.VirtualMachine) with { ContainerId = walk[1], Runtime = "kata", Driver = OomCgroupDriver.Cgroupfs });
        }

        if (walk is { IsInLayer: true, Layer: { Kind: OomWorkloadKind.EcsTask, ContainerId: null } task })
        {
            return walk.Deepen(1, task with { ContainerId = name.Id, Runtime = name.Runtime ?? task.Runtime, Unit = name.IsScope ? part : null });
        }

        OomWorkload container = Container(name.Id, name.Runtime, name.IsScope ? OomCgroupDriver.Systemd : OomCgroupDriver.Cgroupfs) with
        {
            IsMonitor = name.IsMonitor,
            Unit = name.IsScope ? part : null,
        };

        // Podman's --cgroups=split (Quadlet): the container stands in the service that was made for it.
        bool isSplit = walk is { IsInLayer: true, Layer.Kind: OomWorkloadKind.Service } && part.StartsWith("libpod-payload-", StringComparison.Ordinal);
        return walk.Enter(1, isSplit ? container with { Name = walk.Layer!.Name, Unit = walk.Layer.Unit, Driver = OomCgroupDriver.Systemd } : container);
    }

    // "/ecs/TASK/CONTAINER", with the cluster's name before the task since 2017; Fargate's containers are "TASK-NUMBER".
    private static bool TakeEcs(WorkloadPath walk)
    {
        int task = IsEcsTask(walk[1]) ? 1 : IsEcsTask(walk[2]) ? 2 : 0;
        if (task == 0)
        {
            return false;
        }

        string id = walk[task];
        string container = walk[task + 1];
        OomWorkload workload = WorkloadPath.Of(OomWorkloadKind.EcsTask) with { JobId = id, Runtime = "docker", Driver = OomCgroupDriver.Cgroupfs };
        bool isContainer = WorkloadPath.IsHex(container, MinIdLength) || container.StartsWith(id + "-", StringComparison.Ordinal);
        return isContainer ? walk.Enter(task + 2, workload with { ContainerId = container }) : walk.Enter(task + 1, workload);
    }

    // "/ecstasks.slice/ecstasks-TASK.slice/docker-ID.scope"
    private static bool TakeEcsSlice(WorkloadPath walk, string part)
    {
        const string Start = "ecstasks-";
        if (!part.EndsWith(SystemdName.SliceSuffix, StringComparison.Ordinal) || part.Length <= Start.Length + SystemdName.SliceSuffix.Length)
        {
            return false;
        }

        string task = part[Start.Length..^SystemdName.SliceSuffix.Length];
        return walk.Enter(1, WorkloadPath.Of(OomWorkloadKind.EcsTask) with { JobId = task, Slice = part, Runtime = "docker", Driver = OomCgroupDriver.Systemd });
    }

    // "/garden/HANDLE"; with CPU entitlements "/garden/good/HANDLE" or "/garden/bad/HANDLE".
    private static bool TakeGarden(WorkloadPath walk)
    {
        int handle = walk[1] is "good" or "bad" && walk[2].Length > 0 ? 2 : 1;
        string id = walk[handle];
        return id.Length > 0 && walk.Enter(handle + 1, WorkloadPath.Of(OomWorkloadKind.GardenContainer) with { Name = id, ContainerId = id, Runtime = "garden", Driver = OomCgroupDriver.Cgroupfs });
    }

    private static bool IsEcsTask(string part) => (part.Length == 32 && WorkloadPath.IsHex(part, 32)) || WorkloadPath.IsUuid(part);

    private static OomWorkload Container(string id, string? runtime, OomCgroupDriver driver) =>
        WorkloadPath.Of(OomWorkloadKind.Container) with { ContainerId = id, Runtime = runtime, Driver = driver };
}
