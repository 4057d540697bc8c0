namespace KmsgOom;

/// <summary>One register of the trigger's user mode, such as <c>RIP</c> = <c>0033:0x558182259cf0</c>.</summary>
/// <param name="Name">The name as printed.</param>
/// <param name="Value">The value as printed.</param>
public readonly record struct OomRegister(string Name, string Value);
