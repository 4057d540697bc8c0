namespace KmsgOom;

/// <summary>Tells what a memory cgroup was made for, as far as its path says.</summary>
public enum OomWorkloadKind : byte
{
    /// <summary>A cgroup whose path has no shape that is known.</summary>
    Cgroup,

    /// <summary>Kubernetes: a container of a pod, a pod, a QoS level or all pods of the node; <see cref="OomWorkload.Level"/> tells which.</summary>
    Kubernetes,

    /// <summary>A container of Docker, Podman, containerd or CRI-O outside Kubernetes.</summary>
    Container,

    /// <summary>A container that boots a system of its own: LXC, LXD, Incus, Proxmox, systemd-nspawn, libvirt's lxc.</summary>
    SystemContainer,

    /// <summary>A virtual machine: libvirt, Proxmox, Kata Containers' overhead.</summary>
    VirtualMachine,

    /// <summary>A task of Amazon ECS, or a container of it.</summary>
    EcsTask,

    /// <summary>A task of HashiCorp Nomad.</summary>
    NomadTask,

    /// <summary>A container of Cloud Foundry's or Concourse's Garden.</summary>
    GardenContainer,

    /// <summary>A job of Slurm, a step or a task of it.</summary>
    SlurmJob,

    /// <summary>A container of Hadoop YARN.</summary>
    YarnContainer,

    /// <summary>A service of systemd (or a socket, mount or swap unit, whose processes stand in a cgroup too).</summary>
    Service,

    /// <summary>A scope of systemd: processes that something else than systemd started.</summary>
    Scope,

    /// <summary>A login session.</summary>
    UserSession,

    /// <summary>All that one user runs: <c>user-1000.slice</c>, <c>user@1000.service</c>.</summary>
    User,

    /// <summary>A graphical application of a user.</summary>
    Application,

    /// <summary>A service or a command of a snap.</summary>
    Snap,

    /// <summary>An application of Flatpak.</summary>
    Flatpak,

    /// <summary>A slice of systemd: a group of units with a common limit.</summary>
    Slice,
}
