namespace KmsgOom;

/// <summary>One value of the memory statistics of a cgroup.</summary>
/// <param name="Key">The kernel's word for it, such as <c>anon</c>, <c>total_rss</c>, <c>pgfault</c>.</param>
/// <param name="Value">Bytes for sizes (also where the kernel printed KB), the bare number for events and counts of pages.</param>
public readonly record struct OomMemcgStat(string Key, long Value);
