using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A page fault that found no memory; the task is null where the fault is tried again.</summary>
internal sealed record VmFault(string? Comm);

/// <summary>Format reference, section 7.5; <c>mm/oom_kill.c</c>, <c>pagefault_out_of_memory()</c>; <c>arch/x86/mm/fault.c</c>, <c>do_page_fault()</c>.</summary>
internal static class VmFaultGrammar
{
    // "Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF\n"
    private static readonly Parser<char, VmFault> Leak = Words("Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF").ThenReturn(new VmFault((string?)null));

    // up to 2.6.28  "VM: killing process %s\n"
    private static readonly Parser<char, VmFault> Kill = Words("VM: killing process ").Then(Rest).Select(comm => new VmFault(comm));

    public static VmFault? TryParse(string message) => Leak.Or(Kill).ReadWhole(message);
}
