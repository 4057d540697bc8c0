namespace KmsgOom;

/// <summary>Tells which list of a CPU is meant; kernels from 2.6.25 on have one.</summary>
public enum OomPerCpuTemperature : byte
{
    /// <summary>The only list.</summary>
    Any,

    /// <summary>Pages that are likely in the CPU's cache.</summary>
    Hot,

    /// <summary>Pages that are not.</summary>
    Cold,
}
