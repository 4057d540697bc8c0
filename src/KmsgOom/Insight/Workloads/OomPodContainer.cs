namespace KmsgOom;

/// <summary>A container of a pod.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The id without its runtime; null where it has not run.</param>
/// <param name="IsRegular">Whether it runs all the time, as opposed to init and ephemeral containers.</param>
/// <param name="MemoryRequestBytes">The memory request in bytes; null where there is none.</param>
/// <param name="MemoryLimitBytes">The memory limit in bytes; null where there is none.</param>
public sealed record OomPodContainer(string Name, string? Id, bool IsRegular, long? MemoryRequestBytes, long? MemoryLimitBytes);
