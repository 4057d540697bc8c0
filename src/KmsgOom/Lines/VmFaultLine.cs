using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>A page fault that found no memory, without a report of the OOM killer.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>pagefault_out_of_memory()</c>; <c>arch/x86/mm/fault.c</c>, <c>do_page_fault()</c>.</remarks>
internal static class VmFaultLine
{
    // "Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF"       5.16 and later
    // "VM: killing process %s"                                            up to 2.6.28: the fault handler kills the task itself
    private static ReadOnlySpan<byte> Leaked => "Huh VM_FAULT_OOM leaked out to the #PF handler"u8;

    private static ReadOnlySpan<byte> Killing => "VM: killing process "u8;

    public static bool IsMatch(ReadOnlySpan<byte> text) => text.StartsWith(Leaked) || text.StartsWith(Killing);

    /// <summary>Reads the task that the handler kills; false where it kills none.</summary>
    public static bool TryParseName(ReadOnlySpan<byte> text, out TextRange name)
    {
        name = text.StartsWith(Killing) ? new TextRange(Killing.Length, text.Length - Killing.Length) : default;
        return name.IsPresent;
    }
}
