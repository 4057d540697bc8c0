using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>How many reports the rate limit swallowed, printed right before the next one.</summary>
/// <remarks>Kernel: <c>lib/ratelimit.c</c>, <c>___ratelimit()</c>, called from <c>oom_kill_process()</c>.</remarks>
internal static class SuppressedLine
{
    private static ReadOnlySpan<byte> Start => "oom_kill_process: "u8;

    // "%s: %d callbacks suppressed"
    public static bool IsMatch(ReadOnlySpan<byte> text) => text.StartsWith(Start) && text.IndexOf(" callbacks suppressed"u8) > 0;

    public static bool TryParse(ReadOnlySpan<byte> text, out long count)
    {
        Utf8Cursor cursor = new(text);
        count = 0;
        return cursor.TryTake(Start) && cursor.TryTakeInt64(out count) && count >= 0;
    }
}
