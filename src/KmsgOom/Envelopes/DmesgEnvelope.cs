using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>The prefixes of the console and of <c>dmesg</c>. Each method says how many bytes it took, zero for "not this".</summary>
internal static class DmesgEnvelope
{
    private const int FacilityWidth = 6;
    private const int LevelWidth = 6;

    /// <summary><c>&lt;6&gt;</c>: facility * 8 + level.</summary>
    public static int TakePriority(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake((byte)'<') || !cursor.TryTakeInt32(out int priority) || priority is < 0 or > 191 || !cursor.TryTake((byte)'>'))
        {
            return 0;
        }

        envelope.Wrappers |= KernelLogWrappers.Priority;
        envelope.Origin = priority < 8 ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return cursor.Position;
    }

    /// <summary><c>kern  :warn  : </c> (<c>dmesg -x</c>: facility and level, each padded to six).</summary>
    public static int TakeFacilityAndLevel(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (text.Length < FacilityWidth + LevelWidth + 3 || !text[..4].ContainsAnyInRange((byte)'a', (byte)'z'))
        {
            return 0;
        }

        int colon = text[..Math.Min(text.Length, 12)].IndexOf((byte)':');
        if (colon < FacilityWidth || !IsWord(text[..colon]))
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = text[(colon + 1)..];
        if (rest.Length < LevelWidth + 2 || rest[LevelWidth] != ':' || rest[LevelWidth + 1] != ' ' || !IsWord(rest[..LevelWidth]))
        {
            return 0;
        }

        envelope.Wrappers |= KernelLogWrappers.FacilityLevel;
        envelope.Origin = text.StartsWith("kern "u8) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return colon + 1 + LevelWidth + 2;
    }

    /// <summary><c>[   12.345678] </c>, also with a delta <c>&lt;    0.000012&gt;</c> before the bracket, and a printk caller behind it.</summary>
    public static int TakeUptime(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake((byte)'['))
        {
            return 0;
        }

        cursor.SkipBlanks();
        if (!TryTakeSeconds(ref cursor, out long microseconds))
        {
            return 0;
        }

        if (cursor.Peek == ' ')
        {
            SkipDelta(ref cursor);
        }

        if (!cursor.TryTake((byte)']'))
        {
            return 0;
        }

        envelope.UptimeMicroseconds = microseconds;
        envelope.Wrappers |= KernelLogWrappers.Uptime;
        SkipCaller(ref cursor);
        cursor.TryTake((byte)' ');
        return cursor.Position;
    }

    /// <summary><c>[Sat Apr 27 22:56:09 2019] </c> (<c>dmesg -T</c>).</summary>
    public static int TakeCtime(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (text is not [(byte)'[', ..])
        {
            return 0;
        }

        int taken = WallClockText.TakeCtime(text[1..], out WallClock clock);
        if (taken == 0)
        {
            return 0;
        }

        Utf8Cursor cursor = new(text) { Position = taken + 1 };
        if (cursor.Peek == ' ')
        {
            SkipDelta(ref cursor);
        }

        if (!cursor.TryTake((byte)']'))
        {
            return 0;
        }

        envelope.Wall = clock;
        envelope.Wrappers |= KernelLogWrappers.Ctime;
        SkipCaller(ref cursor);
        cursor.TryTake((byte)' ');
        return cursor.Position;
    }

    private static bool TryTakeSeconds(ref Utf8Cursor cursor, out long microseconds)
    {
        microseconds = 0;
        if (!cursor.TryTakeInt64(out long seconds) || seconds is < 0 or > long.MaxValue / 2_000_000 || !cursor.TryTake((byte)'.'))
        {
            return false;
        }

        int start = cursor.Position;
        if (!cursor.TryTakeInt64(out long fraction) || cursor.Position - start != 6 || fraction < 0)
        {
            return false;
        }

        microseconds = (seconds * 1_000_000) + fraction;
        return true;
    }

    private static void SkipDelta(ref Utf8Cursor cursor)
    {
        int start = cursor.Position;
        if (cursor.TryTake(" <"u8))
        {
            cursor.SkipBlanks();
            if (TryTakeSeconds(ref cursor, out _) && cursor.TryTake((byte)'>'))
            {
                return;
            }
        }

        cursor.Position = start;
    }

    /// <summary>Skips <c>[  T123]</c>, <c>[    C0]</c> (the console) and <c> [T123]</c> (dmesg): CONFIG_PRINTK_CALLER.</summary>
    private static void SkipCaller(ref Utf8Cursor cursor)
    {
        int start = cursor.Position;
        cursor.TryTake((byte)' ');
        if (cursor.TryTake((byte)'['))
        {
            cursor.SkipBlanks();
            if ((cursor.TryTake((byte)'T') || cursor.TryTake((byte)'C')) && cursor.TryTakeInt64(out _) && cursor.TryTake((byte)']'))
            {
                return;
            }
        }

        cursor.Position = start;
    }

    private static bool IsWord(ReadOnlySpan<byte> padded)
    {
        ReadOnlySpan<byte> word = padded.TrimEnd((byte)' ');
        foreach (byte letter in word)
        {
            if (letter is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9')))
            {
                return false;
            }
        }

        return word.Length > 0;
    }
}
