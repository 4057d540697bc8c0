namespace KmsgOom;

/// <summary>"Memory cgroup min protection …kB -- low protection …kB", from <c>mem_cgroup_show_protected_memory()</c> since 6.19.</summary>
/// <param name="MinKiB">The hard protection in KiB.</param>
/// <param name="LowKiB">The soft protection in KiB.</param>
public readonly record struct OomMemcgProtection(long MinKiB, long LowKiB);
