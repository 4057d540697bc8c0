namespace KmsgOom;

/// <summary>Tells what kind of report an event is.</summary>
public enum OomEventKind : byte
{
    /// <summary>The kernel's OOM killer ran: <c>mm/oom_kill.c</c>.</summary>
    Oom,

    /// <summary>A page or vmalloc allocation failed and nothing was killed for it: <c>warn_alloc()</c>.</summary>
    AllocationFailure,

    /// <summary>A page fault ran out of memory without the OOM killer: "VM_FAULT_OOM leaked", or "VM: killing process" up to 2.6.28.</summary>
    VmFault,

    /// <summary>A program in user space killed for memory: systemd-oomd, earlyoom, lowmemorykiller.</summary>
    UserspaceKill,
}
