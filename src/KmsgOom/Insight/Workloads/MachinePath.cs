namespace KmsgOom.Insight;

/// <summary>The cgroups of containers that boot a system, and of virtual machines: LXC and its kin, systemd-nspawn, libvirt, Proxmox.</summary>
internal static class MachinePath
{
    public static bool TryTake(WorkloadPath walk) => walk[0] switch
    {
        "lxc" or "lxc.payload" => TakeLxc(walk, walk[1], 2, false),
        "lxc.monitor" => TakeLxc(walk, walk[1], 2, true),
        string part when part.StartsWith("lxc.payload.", StringComparison.Ordinal) => TakeLxc(walk, part["lxc.payload.".Length..], 1, false),
        string part when part.StartsWith("lxc.monitor.", StringComparison.Ordinal) => TakeLxc(walk, part["lxc.monitor.".Length..], 1, true),
        "qemu.slice" when SystemdName.TryTrimScope(walk[1], out string number) => walk.Enter(2, Qemu(number, OomCgroupDriver.Systemd) with { Slice = "qemu.slice", Unit = walk[1] }),
        "libvirt" when walk[1] is "qemu" or "lxc" && walk[2].Length > 0 => walk.Enter(3, OfLibvirt(walk[1], walk[2])),
        "machine" => TakeMachine(walk),
        string part when SystemdName.TryTrimScope(part, out string scope) && scope.StartsWith("machine-", StringComparison.Ordinal) => walk.Enter(1, ReadScope(part, scope["machine-".Length..])),
        string part when SystemdName.TryTrimService(part, out string service) && service.StartsWith("systemd-nspawn@", StringComparison.Ordinal) => walk.Enter(1, ReadNspawn(part, service["systemd-nspawn@".Length..])),
        _ => false,
    };

    // "ns" is where the container's own tree begins (Proxmox, LXC's lxc.cgroup.dir.container.inner).
    private static bool TakeLxc(WorkloadPath walk, string name, int count, bool isMonitor)
    {
        if (name.Length == 0)
        {
            return false;
        }

        walk.Enter(count, WorkloadPath.Of(OomWorkloadKind.SystemContainer) with { Name = name, Runtime = "lxc", IsMonitor = isMonitor, Driver = OomCgroupDriver.Cgroupfs });
        return walk[0] == "ns" ? walk.Skip(1) : true;
    }

    // "/machine/NAME.libvirt-qemu", "/machine/qemu-1-NAME.libvirt-qemu": libvirt without systemd.
    private static bool TakeMachine(WorkloadPath walk)
    {
        string part = walk[1];
        int dot = part.LastIndexOf(".libvirt-", StringComparison.Ordinal);
        if (dot <= 0)
        {
            return false;
        }

        string driver = part[(dot + ".libvirt-".Length)..];
        string name = part[..dot];
        return walk.Enter(2, OfLibvirt(driver, TryTrimDomain(name, driver) ?? name));
    }

    private static OomWorkload ReadScope(string part, string escaped)
    {
        string name = SystemdName.Unescape(escaped);
        OomWorkload machine = TryTrimDomain(name, "qemu") is { } guest ? Qemu(guest, OomCgroupDriver.Systemd)
            : TryTrimDomain(name, "lxc") is { } container ? OfLibvirt("lxc", container)
            : WorkloadPath.Of(OomWorkloadKind.SystemContainer) with { Name = name, Runtime = "systemd-nspawn" };
        return machine with { Unit = part, Driver = OomCgroupDriver.Systemd };
    }

    private static OomWorkload ReadNspawn(string part, string escaped)
    {
        string name = SystemdName.Unescape(escaped);
        return WorkloadPath.Of(OomWorkloadKind.SystemContainer) with { Name = name, Instance = name, Runtime = "systemd-nspawn", Unit = part, Driver = OomCgroupDriver.Systemd };
    }

    // libvirt: virDomainDriverGenerateMachineName(), "qemu-ID-NAME".
    private static string? TryTrimDomain(string name, string driver)
    {
        string[] words = name.Split('-', 3);
        return words.Length == 3 && words[0] == driver && WorkloadPath.ParseNumber(words[1]) is not null && words[2].Length > 0 ? words[2] : null;
    }

    private static OomWorkload OfLibvirt(string driver, string name) => driver == "lxc"
        ? WorkloadPath.Of(OomWorkloadKind.SystemContainer) with { Name = name, Runtime = "libvirt-lxc", Driver = OomCgroupDriver.Cgroupfs }
        : Qemu(name, OomCgroupDriver.Cgroupfs);

    private static OomWorkload Qemu(string name, OomCgroupDriver driver) =>
        WorkloadPath.Of(OomWorkloadKind.VirtualMachine) with { Name = name, Runtime = "qemu", Driver = driver };
}
