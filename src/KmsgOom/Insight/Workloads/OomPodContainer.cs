using System.Collections.Immutable;

namespace KmsgOom;

/// <summary>A container of a pod as the Kubernetes API lists it.</summary>
public sealed record OomPodContainer
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the ids that the status names, without the runtime: of the container that runs, and of the one before it.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>Gets the requested memory in bytes, rounded up as Kubernetes does; null where the spec has none.</summary>
    public long? RequestBytes { get; init; }

    /// <summary>Gets the limit of memory in bytes, rounded up as Kubernetes does; null where the spec has none.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Gets whether it is an init container.</summary>
    public bool IsInit { get; init; }

    /// <summary>Gets whether it is a sidecar: an init container with <c>restartPolicy: Always</c>.</summary>
    public bool IsSidecar { get; init; }

    /// <summary>Gets whether it is an ephemeral container, which has no resources of its own.</summary>
    public bool IsEphemeral { get; init; }

    /// <inheritdoc/>
    public bool Equals(OomPodContainer? other) =>
        other is not null
        && Name == other.Name
        && Ids.AsSpan().SequenceEqual(other.Ids.AsSpan())
        && RequestBytes == other.RequestBytes
        && LimitBytes == other.LimitBytes
        && IsInit == other.IsInit
        && IsSidecar == other.IsSidecar
        && IsEphemeral == other.IsEphemeral;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, RequestBytes, LimitBytes, Ids.Length);
}
