namespace KmsgOom;

/// <summary>The quality-of-service class of a Kubernetes pod.</summary>
public enum OomQos
{
    /// <summary>Requests equal limits for all containers.</summary>
    Guaranteed,

    /// <summary>Some request or limit is set.</summary>
    Burstable,

    /// <summary>No request and no limit.</summary>
    BestEffort,
}
