using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The console could not keep up, since 3.16.</summary>
/// <remarks>Kernel: <c>kernel/printk/printk.c</c>, <c>console_emit_next_record()</c>.</remarks>
internal static class MessagesDroppedLine
{
    // "** %lu printk messages dropped **"
    public static bool IsMatch(ReadOnlySpan<byte> text) => TryParse(text, out _);

    public static bool TryParse(ReadOnlySpan<byte> text, out long count)
    {
        Utf8Cursor cursor = new(text);
        count = 0;
        return cursor.TryTake("** "u8) && cursor.TryTakeInt64(out count) && count >= 0 && cursor.TryTake(" printk messages dropped"u8);
    }
}
