namespace KmsgOom;

/// <summary>The level of the hierarchy whose memory ran out.</summary>
public enum OomLimitLevel
{
    /// <summary>The log does not tell.</summary>
    Unknown,

    /// <summary>The machine itself.</summary>
    Machine,

    /// <summary>The memory nodes of a cpuset or of a memory policy.</summary>
    Nodes,

    /// <summary>One container, or a virtual machine.</summary>
    Container,

    /// <summary>A pod as a whole: all its containers together.</summary>
    Pod,

    /// <summary>All pods of a quality-of-service class, or all pods.</summary>
    QosClass,

    /// <summary>One unit of systemd: a service, a session.</summary>
    Unit,

    /// <summary>A group around the task's own.</summary>
    Ancestor,

    /// <summary>The task's own group, whose name says nothing.</summary>
    Cgroup,
}
