namespace KmsgOom;

/// <summary>The quality-of-service class of a Kubernetes pod.</summary>
public enum OomQos : byte
{
    /// <summary>Each container has limits, and requests equal to them. The kubelet makes no cgroup level for this class.</summary>
    Guaranteed,

    /// <summary>Some container has a request or a limit.</summary>
    Burstable,

    /// <summary>No container has a request or a limit.</summary>
    BestEffort,
}
