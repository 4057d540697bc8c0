using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>The prefixes of the console and of <c>dmesg</c>. <c>Take…</c> says how many bytes it took, zero for "not this".</summary>
internal static class DmesgEnvelope
{
    private const int FacilityWidth = 6;
    private const int LevelWidth = 6;
    private const int MicrosecondDigits = 6;

    // A weekday and a month in any language, a day, a time, a year.
    private const int MaxLocalLength = 64;

    // "[", eleven digits of seconds (more than a TimeSpan's ticks could hold in microseconds is no uptime) and the point.
    private const int MaxSecondsLength = 13;

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
        if (text.Length < FacilityWidth + LevelWidth + 3)
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

    /// <summary>
    /// <c>[   12.345678] </c>, also with a delta <c>&lt;    0.000012&gt;</c> before the bracket, and a printk caller behind it; <c>[   12.345678@0]d </c> of
    /// Amlogic's kernels.
    /// </summary>
    public static int TakeUptime(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        // Seconds are padded to five and microseconds have six digits, so the point stands in the eighth place or later.
        int point = text[..Math.Min(text.Length, MaxSecondsLength)].IndexOf((byte)'.');
        if (point < 2 || text[0] != '[' || text.Length < point + 1 + MicrosecondDigits + 1)
        {
            return 0;
        }

        if (!TryTakeSeconds(text[1..], point - 1, out long microseconds))
        {
            return TakeShortened(text, point, ref envelope);
        }

        int taken = point + 1 + MicrosecondDigits;
        if (text[taken] == ' ')
        {
            taken += DeltaLength(text[taken..]);
        }

        if (taken < text.Length && text[taken] == '@')
        {
            return TakeCpuOfStamp(text, taken + 1, microseconds, ref envelope);
        }

        if (taken >= text.Length || text[taken] != ']')
        {
            return 0;
        }

        envelope.UptimeMicroseconds = microseconds;
        envelope.Wrappers |= KernelLogWrappers.Uptime;
        return EndOfPrefix(text, taken + 1);
    }

    /// <summary>Takes <c>[12345.678] </c>, as people shorten it who write a log down.</summary>
    private static int TakeShortened(ReadOnlySpan<byte> text, int point, ref Envelope envelope)
    {
        Utf8Cursor cursor = new(text) { Position = 1 };
        cursor.SkipBlanks();
        bool hasSeconds = cursor.TryTakeInt64(out long seconds) && seconds >= 0 && cursor.Position == point;
        long milliseconds = Swar.ReadDigits(text[(point + 1)..], out int digits);
        if (!hasSeconds || digits != 3 || !text[(point + 1 + digits)..].StartsWith("] "u8))
        {
            return 0;
        }

        envelope.UptimeMicroseconds = (seconds * 1_000_000) + (milliseconds * 1000);
        envelope.Wrappers |= KernelLogWrappers.Uptime;
        return EndOfPrefix(text, point + 1 + digits + 1);
    }

    /// <summary>Takes the CPU that Amlogic's kernels print behind the time, and the sign behind the bracket: a <c>d</c> where interrupts are disabled, else a blank.</summary>
    private static int TakeCpuOfStamp(ReadOnlySpan<byte> text, int at, long microseconds, ref Envelope envelope)
    {
        Utf8Cursor cursor = new(text) { Position = at };
        if (!cursor.TryTakeInt32(out int cpu) || cpu < 0 || !cursor.TryTake((byte)']'))
        {
            return 0;
        }

        envelope.UptimeMicroseconds = microseconds;
        envelope.Wrappers |= KernelLogWrappers.Uptime;
        at = cursor.Position;
        return at + 1 < text.Length && text[at] is (byte)'d' or (byte)' ' && text[at + 1] == ' ' ? at + 2 : EndOfPrefix(text, at);
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

        taken++;
        if (taken < text.Length && text[taken] == ' ')
        {
            taken += DeltaLength(text[taken..]);
        }

        if (taken >= text.Length || text[taken] != ']')
        {
            return 0;
        }

        envelope.Wall = clock;
        envelope.Wrappers |= KernelLogWrappers.Ctime;
        return EndOfPrefix(text, taken + 1);
    }

    /// <summary><c>[  +0.000123] </c>, <c>[&lt;    0.000123&gt;] </c> and <c>[Apr27 22:56] </c> (<c>dmesg -e</c>, <c>--time-format=delta</c>).</summary>
    public static int TakeRelative(ReadOnlySpan<byte> text, DateOnly newest, ref Envelope envelope)
    {
        int close = text[..Math.Min(text.Length, MaxSecondsLength + MicrosecondDigits)].IndexOf((byte)']');
        if (close < 0 || text[0] != '[' || close + 1 >= text.Length || text[close + 1] != ' ')
        {
            return 0;
        }

        ReadOnlySpan<byte> inside = text[1..close];
        ReadOnlySpan<byte> seconds = inside is [(byte)'<', .. ReadOnlySpan<byte> delta, (byte)'>'] ? delta
            : inside.TrimStart((byte)' ') is [(byte)'+', .. ReadOnlySpan<byte> more] ? more : default;
        bool isRelative = !seconds.IsEmpty && TryTakeSeconds(seconds, seconds.Length - 1 - MicrosecondDigits, out _);
        if (!isRelative && WallClockText.TakeMinute(inside, newest, out envelope.Wall) != inside.Length)
        {
            return 0;
        }

        envelope.Wrappers |= KernelLogWrappers.Relative;
        return close + 2;
    }

    /// <summary><c>[Di Apr 27 22:56:09 2019] </c>: <c>dmesg -T</c> in another language.</summary>
    public static int TakeLocalCtime(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        int close = text[..Math.Min(text.Length, MaxLocalLength)].IndexOf((byte)']');
        if (close < 0 || text[0] != '[' || !WallClockText.TryLocalCtime(text[1..close], out envelope.Wall))
        {
            return 0;
        }

        envelope.Wrappers |= KernelLogWrappers.Ctime;
        return EndOfPrefix(text, close + 1);
    }

    /// <summary><c>[  T123] </c>: CONFIG_PRINTK_CALLER without printk.time.</summary>
    public static int TakeCaller(ReadOnlySpan<byte> text)
    {
        int length = text is [(byte)'[', ..] ? CallerLength(text) : 0;
        return length > 0 && length < text.Length && text[length] == ' ' ? length + 1 : 0;
    }

    /// <summary>Reads blanks, seconds, a point at a known place and six digits.</summary>
    private static bool TryTakeSeconds(ReadOnlySpan<byte> text, int point, out long microseconds)
    {
        microseconds = 0;
        int at = 0;
        if (point < 1 || text.Length < point + 1 + MicrosecondDigits || text[point] != '.')
        {
            return false;
        }

        while (at < point && text[at] == ' ')
        {
            at++;
        }

        if (at == point)
        {
            return false;
        }

        long seconds = 0;
        for (; at < point; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return false;
            }

            seconds = (seconds * 10) + digit;
        }

        long fraction = 0;
        foreach (byte value in text.Slice(point + 1, MicrosecondDigits))
        {
            uint digit = (uint)(value - '0');
            if (digit > 9)
            {
                return false;
            }

            fraction = (fraction * 10) + digit;
        }

        microseconds = (seconds * 1_000_000) + fraction;
        return true;
    }

    /// <summary>Says how long <c> &lt;    0.000012&gt;</c> is (<c>dmesg -d</c>); zero for "not this".</summary>
    private static int DeltaLength(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(" <"u8))
        {
            return 0;
        }

        int end = text[..Math.Min(text.Length, MaxSecondsLength + MicrosecondDigits)].IndexOf((byte)'>');
        int point = end - MicrosecondDigits - 1;
        return point > 2 && text[point] == '.' && TryTakeSeconds(text[2..], point - 2, out _) ? end + 1 : 0;
    }

    /// <summary>Says where the message begins: behind a blank and a printk caller.</summary>
    private static int EndOfPrefix(ReadOnlySpan<byte> text, int at)
    {
        int bracket = at < text.Length && text[at] == ' ' ? at + 1 : at;
        int caller = bracket < text.Length && text[bracket] == '[' ? CallerLength(text[bracket..]) : 0;
        if (caller > 0)
        {
            bracket += caller;
            return bracket < text.Length && text[bracket] == ' ' ? bracket + 1 : bracket;
        }

        return bracket;
    }

    /// <summary>Says how long <c>[  T123]</c> or <c>[    C0]</c> is (CONFIG_PRINTK_CALLER); zero for "not this".</summary>
    private static int CallerLength(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text) { Position = 1 };
        cursor.SkipBlanks();
        return (cursor.TryTake((byte)'T') || cursor.TryTake((byte)'C')) && cursor.TryTakeInt64(out long id) && id >= 0 && cursor.TryTake((byte)']')
            ? cursor.Position
            : 0;
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
