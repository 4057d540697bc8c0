using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The name of the machine, since 3.10.</summary>
/// <remarks>Kernel: <c>lib/dump_stack.c</c>, <c>dump_stack_print_info()</c>.</remarks>
internal static class HardwareLine
{
    public static ReadOnlySpan<byte> Start => "Hardware name: "u8;

    // "Hardware name: %s"
    public static TextRange Parse(ReadOnlySpan<byte> text) =>
        new(Start.Length, Math.Max(0, text.TrimEnd((byte)' ').Length - Start.Length));
}
