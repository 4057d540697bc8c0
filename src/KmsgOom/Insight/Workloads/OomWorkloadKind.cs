namespace KmsgOom;

/// <summary>What a control group belongs to.</summary>
public enum OomWorkloadKind
{
    /// <summary>A group whose name says nothing.</summary>
    Cgroup,

    /// <summary>A Kubernetes pod, or a container of one.</summary>
    Kubernetes,

    /// <summary>A container of Docker, Podman, containerd or another runtime, outside Kubernetes.</summary>
    Container,

    /// <summary>A system container of LXC, LXD, Incus or Proxmox.</summary>
    SystemContainer,

    /// <summary>A container of systemd-nspawn, or another machine of systemd-machined.</summary>
    Machine,

    /// <summary>A virtual machine of libvirt or Proxmox.</summary>
    VirtualMachine,

    /// <summary>A container of a task of Amazon ECS.</summary>
    Ecs,

    /// <summary>A task of HashiCorp Nomad.</summary>
    Nomad,

    /// <summary>A job of Slurm.</summary>
    Slurm,

    /// <summary>A container of Hadoop YARN.</summary>
    Yarn,

    /// <summary>A container of Garden (Cloud Foundry, Concourse).</summary>
    Garden,

    /// <summary>A service of the system's systemd.</summary>
    Service,

    /// <summary>A login session.</summary>
    Session,

    /// <summary>A service or an application of a user's own systemd.</summary>
    UserUnit,

    /// <summary>A snap.</summary>
    Snap,

    /// <summary>A Flatpak.</summary>
    Flatpak,

    /// <summary>Another unit of systemd: a scope, a mount, a socket.</summary>
    Unit,

    /// <summary>A slice of systemd: many services or sessions.</summary>
    Slice,
}
