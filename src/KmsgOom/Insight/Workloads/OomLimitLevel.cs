namespace KmsgOom;

/// <summary>Tells on which level the memory ran out: whose limit was hit.</summary>
public enum OomLimitLevel : byte
{
    /// <summary>The log does not tell.</summary>
    Unknown,

    /// <summary>No limit was hit: a person asked for the kill (SysRq-f), or the event is none of the kernel's OOM killer.</summary>
    None,

    /// <summary>The machine.</summary>
    Machine,

    /// <summary>The memory nodes of a cpuset or of a memory policy.</summary>
    Nodes,

    /// <summary>A container.</summary>
    Container,

    /// <summary>A Kubernetes pod: the sum over its containers, or an <c>emptyDir</c> in memory of it.</summary>
    Pod,

    /// <summary>All pods of one QoS class of the node: <c>kubepods/burstable</c>.</summary>
    QosSlice,

    /// <summary>All pods of the node (<c>kubepods</c>): the node's allocatable memory.</summary>
    AllPods,

    /// <summary>A container around the task's own one: kind, Docker in Docker, Docker in LXC.</summary>
    OuterContainer,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,

    /// <summary>A batch job: Slurm, YARN, Nomad, or all of an ECS task.</summary>
    Job,

    /// <summary>A service or a scope of systemd, or an application.</summary>
    Service,

    /// <summary>A login session, or all that one user runs.</summary>
    User,

    /// <summary>A slice of systemd: all units in it together.</summary>
    Slice,

    /// <summary>A cgroup above that of the task, of no known shape, or one that a workload has made inside its own (<see cref="OomWorkload.SubPath"/>).</summary>
    Ancestor,

    /// <summary>The task's own cgroup, of no known shape, or one that a workload has made inside its own (<see cref="OomWorkload.SubPath"/>).</summary>
    Cgroup,
}
