namespace KmsgOom;

/// <summary>A limit in the log that is not the one of the pod's spec: the spec was changed since, or somebody else set the limit.</summary>
/// <param name="LogBytes">The limit in the log, in bytes.</param>
/// <param name="SpecBytes">The limit that follows from the spec, in bytes; null where the spec sets none.</param>
/// <param name="What">Whose limit: the name of the container, or of the pod.</param>
public readonly record struct OomLimitDifference(long LogBytes, long? SpecBytes, string What);
