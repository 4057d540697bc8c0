using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The lines of a call trace: frames, marks such as <c>&lt;TASK&gt;</c>, and the registers of user mode.</summary>
/// <remarks>Kernel: <c>arch/x86/kernel/dumpstack.c</c>, <c>show_trace_log_lvl()</c> and <c>__show_regs()</c>.</remarks>
internal static class TraceLine
{
    private const int MaxRegisterNameLength = 10;

    // " %s%pBb"  as "symbol+0xoff/0xsize [module]", "? " before unreliable ones, "[<address>] " before it up to 4.9
    public static OomLineKind Classify(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("+0x"u8) is var plus and > 0 && text[plus..].IndexOf("/0x"u8) > 0)
        {
            return OomLineKind.Frame;
        }

        if (text[0] == '<')
        {
            return text[^1] == '>' ? OomLineKind.TraceMark : OomLineKind.Unrelated;
        }

        if (IsRegister(text))
        {
            return OomLineKind.Register;
        }

        // Raw stack words, four to a line: 3.10 .. 4.9.
        return text.Length is > 16 and < 80 && !text.ContainsAnyExcept(StackWordCharacters) ? OomLineKind.TraceMark : OomLineKind.Unrelated;
    }

    /// <summary>Takes the next "NAME: value" of a register line.</summary>
    public static bool TryTakeRegister(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TextRange name, out TextRange value)
    {
        cursor.SkipBlanks();
        value = default;
        if (!cursor.TryTakeUntil(": "u8, out name) || !IsRegisterName(name.In(text)))
        {
            return false;
        }

        // The code bytes are one value: they are separated by blanks and never followed by another register.
        int end = name.In(text).SequenceEqual("Code"u8) ? -1 : NextName(cursor.Rest);
        int length = (end < 0 ? cursor.Rest : cursor.Rest[..end]).TrimEnd((byte)' ').Length;
        value = new TextRange(cursor.Position, length);
        cursor.Position += end < 0 ? cursor.Rest.Length : end;
        return length > 0;
    }

    private static readonly System.Buffers.SearchValues<byte> ValueCharacters = System.Buffers.SearchValues.Create("0123456789abcdef:x"u8);

    private static readonly System.Buffers.SearchValues<byte> StackWordCharacters = System.Buffers.SearchValues.Create("0123456789abcdef "u8);

    private static bool IsRegister(ReadOnlySpan<byte> text)
    {
        int colon = text[..Math.Min(text.Length, MaxRegisterNameLength + 2)].IndexOf(": "u8);
        if (colon < 2 || !IsRegisterName(text[..colon]) || colon + 2 >= text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> value = text[(colon + 2)..];
        int blank = value.IndexOf((byte)' ');
        return text.StartsWith("Code: "u8) || ((blank < 0 ? value : value[..blank]) is { Length: >= 4 } word && !word.ContainsAnyExcept(ValueCharacters));
    }

    private static bool IsRegisterName(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("Code"u8))
        {
            return true;
        }

        if (name.Length is < 2 or > MaxRegisterNameLength || name[0] is < (byte)'A' or > (byte)'Z' || name.StartsWith("CPU"u8) || name.StartsWith("DMA"u8))
        {
            return false;
        }

        foreach (byte letter in name)
        {
            if (letter is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds where the next name begins behind a value: the word before the next colon.</summary>
    private static int NextName(ReadOnlySpan<byte> rest)
    {
        int colon = rest.IndexOf(": "u8);
        if (colon < 0)
        {
            return -1;
        }

        int blank = rest[..colon].LastIndexOf((byte)' ');
        return blank < 0 ? -1 : blank + 1;
    }
}
