using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Messages were lost on their way into the log: by the console, since 3.16, or by the logger.</summary>
/// <remarks>
/// Kernel: <c>kernel/printk/printk.c</c>, <c>console_emit_next_record()</c>; systemd: <c>src/journal/journald-kmsg.c</c>, <c>dev_kmsg_record()</c>;
/// rsyslog: <c>runtime/ratelimit.c</c>, <c>tellLostCnt()</c>.
/// </remarks>
internal static class MessagesDroppedLine
{
    // "** %lu printk messages dropped **"
    // "Missed %lu kernel messages"                                                        journald
    // "imklog: %u messages lost due to rate-limiting", "imjournal: …"                     rsyslog, since 8.2102 with " (%u allowed within %u seconds)"
    public static bool IsMatch(ReadOnlySpan<byte> text) => text.Length > 0 && text[0] is (byte)'*' or (byte)'M' or (byte)'i' && TryParse(text, out _);

    public static bool TryParse(ReadOnlySpan<byte> text, out long count)
    {
        Utf8Cursor cursor = new(text);
        count = 0;
        if (cursor.TryTake("** "u8))
        {
            return TryTakeCount(ref cursor, " printk messages dropped"u8, out count);
        }

        return cursor.TryTake("Missed "u8)
            ? TryTakeCount(ref cursor, " kernel messages"u8, out count)
            : (cursor.TryTake("imklog: "u8) || cursor.TryTake("imjournal: "u8)) && TryTakeCount(ref cursor, " messages lost due to rate-limiting"u8, out count);
    }

    private static bool TryTakeCount(ref Utf8Cursor cursor, ReadOnlySpan<byte> words, out long count) =>
        cursor.TryTakeInt64(out count) && count >= 0 && cursor.TryTake(words);
}
