namespace KmsgOom;

/// <summary>A call site of the kernel and the memory it holds, 6.10 and later with allocation profiling.</summary>
/// <param name="Bytes">The memory; exact in 6.10, later rounded by the kernel to three digits (see <paramref name="SizeText"/>).</param>
/// <param name="SizeText">The size as printed, such as <c>122 MiB</c>.</param>
/// <param name="Calls">The allocations that live.</param>
/// <param name="Site">The place in the kernel's source, file and line.</param>
/// <param name="Module">The module; null for the kernel proper.</param>
/// <param name="Function">The function.</param>
public readonly record struct OomAllocation(long Bytes, string SizeText, long Calls, string Site, string? Module, string Function);
