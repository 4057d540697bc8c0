namespace KmsgOom.Tests.Contracts;

/// <summary>Runs alone: other threads' allocations must not be counted.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTestsCollection;
