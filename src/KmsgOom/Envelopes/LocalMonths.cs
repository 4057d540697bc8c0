namespace KmsgOom.Envelopes;

/// <summary>Months as the C library prints them in some languages, and English ones that are written out; its abbreviations are read elsewhere.</summary>
internal static class LocalMonths
{
    // "6月 1 "
    private const int MinDateLength = 6;

    // A month that is written out, in letters of two bytes.
    private const int MaxDateLength = 32;

    // "22:56:09.123456"
    private const int MaxClockLength = 15;

    // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, the Scandinavian ones: what differs from each other, by month; beginnings suffice.
    private static readonly byte[][][] Beginnings =
    [
        ["Jan"u8.ToArray(), "jan"u8.ToArray(), "ene"u8.ToArray(), "gen"u8.ToArray(), "sty"u8.ToArray(), "\u044f\u043d\u0432"u8.ToArray()],
        ["Feb"u8.ToArray(), "feb"u8.ToArray(), "f\u00e9v"u8.ToArray(), "fev"u8.ToArray(), "lut"u8.ToArray(), "\u0444\u0435\u0432"u8.ToArray()],
        ["M\u00e4r"u8.ToArray(), "Mar"u8.ToArray(), "mar"u8.ToArray(), "mrt"u8.ToArray(), "\u043c\u0430\u0440"u8.ToArray()],
        ["Apr"u8.ToArray(), "apr"u8.ToArray(), "avr"u8.ToArray(), "abr"u8.ToArray(), "kwi"u8.ToArray(), "\u0430\u043f\u0440"u8.ToArray()],
        ["Mai"u8.ToArray(), "May"u8.ToArray(), "mai"u8.ToArray(), "may"u8.ToArray(), "mag"u8.ToArray(), "mei"u8.ToArray(), "maj"u8.ToArray(), "\u043c\u0430"u8.ToArray()],
        ["Jun"u8.ToArray(), "jun"u8.ToArray(), "juin"u8.ToArray(), "giu"u8.ToArray(), "cze"u8.ToArray(), "\u0438\u044e\u043d"u8.ToArray()],
        ["Jul"u8.ToArray(), "jul"u8.ToArray(), "juil"u8.ToArray(), "lug"u8.ToArray(), "lip"u8.ToArray(), "\u0438\u044e\u043b"u8.ToArray()],
        ["Aug"u8.ToArray(), "aug"u8.ToArray(), "ao\u00fb"u8.ToArray(), "ago"u8.ToArray(), "sie"u8.ToArray(), "\u0430\u0432\u0433"u8.ToArray()],
        ["Sep"u8.ToArray(), "sep"u8.ToArray(), "set"u8.ToArray(), "wrz"u8.ToArray(), "\u0441\u0435\u043d"u8.ToArray()],
        ["Okt"u8.ToArray(), "Oct"u8.ToArray(), "okt"u8.ToArray(), "oct"u8.ToArray(), "out"u8.ToArray(), "ott"u8.ToArray(), "pa\u017a"u8.ToArray(), "\u043e\u043a\u0442"u8.ToArray()],
        ["Nov"u8.ToArray(), "nov"u8.ToArray(), "lis"u8.ToArray(), "\u043d\u043e\u044f"u8.ToArray()],
        ["Dez"u8.ToArray(), "Dec"u8.ToArray(), "des"u8.ToArray(), "dez"u8.ToArray(), "d\u00e9c"u8.ToArray(), "dic"u8.ToArray(), "dec"u8.ToArray(), "gru"u8.ToArray(), "\u0434\u0435\u043a"u8.ToArray()],
    ];

    private static ReadOnlySpan<byte> EnglishDate => "Jan    "u8;

    /// <summary>
    /// Takes <c>апр 27 22:56:09</c>, <c>juil. 27 22:56:09.123</c>, <c>6月 27 22:56:09</c>, <c>July 27 22:56:09</c>: what <c>journalctl</c> prints in other languages,
    /// and some templates in English; says how many bytes it is, zero for "not this".
    /// </summary>
    public static int TakeRfc3164(ReadOnlySpan<byte> text, DateOnly newest, out WallClock clock)
    {
        clock = default;

        // The time tells fast that most lines are none of this: its first colon is the text's.
        int at = text[..Math.Min(text.Length, MaxDateLength)].IndexOf((byte)':') - 2;
        if (at < MinDateLength || text[at - 1] != ' ' || WallClockText.TakeClock(text[at..]) is not (> 0 and <= MaxClockLength and int length))
        {
            return 0;
        }

        ReadOnlySpan<byte> date = text[..(at - 1)];
        ReadOnlySpan<byte> day = date[(date.LastIndexOf((byte)' ') + 1)..];
        ReadOnlySpan<byte> name = date[..^day.Length].TrimEnd((byte)' ');
        if (day.Length is < 1 or > 2 || !IsWord(name) || !TryFind(name, out int month))
        {
            return 0;
        }

        // The same as in English but for the month.
        Span<byte> whole = stackalloc byte[EnglishDate.Length + MaxClockLength];
        EnglishDate.CopyTo(whole);
        WallClockText.Months.Slice((month - 1) * 3, 3).CopyTo(whole);
        day.CopyTo(whole[(EnglishDate.Length - 1 - day.Length)..]);
        text.Slice(at, length).CopyTo(whole[EnglishDate.Length..]);
        return WallClockText.TakeRfc3164(whole[..(EnglishDate.Length + length)], newest, out clock) > 0 ? at + length : 0;
    }

    /// <summary>Finds the number of a month, 1 to 12; also of Chinese, Japanese and Korean ones, which are numbers.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out int month)
    {
        if ((name.EndsWith("\u6708"u8) || name.EndsWith("\uc6d4"u8)) && System.Buffers.Text.Utf8Parser.TryParse(name, out month, out int taken) && taken == name.Length - 3)
        {
            return month is >= 1 and <= 12;
        }

        for (month = 1; month <= Beginnings.Length; month++)
        {
            foreach (byte[] beginning in Beginnings[month - 1])
            {
                if (name.StartsWith(beginning))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Tells letters of any language, and the point of an abbreviation.</summary>
    private static bool IsWord(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name is [.., (byte)'.'] ? name[..^1] : name)
        {
            if (letter < 0x80 && !char.IsAsciiLetterOrDigit((char)letter))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
