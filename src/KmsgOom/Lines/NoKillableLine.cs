namespace KmsgOom.Lines;

/// <summary>There is nobody to kill, since 4.19; up to 4.16 the same words are a panic.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>out_of_memory()</c>.</remarks>
internal static class NoKillableLine
{
    // "Out of memory and no killable processes...\n"
    public static ReadOnlySpan<byte> Start => "Out of memory and no killable processes"u8;
}
