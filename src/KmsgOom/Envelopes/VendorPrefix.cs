using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>What kernels of Android's vendors print between their stamp and the message: the CPU and the task that prints.</summary>
internal static class VendorPrefix
{
    // The longest: "[0:         kswapd0:   45] ".
    private const int MaxLength = 48;

    /// <summary>Says how long <c>c0 1234 </c>, <c>[0: kswapd0: 45] </c> or <c>(0)[45:kswapd0]</c> is; zero for "not this".</summary>
    public static int Length(ReadOnlySpan<byte> message)
    {
        if (message.Length < 6)
        {
            return 0;
        }

        return message[0] switch
        {
            (byte)'c' => CpuAndPid(message),
            (byte)'(' => Parenthesis(message[..Math.Min(message.Length, MaxLength)]),
            (byte)'[' => Bracket(message[..Math.Min(message.Length, MaxLength)]),
            _ => 0,
        };
    }

    private static int CpuAndPid(ReadOnlySpan<byte> message)
    {
        Utf8Cursor cursor = new(message) { Position = 1 };
        if (!TryTakeNumber(ref cursor) || !cursor.TryTake((byte)' '))
        {
            return 0;
        }

        cursor.SkipBlanks();
        return TryTakeNumber(ref cursor) && cursor.TryTake((byte)' ') ? cursor.Position : 0;
    }

    private static int Parenthesis(ReadOnlySpan<byte> message)
    {
        Utf8Cursor cursor = new(message) { Position = 1 };
        return TryTakeNumber(ref cursor) && cursor.TryTake(")["u8) && TryTakeNumber(ref cursor) && cursor.TryTake((byte)':') && cursor.TrySkipPast("]"u8)
            ? cursor.Position : 0;
    }

    private static int Bracket(ReadOnlySpan<byte> message)
    {
        Utf8Cursor cursor = new(message) { Position = 1 };
        cursor.SkipBlanks();
        int close = message.IndexOf("] "u8);
        if (!TryTakeNumber(ref cursor) || !cursor.TryTake((byte)':') || close < cursor.Position)
        {
            return 0;
        }

        // The name may hold colons; the pid stands behind the last.
        ReadOnlySpan<byte> rest = message[cursor.Position..close];
        ReadOnlySpan<byte> pid = rest[(rest.LastIndexOf((byte)':') + 1)..].TrimStart((byte)' ');
        return pid.Length > 0 && pid.Length < rest.Length && !pid.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? close + 2 : 0;
    }

    private static bool TryTakeNumber(ref Utf8Cursor cursor) => cursor.Peek is >= (byte)'0' and <= (byte)'9' && cursor.TryTakeInt32(out _);
}
