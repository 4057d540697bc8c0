namespace KmsgOom.Insight;

/// <summary>The groups of container runtimes outside Kubernetes, of system containers, and of virtual machines.</summary>
internal static class ContainerPath
{
    private const int MinIdLength = 6;
    private const int FullIdLength = 64;

    public static OomWorkload? TryRead(string[] parts, ref int at)
    {
        string part = parts[at];
        string? next = at + 1 < parts.Length ? parts[at + 1] : null;
        OomWorkload? found = (part, next) switch
        {
            ("docker" or "libpod" or "podman" or "buildkit", not null) when CgroupPath.IsHex(next, 12) =>
                Take(ref at, 2, new OomWorkload { Kind = OomWorkloadKind.Container, Runtime = RuntimeNames.Of(part), ContainerId = next, Driver = "cgroupfs" }),
            ("libpod_parent", ['l', 'i', 'b', 'p', 'o', 'd', '-', .. string id]) =>
                Take(ref at, 2, new OomWorkload { Kind = OomWorkloadKind.Container, Runtime = "podman", ContainerId = id, Driver = "cgroupfs" }),
            ("lxc" or "lxc.payload", not null) => Take(ref at, 2, MakeLxc(next)),
            ("ecs", not null) => ReadEcs(parts, ref at),
            ("garden", not null) => Take(ref at, 2, new OomWorkload { Kind = OomWorkloadKind.Garden, Name = next, ContainerId = next, Runtime = "garden" }),
            ("qemu.slice", not null) when TryTrim(next, "", ".scope") is { } id => Take(ref at, 2, new OomWorkload { Kind = OomWorkloadKind.VirtualMachine, Name = id, Unit = next, Slice = part, Runtime = "qemu" }),
            _ => null,
        };
        if (found is not null)
        {
            return found;
        }

        if (TryTrim(part, "lxc.payload.", "") is { } payload)
        {
            return Take(ref at, 1, MakeLxc(payload));
        }

        if (TryTrim(part, "machine-", ".scope") is { } machine)
        {
            return Take(ref at, 1, MakeMachine(SystemdName.Unescape(machine), part));
        }

        if (TryTrim(part, "systemd-nspawn@", ".service") is { } nspawn)
        {
            return Take(ref at, 1, new OomWorkload { Kind = OomWorkloadKind.Machine, Name = SystemdName.Unescape(nspawn), Unit = part, Runtime = "systemd-nspawn", Driver = "systemd" });
        }

        return TryReadContainer(part, isInPod: false) is { } container ? Take(ref at, 1, container) : null;
    }

    /// <summary>Reads a group that is named after a container: <c>docker-&lt;id&gt;.scope</c>, <c>system.slice:docker:&lt;id&gt;</c>, or the bare id.</summary>
    public static OomWorkload? TryReadContainer(string part, bool isInPod)
    {
        if (part.Split(':') is [_, { } named, { } last] && CgroupPath.IsHex(last, MinIdLength))
        {
            return new OomWorkload { Kind = OomWorkloadKind.Container, Runtime = RuntimeNames.Of(named), ContainerId = last, Driver = "systemd" };
        }

        string name = TryTrim(part, "", ".scope") ?? part;
        int dash = name.LastIndexOf('-');
        if (dash > 0 && CgroupPath.IsHex(name.AsSpan(dash + 1), MinIdLength) && (RuntimeNames.IsKnown(name.AsSpan(0, dash)) || isInPod))
        {
            return new OomWorkload { Kind = OomWorkloadKind.Container, Runtime = RuntimeNames.Of(name[..dash]), ContainerId = name[(dash + 1)..], Driver = "systemd" };
        }

        return CgroupPath.IsHex(name, isInPod ? MinIdLength : FullIdLength) ? new OomWorkload { Kind = OomWorkloadKind.Container, ContainerId = name, Driver = "cgroupfs" } : null;
    }

    public static string? TryTrim(string text, string head, string tail) =>
        text.Length > head.Length + tail.Length && text.StartsWith(head, StringComparison.Ordinal) && text.EndsWith(tail, StringComparison.Ordinal)
            ? text[head.Length..^tail.Length]
            : null;

    public static OomWorkload Take(ref int at, int count, OomWorkload workload)
    {
        at += count;
        return workload;
    }

    private static OomWorkload MakeLxc(string name) =>
        new() { Kind = OomWorkloadKind.SystemContainer, Name = name, ContainerId = name, Runtime = "lxc" };

    // libvirt registers "qemu-1-name" or "lxc-1-name"; the rest are machines of systemd-machined.
    private static OomWorkload MakeMachine(string name, string unit)
    {
        string[] parts = name.Split('-', 3);
        return parts is ["qemu" or "lxc" or "xen", { } number, { } domain] && CgroupPath.ParseNumber(number) is not null
            ? new OomWorkload { Kind = parts[0] == "lxc" ? OomWorkloadKind.SystemContainer : OomWorkloadKind.VirtualMachine, Name = domain, Unit = SystemdName.Unescape(unit), Runtime = $"libvirt-{parts[0]}", Driver = "systemd" }
            : new OomWorkload { Kind = OomWorkloadKind.Machine, Name = name, Unit = SystemdName.Unescape(unit), Driver = "systemd" };
    }

    // ecs/<task>/<container>, or with the cluster's name before; a container id is 64 digits, or a task's number and another.
    private static OomWorkload ReadEcs(string[] parts, ref int at)
    {
        int first = at + 1;
        int last = first;
        while (last + 1 < parts.Length && last - first < 2 && !CgroupPath.IsHex(parts[last], FullIdLength))
        {
            last++;
        }

        string task = last > first ? parts[last - 1] : parts[first];
        string? container = last > first ? parts[last] : null;
        at = last + 1;
        return new OomWorkload { Kind = OomWorkloadKind.Ecs, Name = task, ContainerId = container, Runtime = "ecs" };
    }
}
