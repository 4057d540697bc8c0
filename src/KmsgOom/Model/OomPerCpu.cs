namespace KmsgOom;

/// <summary>What a CPU keeps of a zone, up to 4.0.</summary>
/// <param name="Cpu">The CPU.</param>
/// <param name="List">The list.</param>
public readonly record struct OomPerCpu(int Cpu, OomPerCpuList List);
