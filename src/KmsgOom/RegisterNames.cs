namespace KmsgOom;

/// <summary>The names of registers that x86 is known to print.</summary>
internal static class RegisterNames
{
    public static KnownStrings Known { get; } = new(
        "RIP", "Code", "RSP", "EFLAGS", "ORIG_RAX", "RAX", "RBX", "RCX", "RDX", "RSI", "RDI", "RBP", "R08", "R09", "R10", "R11", "R12", "R13", "R14", "R15",
        "EIP", "EAX", "EBX", "ECX", "EDX", "ESI", "EDI", "EBP", "ESP", "DS", "ES", "FS", "GS", "SS");
}
