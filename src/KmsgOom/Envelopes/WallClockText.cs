namespace KmsgOom.Envelopes;

/// <summary>Reads the wall-clock times that loggers print. <c>Take…</c> says how many bytes it took, zero for "not this".</summary>
internal static class WallClockText
{
    // As far as the kernel's own stamps go, and as times are printed again.
    private const int MaxDecimals = 6;

    /// <summary>Gets the abbreviated names, three bytes each.</summary>
    public static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary><c>Sat Apr 27 22:56:09 2019</c> (<c>dmesg -T</c>).</summary>
    public static int TakeCtime(ReadOnlySpan<byte> text, out WallClock clock)
    {
        clock = default;
        if (text.Length < 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[19] != ' '
            || !TryMonth(text[4..7], out int month)
            || !TryDay(text[8..10], out int day)
            || !TryClock(text[11..19], out long ticks)
            || !TryNumber(text[20..24], out int year))
        {
            return 0;
        }

        return TryMake(year, month, day, ticks, default, false, out clock) ? 24 : 0;
    }

    /// <summary><c>Apr 27 22:56:09</c>, with up to six digits of a fraction (RFC 3164, <c>journalctl -o short</c>, <c>short-precise</c>).</summary>
    public static int TakeRfc3164(ReadOnlySpan<byte> text, DateOnly newest, out WallClock clock)
    {
        clock = default;

        // "Apr 7": a web page has made one blank of two.
        bool isShort = text.Length > 5 && text[5] == ' ' && text[4] != ' ';
        int at = isShort ? 6 : 7;
        if (text.Length < at + 8 || text[3] != ' ' || text[at - 1] != ' '
            || !TryMonth(text[..3], out int month)
            || !(isShort ? TryNumber(text[4..5], out int day) : TryDay(text[4..6], out day))
            || !TryClock(text.Slice(at, 8), out long ticks))
        {
            return 0;
        }

        int taken = at + 8 + TakeFraction(text[(at + 8)..], out long fraction);
        int last = Math.Min(newest.Year + 1, DateOnly.MaxValue.Year);
        for (int year = last; year > newest.Year - 9 && year > 0; year--)
        {
            // One day of slack, since the reader's zone need not be the writer's. February 29 goes back to a leap year.
            if (day > 0 && day <= DateTime.DaysInMonth(year, month)
                && new DateOnly(year, month, day).DayNumber <= newest.DayNumber + 1)
            {
                return TryMake(year, month, day, ticks + fraction, default, true, out clock) ? taken : 0;
            }
        }

        return 0;
    }

    /// <summary>
    /// The same with a year before it, behind the day, or behind the time: <c>2026 Apr 27 22:56:09.123</c>, <c>Apr 27 2026 22:56:09</c>,
    /// <c>Apr 27 22:56:09 2026</c> (switches, appliances).
    /// </summary>
    public static int TakeRfc3164WithYear(ReadOnlySpan<byte> text, out WallClock clock)
    {
        clock = default;
        bool isFirst = TryYear(text, out int year);
        int at = isFirst ? 5 : 0;
        if (text.Length < 20 || text[at + 3] != ' ' || text[at + 6] != ' '
            || !TryMonth(text.Slice(at, 3), out int month)
            || !TryDay(text.Slice(at + 4, 2), out int day))
        {
            return 0;
        }

        at += 7;
        bool isSecond = !isFirst && TryYear(text[at..], out year);
        at += isSecond ? 5 : 0;
        if (text.Length < at + 8 || !TryClock(text.Slice(at, 8), out long ticks))
        {
            return 0;
        }

        at += 8;
        at += TakeFraction(text[at..], out long fraction);
        if (!isFirst && !isSecond)
        {
            if (at >= text.Length || text[at] != ' ' || !TryYear(text[(at + 1)..], out year))
            {
                return 0;
            }

            at += 5;
        }

        return TryMake(year, month, day, ticks + fraction, default, false, out clock) ? at : 0;
    }

    /// <summary><c>Apr27 22:56</c> (<c>dmesg -e</c>).</summary>
    public static int TakeMinute(ReadOnlySpan<byte> text, DateOnly newest, out WallClock clock)
    {
        clock = default;
        if (text.Length < 11 || text[5] != ' ')
        {
            return 0;
        }

        // The same as RFC 3164 but for a blank and the seconds.
        Span<byte> whole = stackalloc byte[15];
        text[..3].CopyTo(whole);
        whole[3] = (byte)' ';
        text[3..11].CopyTo(whole[4..]);
        ":00"u8.CopyTo(whole[12..]);
        return TakeRfc3164(whole, newest, out clock) == 0 ? 0 : 11;
    }

    /// <summary><c>04-27 22:56:09.123</c> (logcat), the year being the newest that fits.</summary>
    public static int TakeMonthAndDay(ReadOnlySpan<byte> text, DateOnly newest, out WallClock clock)
    {
        clock = default;
        if (text.Length < 14 || text[2] != '-' || text[5] != ' ' || !TryNumber(text[..2], out int month) || month is < 1 or > 12)
        {
            return 0;
        }

        // The same as RFC 3164 but for the month and one byte.
        Span<byte> whole = stackalloc byte[15];
        Months.Slice((month - 1) * 3, 3).CopyTo(whole);
        whole[3] = (byte)' ';
        text[3..14].CopyTo(whole[4..]);
        if (TakeRfc3164(whole, newest, out clock) == 0)
        {
            return 0;
        }

        int fractionLength = TakeFraction(text[14..], out long fraction);
        clock = clock with { Ticks = clock.Ticks + fraction };
        return 14 + fractionLength;
    }

    /// <summary><c>22:56:09</c>, with a fraction or without: no date, so no time that could be kept.</summary>
    public static int TakeClock(ReadOnlySpan<byte> text) =>
        text.Length > 8 && text[2] == ':' && TryClock(text, out _) ? 8 + TakeFraction(text[8..], out _) : 0;

    /// <summary>
    /// <c>Di Apr 27 22:56:09 2019</c>, <c>sam. 27 avril 22:56:09 2019</c>: a weekday and a month in some language, as <c>dmesg -T</c> prints them there.
    /// </summary>
    /// <returns>Whether it is such a time; it gives no clock where the month's name is of another language still.</returns>
    public static bool TryLocalCtime(ReadOnlySpan<byte> text, out WallClock clock)
    {
        clock = default;
        if (text.Length < 18 || text[^5] != ' ' || text[^14] != ' ' || !TryNumber(text[^4..], out int year) || !TryClock(text[^13..^5], out long ticks))
        {
            return false;
        }

        ReadOnlySpan<byte> date = text[..^14];
        int last = date.LastIndexOf((byte)' ');
        ReadOnlySpan<byte> before = date[..Math.Max(last, 0)].TrimEnd((byte)' ');
        ReadOnlySpan<byte> other = before[(before.LastIndexOf((byte)' ') + 1)..];
        ReadOnlySpan<byte> month = other;
        if (!TryNumber(date[(last + 1)..], out int day))
        {
            // The day before the month.
            month = date[(last + 1)..];
            if (!TryNumber(other[..^(other is [.., (byte)'.'] ? 1 : 0)], out day))
            {
                return false;
            }
        }

        if (day is < 1 or > 31)
        {
            return false;
        }

        _ = LocalMonths.TryFind(month, out int number) && TryMake(year, number, day, ticks, default, false, out clock);
        return true;
    }

    /// <summary><c>2019-04-27T22:56:09</c>, a fraction after a point or comma, then nothing, <c>Z</c>, <c>+00:00</c> or <c>+0000</c>.</summary>
    public static int TakeIso(ReadOnlySpan<byte> text, byte separator, out WallClock clock, out bool isComma)
    {
        clock = default;
        isComma = false;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] != separator
            || !TryNumber(text[..4], out int year)
            || !TryNumber(text[5..7], out int month)
            || !TryNumber(text[8..10], out int day)
            || !TryClock(text[11..19], out long ticks))
        {
            return 0;
        }

        int taken = 19;
        if (taken < text.Length)
        {
            isComma = text[taken] == ',';
            taken += TakeFraction(text[taken..], out long fraction);
            ticks += fraction;
        }

        int zone = TakeOffset(text[taken..], out short offset);
        if (zone == 0 && separator == ' ' && taken < text.Length && text[taken] == ' ')
        {
            // "2026-11-23 18:17:07 +0000 " (Ruby, git): a word, and no host.
            zone = TakeOffset(text[(taken + 1)..], out offset);
            zone += zone > 1 ? 1 : -zone;
        }

        return TryMake(year, month, day, ticks, offset, false, out clock, zone > 0) ? taken + zone : 0;
    }

    /// <summary><c>1556405769.123456</c>: seconds since 1970 (<c>journalctl -o short-unix</c>).</summary>
    public static int TakeUnix(ReadOnlySpan<byte> text, out WallClock clock)
    {
        clock = default;
        if (text.Length < 17 || text[10] != '.' || !TryNumber(text[..10], out long seconds))
        {
            return 0;
        }

        int fractionLength = TakeFraction(text[10..], out long fraction);
        clock = FromUnixTicks((seconds * TimeSpan.TicksPerSecond) + fraction);
        return 10 + fractionLength;
    }

    /// <summary><c>1556405769123456</c>: microseconds since 1970 (the journal's fields); none where it is no such number.</summary>
    public static WallClock FromUnixMicroseconds(ReadOnlySpan<byte> text) =>
        text.Length is > 6 and < 18 && TryNumber(text, out long microseconds) && microseconds < (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            ? FromUnixTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : default;

    /// <summary>
    /// <c>1556405769.123</c>, <c>1556405769</c>, <c>1556405769123</c>: seconds or milliseconds since 1970 (collectors' JSON); none where it is no such number.
    /// </summary>
    public static WallClock FromUnixNumber(ReadOnlySpan<byte> text)
    {
        const int SecondDigits = 10;
        const long FirstDate = 2_000_000_000;
        if (text.Length < SecondDigits || text[0] == '0' || !TryNumber(text[..SecondDigits], out long seconds))
        {
            return default;
        }

        ReadOnlySpan<byte> rest = text[SecondDigits..];
        if (rest.IsEmpty && seconds >= FirstDate)
        {
            // 2019042812 is a date.
            return default;
        }

        long ticks = seconds * TimeSpan.TicksPerSecond;
        if (rest.Length == 3 && TryNumber(rest, out long milliseconds))
        {
            return FromUnixTicks(ticks + (milliseconds * TimeSpan.TicksPerMillisecond));
        }

        return TakeFraction(rest, out long fraction) == rest.Length ? FromUnixTicks(ticks + fraction) : default;
    }

    /// <summary>Makes a clock of ticks since 1970.</summary>
    public static WallClock FromUnixTicks(long ticks) => new(DateTime.UnixEpoch.Ticks + ticks, 0, true, false);

    private static bool TryMake(
        int year, int month, int day, long ticks, short offset, bool isInferred, out WallClock clock, bool hasOffset = false)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            clock = default;
            return false;
        }

        clock = new WallClock(new DateTime(year, month, day).Ticks + ticks, offset, hasOffset, isInferred);
        if (clock.Ticks > DateTime.MaxValue.Ticks)
        {
            clock = default;
            return false;
        }

        return true;
    }

    /// <summary>Reads a year that a log can be of, and a blank behind it.</summary>
    private static bool TryYear(ReadOnlySpan<byte> text, out int year)
    {
        year = 0;
        return text.Length > 4 && text[4] == ' ' && TryNumber(text[..4], out year) && year is >= 1990 and < 2100;
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, out int month)
    {
        for (month = 1; month <= 12; month++)
        {
            if (text.SequenceEqual(Months.Slice((month - 1) * 3, 3)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryDay(ReadOnlySpan<byte> text, out int day)
    {
        if (text[0] == ' ')
        {
            text = text[1..];
        }

        return TryNumber(text, out day);
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[2] != ':' || text[5] != ':'
            || !TryNumber(text[..2], out int hour) || !TryNumber(text[3..5], out int minute) || !TryNumber(text[6..8], out int second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        ticks = ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        return true;
    }

    private static int TakeFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 2 || text[0] is not ((byte)'.' or (byte)',') || text[1] is < (byte)'0' or > (byte)'9')
        {
            return 0;
        }

        int at = 1;
        long scale = TimeSpan.TicksPerSecond;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at <= MaxDecimals)
            {
                scale /= 10;
                ticks += (text[at] - '0') * scale;
            }
        }

        return at;
    }

    private static int TakeOffset(ReadOnlySpan<byte> text, out short minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z', ..])
        {
            return 1;
        }

        if (text.Length < 5 || text[0] is not ((byte)'+' or (byte)'-') || !TryNumber(text[1..3], out int hours))
        {
            return 0;
        }

        int start = text[3] == ':' ? 4 : 3;
        if (text.Length < start + 2 || !TryNumber(text.Slice(start, 2), out int rest) || hours > 14 || rest > 59)
        {
            return 0;
        }

        minutes = (short)(((hours * 60) + rest) * (text[0] == '-' ? -1 : 1));
        return start + 2;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        bool isNumber = TryNumber(digits, out long wide);
        number = (int)wide;
        return isNumber;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return !digits.IsEmpty;
    }
}
