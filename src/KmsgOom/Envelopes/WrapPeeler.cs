using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>Takes one layer off a line that is wrapped in one of the rarer ways. Each method says how many bytes it took, zero for "not this".</summary>
internal static class WrapPeeler
{
    // "E/tag( 123): " and "vcpu-5 - Guest: "; the tag is as long as its program likes.
    private const int MaxTagLength = 96;

    // "@" and a TAI64N label.
    private const int LabelLength = 25;

    public static int Take(ReadOnlySpan<byte> text, DateOnly newest, ref Wrapping wrapping)
    {
        switch (text[0])
        {
            case (byte)' ' or (byte)'\t':
                return Mark(text.IndexOfAnyExcept((byte)' ', (byte)'\t'), KernelLogWrappers.Pasted, ref wrapping);
            case 0xC2 when text is [_, 0xA0, ..]:
                return Mark(2, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'>':
                return Mark(text is [_, (byte)' ', ..] ? 2 : 1, KernelLogWrappers.Quoted, ref wrapping);
            case (byte)'|' when text is [_, (byte)' ', ..]:
                return Mark(2, KernelLogWrappers.Quoted, ref wrapping);
            case (byte)'#' when text is [_, (byte)' ', ..]:
                return Mark(2, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'/' when text is [_, (byte)'/', (byte)' ', ..]:
                return Mark(3, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'*' or (byte)'-' when text is [_, (byte)' ', ..]:
                return Mark(2, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'*' when text is [_, (byte)'*', not ((byte)' ' or (byte)'*'), .., (byte)'*', (byte)'*']:
                // Bold, in markdown; what the kernel says of dropped messages has a blank there.
                return Mark(2, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'`' when text is [_, (byte)'`', (byte)'`', ..]:
                return Mark(3, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'"' when IsFields(text):
                // Fields of a table, of which the kernel's text is one: what stands before it is learned.
                return 0;
            case (byte)'"' or (byte)'\'' or (byte)'`' when wrapping.Quote == 0:
                wrapping.Quote = text[0];
                return Mark(1, KernelLogWrappers.Pasted, ref wrapping);
            case (byte)'<':
                return Mark(HtmlText.TagLength(text), KernelLogWrappers.Html, ref wrapping);
            case 0x1B:
                return TakeBuildkite(text, ref wrapping);
            case (byte)'@':
                return TakeLabel(text, ref wrapping);
            case (byte)'[':
                return TakeBracketedTime(text, ref wrapping);
            case >= (byte)'0' and <= (byte)'9':
                return TakeDigits(text, newest, ref wrapping);
            default:
                return TakeWord(text, ref wrapping);
        }
    }

    /// <summary>Finds the kernel's stamp, <c>[   12.345678] </c>, or a time that nothing but <c>dmesg</c> writes so, behind a blank or a sign; negative where there is none.</summary>
    public static int FindStamp(ReadOnlySpan<byte> line, DateOnly newest)
    {
        const int MaxPrefixLength = 256;
        const int MicrosecondDigits = 6;
        ReadOnlySpan<byte> head = line[..Math.Min(line.Length, MaxPrefixLength)];
        int closing = head.IndexOf((byte)']');
        for (int point = closing < 0 ? -1 : head.IndexOf((byte)'.'); point >= 0; point = Next(head, point, (byte)'.'))
        {
            int close = point + MicrosecondDigits + 1;
            int open = head[..point].LastIndexOf((byte)'[');
            if (open > 0 && close + 1 < head.Length && head[close] == ']' && head[close + 1] == ' ' && point - open > 5
                && MayEndBefore(head[open - 1])
                && !head[(open + 1)..point].TrimStart((byte)' ').ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && !head[(point + 1)..close].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                // "<6>" belongs to the stamp.
                int priority = head[..open].LastIndexOf((byte)'<');
                return FindLevel(head, priority > 0 && open - priority is > 2 and < 6 && head[open - 1] == '>' ? priority : open);
            }
        }

        int bracket = FindBracketedTime(head, closing, newest);
        return bracket >= 0 ? bracket : FindIso(head);
    }

    /// <summary><c>[Sat Apr 27 22:56:09 2019] </c>, <c>[Apr27 22:56] </c>, <c>[  +0.000123] </c></summary>
    private static int FindBracketedTime(ReadOnlySpan<byte> head, int closing, DateOnly newest)
    {
        Envelope unused = EnvelopeParser.New();
        for (; closing >= 0; closing = Next(head, closing, (byte)']'))
        {
            int open = head[..closing].LastIndexOf((byte)'[');
            if (open > 0 && MayEndBefore(head[open - 1])
                && (DmesgEnvelope.TakeCtime(head[open..], ref unused) > 0 || DmesgEnvelope.TakeRelative(head[open..], newest, ref unused) > 0))
            {
                return FindLevel(head, open);
            }
        }

        return -1;
    }

    /// <summary><c>2019-04-27T22:56:09,123456+00:00 </c></summary>
    private static int FindIso(ReadOnlySpan<byte> head)
    {
        const int DateLength = 10;
        for (int letter = head.IndexOf((byte)'T'); letter >= 0; letter = Next(head, letter, (byte)'T'))
        {
            int start = letter - DateLength;
            if (start > 0 && head[letter - 1] is >= (byte)'0' and <= (byte)'9' && MayEndBefore(head[start - 1])
                && WallClockText.TakeIso(head[start..], (byte)'T', out _, out bool isComma) > 0 && isComma)
            {
                return FindLevel(head, start);
            }
        }

        return -1;
    }

    /// <summary>Finds what <c>dmesg -x</c> writes before a stamp: <c>kern  :warn  : </c>; the stamp where there is none.</summary>
    private static int FindLevel(ReadOnlySpan<byte> head, int stamp)
    {
        const int LevelLength = 15;
        Envelope unused = EnvelopeParser.New();
        int start = stamp - LevelLength;
        return start > 0 && MayEndBefore(head[start - 1]) && DmesgEnvelope.TakeFacilityAndLevel(head[start..], ref unused) == LevelLength ? start : stamp;
    }

    /// <summary>Tells whether a wrapper that nobody told us of may end with a byte.</summary>
    private static bool MayEndBefore(byte last) => !char.IsAsciiLetterOrDigit((char)last) && last is not ((byte)'/' or (byte)']' or (byte)'[');

    /// <summary>Tells <c>"…","…"</c> and <c>"…";"…"</c>, which strings of a program's text do not end like.</summary>
    private static bool IsFields(ReadOnlySpan<byte> text)
    {
        int quote = text[^1] == '"' ? text[1..].IndexOf((byte)'"') + 1 : 0;
        return quote > 0 && quote + 2 < text.Length && text[quote + 1] is (byte)',' or (byte)';' && text[quote + 2] == '"';
    }

    private static int Next(ReadOnlySpan<byte> head, int at, byte value)
    {
        int more = head[(at + 1)..].IndexOf(value);
        return more < 0 ? -1 : at + 1 + more;
    }

    private static int Mark(int length, KernelLogWrappers wrapper, ref Wrapping wrapping)
    {
        if (length <= 0)
        {
            return 0;
        }

        wrapping.Wrappers |= wrapper;
        return length;
    }

    private static int MarkTime(int length, WallClock clock, ref Wrapping wrapping)
    {
        if (length > 0)
        {
            wrapping.HasTime = true;
            wrapping.Wall = clock.IsPresent ? clock : wrapping.Wall;
            wrapping.Wrappers |= KernelLogWrappers.TimePrefix;
        }

        return length;
    }

    /// <summary><c>ESC _bk;t=1700000000000 BEL</c>: milliseconds since 1970.</summary>
    private static int TakeBuildkite(ReadOnlySpan<byte> text, ref Wrapping wrapping)
    {
        ReadOnlySpan<byte> start = "\u001B_bk;t="u8;
        int bell = text[..Math.Min(text.Length, 32)].IndexOf((byte)0x07);
        if (bell < 0 || !text.StartsWith(start))
        {
            return 0;
        }

        long milliseconds = Swar.ReadDigits(text[start.Length..], out int digits);
        bool isTime = start.Length + digits == bell && digits == 13;
        return MarkTime(bell + 1, isTime ? WallClockText.FromUnixTicks(milliseconds * TimeSpan.TicksPerMillisecond) : default, ref wrapping);
    }

    /// <summary><c>@400000005a0b1c2d12345678 </c> (svlogd, multilog): a label that is not read.</summary>
    private static int TakeLabel(ReadOnlySpan<byte> text, ref Wrapping wrapping)
    {
        bool isLabel = text.Length > LabelLength && text[LabelLength] == ' ' && text.StartsWith("@4000"u8);
        for (int at = 1; isLabel && at < LabelLength; at++)
        {
            isLabel = Utf8Cursor.HexValue(text[at]) >= 0;
        }

        return isLabel ? MarkTime(LabelLength + 1, default, ref wrapping) : 0;
    }

    /// <summary><c>[18:17:43] </c>, <c>[2026-11-23T18:17:43.123Z] </c> (Jenkins).</summary>
    private static int TakeBracketedTime(ReadOnlySpan<byte> text, ref Wrapping wrapping)
    {
        ReadOnlySpan<byte> inside = text[1..];
        WallClock clock = default;
        int taken = WallClockText.TakeClock(inside);
        taken = taken > 0 ? taken : TakeDate(inside, out clock);
        return taken > 0 && taken < inside.Length && inside[taken] == ']' ? MarkTime(EndOfBlank(text, taken + 2), clock, ref wrapping) : 0;
    }

    private static int TakeDate(ReadOnlySpan<byte> text, out WallClock clock)
    {
        clock = default;
        return text.Length > 10 && text[10] is (byte)'T' or (byte)' ' or (byte)'_' ? WallClockText.TakeIso(text, text[10], out clock, out _) : 0;
    }

    private static int TakeDigits(ReadOnlySpan<byte> text, DateOnly newest, ref Wrapping wrapping)
    {
        // "00O ", "01E+": GitLab's stream, behind its time.
        if (wrapping.HasTime && text is [_, _, (byte)'O' or (byte)'E', (byte)' ' or (byte)'+', ..])
        {
            return Mark(4, KernelLogWrappers.TimePrefix, ref wrapping);
        }

        int taken = WallClockText.TakeMonthAndDay(text, newest, out WallClock clock);
        if (taken > 0)
        {
            return TakeThreadTime(text, taken, clock, ref wrapping);
        }

        taken = TakeDate(text, out clock);
        taken = taken > 0 ? taken : WallClockText.TakeClock(text);
        if (taken > 0 && taken < text.Length && text[taken] is (byte)' ' or (byte)'|')
        {
            int threaded = TakeThreadTime(text, taken, clock, ref wrapping);
            return threaded > 0 ? threaded : MarkTime(EndOfBlank(text, text[taken] == '|' ? taken + 1 : taken), clock, ref wrapping);
        }

        // "6|": a priority.
        long priority = Swar.ReadDigits(text, out int digits);
        if (digits is 0 or > 3 || digits >= text.Length || text[digits] != '|' || priority > 191 || (text[0] == '0' && digits > 1))
        {
            return 0;
        }

        wrapping.Origin = priority < 8 ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return Mark(EndOfBlank(text, digits + 1), KernelLogWrappers.Priority, ref wrapping);
    }

    /// <summary><c>  123   456 E tag: </c> behind a time (logcat's threadtime).</summary>
    private static int TakeThreadTime(ReadOnlySpan<byte> text, int taken, WallClock clock, ref Wrapping wrapping)
    {
        Utf8Cursor cursor = new(text) { Position = taken };
        for (int number = 0; number < 2; number++)
        {
            cursor.SkipBlanks();
            if (!cursor.TryTakeInt32(out _) || cursor.Peek != ' ')
            {
                return 0;
            }
        }

        cursor.SkipBlanks();
        int tag = cursor.Position + 2;
        if (!IsLevel(cursor.Peek) || tag >= text.Length || text[tag - 1] != ' ')
        {
            return 0;
        }

        int end = text[tag..Math.Min(text.Length, tag + MaxTagLength)].IndexOf(": "u8);
        return end < 0 ? 0 : MarkLogcat(text.Slice(tag, end), tag + end + 2, clock, ref wrapping);
    }

    private static int TakeWord(ReadOnlySpan<byte> text, ref Wrapping wrapping)
    {
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, MaxTagLength)];
        if (text is [_, (byte)'/', ..] && IsLevel(text[0]))
        {
            // "E/tag( 123): "
            int end = head.IndexOf("): "u8);
            int open = end < 0 ? -1 : head[..end].LastIndexOf((byte)'(');
            return open > 2 && !head[(open + 1)..end].TrimStart((byte)' ').ContainsAnyExceptInRange((byte)'0', (byte)'9')
                ? MarkLogcat(head[2..open], end + 3, default, ref wrapping) : 0;
        }

        if (text.StartsWith("kern."u8) && head.IndexOf((byte)' ') is var blank and > 6 && head[blank - 1] == ':')
        {
            wrapping.Origin = EnvelopeOrigin.Kernel;
            return Mark(blank + 1, KernelLogWrappers.FacilityLevel, ref wrapping);
        }

        if (!wrapping.HasTime)
        {
            return 0;
        }

        if (text.StartsWith("kernel: "u8))
        {
            wrapping.Origin = EnvelopeOrigin.Kernel;
            return "kernel: ".Length;
        }

        // "stdout F ", "stderr P ": the stream and whether the line is whole; tags may follow, behind colons.
        if (text.Length > 8 && (text.StartsWith("stdout "u8) || text.StartsWith("stderr "u8)) && text[7] is (byte)'F' or (byte)'P'
            && head[7..].IndexOf((byte)' ') is var flag and > 0 && (flag == 1 || text[8] == ':'))
        {
            wrapping.IsPartial = text[7] == 'P';
            wrapping.Wrappers &= ~KernelLogWrappers.TimePrefix;
            return Mark(7 + flag + 1, KernelLogWrappers.Cri, ref wrapping);
        }

        int guest = head.IndexOf("Guest: "u8);
        if (guest < 0)
        {
            return 0;
        }

        wrapping.Wrappers &= ~KernelLogWrappers.TimePrefix;
        return Mark(guest + "Guest: ".Length, KernelLogWrappers.VMware, ref wrapping);
    }

    private static int MarkLogcat(ReadOnlySpan<byte> tag, int length, WallClock clock, ref Wrapping wrapping)
    {
        wrapping.HasTime = true;
        wrapping.Wall = clock.IsPresent ? clock : wrapping.Wall;
        ReadOnlySpan<byte> name = tag.TrimEnd((byte)' ');
        wrapping.Origin = name.IsEmpty || name.SequenceEqual("kernel"u8) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return Mark(length, KernelLogWrappers.Logcat, ref wrapping);
    }

    private static bool IsLevel(byte letter) => letter is (byte)'V' or (byte)'D' or (byte)'I' or (byte)'W' or (byte)'E' or (byte)'F' or (byte)'S';

    private static int EndOfBlank(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] == ' ' ? at + 1 : at;
}
