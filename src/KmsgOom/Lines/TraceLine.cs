using System.Numerics;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The lines of a call trace: frames, marks such as <c>&lt;TASK&gt;</c>, and the registers of user mode.</summary>
/// <remarks>
/// Kernel: <c>arch/x86/kernel/dumpstack.c</c>, <c>show_trace_log_lvl()</c> and <c>__show_regs()</c>; <c>arch/powerpc/kernel/process.c</c>,
/// <c>show_stack()</c> and <c>show_regs()</c>; <c>arch/arm/kernel/traps.c</c>, <c>dump_backtrace()</c> and <c>dump_mem()</c>.
/// </remarks>
internal static class TraceLine
{
    private const int MinRegisterNameLength = 2;
    private const int MaxRegisterNameLength = 10;

    // Other words with a colon are followed by shorter ones.
    private const int MinFirstValueLength = 4;

    // "<ENTRY_TRAMPOLINE>", "<<EOE>>  <IRQ>"
    private const int MaxMarkLength = 32;

    /// <summary>The length of a line that <see cref="IsThreeRegisters"/> knows, and where its parts stand.</summary>
    public const int ThreeRegistersLength = 65;
    public const int RegisterDistance = 22;
    public const int RegisterNameLength = 3;
    public const int RegisterValue = 5;
    public const int RegisterValueLength = 16;

    // "<%016lx>{%s+%ld}", several on a line, up to 2.6.17 on x86-64; who shows it as HTML loses the address
    // "Function entered at [<%08lx>] from [<%08lx>]" on arm without kallsyms
    // " %s%pBb"  as "symbol+0xoff/0xsize [module]", "? " before unreliable ones, "[<address>] " before it up to 4.9
    public static OomLineKind Classify(ReadOnlySpan<byte> text)
    {
        // "WARNING: CPU: %d PID: %d at %s:%d %pS" begins a dump, and another's.
        if (HasOffsetAndSize(text) && !text.StartsWith("WARNING: "u8))
        {
            return OomLineKind.Frame;
        }

        if (text[0] is (byte)'<' or (byte)'{')
        {
            return IsInBraces(text) ? OomLineKind.Frame
                : text.Length <= MaxMarkLength && text.TrimEnd((byte)' ')[^1] == '>' ? OomLineKind.TraceMark : OomLineKind.Unrelated;
        }

        if (text.StartsWith("Function entered at [<"u8))
        {
            return OomLineKind.Frame;
        }

        if (IsMark(text) || IsStackWords(text))
        {
            return OomLineKind.TraceMark;
        }

        return IsRegister(text) || IsArmRegister(text) ? OomLineKind.Register : OomLineKind.Unrelated;
    }

    /// <summary>Tells the frame that nearly all are, of usual characters, and no longer than 64 bytes: no other kind of line looks like it, and no symbol begins with a digit.</summary>
    /// <param name="text">The line, and 64 bytes or more in all.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="start">Where the indent ends.</param>
    public static bool IsShortFrame(ReadOnlySpan<byte> text, int length, out int start)
    {
        start = text[0] != ' ' ? 0 : text[1] != ' ' ? 1 : 2;
        if (length > ByteMask.Width)
        {
            return false;
        }

        int symbol = text[start] == '?' && text[start + 1] == ' ' ? start + 2 : start;
        ulong others = ByteMask.NotOfSymbol(text) & (ulong.MaxValue << symbol) & (ulong.MaxValue >> (ByteMask.Width - length));
        int plus = BitOperations.TrailingZeroCount(others);
        others &= others - 1;
        int slash = BitOperations.TrailingZeroCount(others);
        return plus > symbol && text[symbol] > (byte)'9' && (others & (others - 1)) == 0 && slash + 2 < length
            && text[plus] == '+' && text[plus + 1] == '0' && text[plus + 2] == 'x' && text[slash] == '/' && text[slash + 1] == '0' && text[slash + 2] == 'x';
    }

    /// <summary>Reads registers as nearly all are printed, each a name, a colon, one blank and a value; zero where a line is anything else.</summary>
    /// <param name="text">The line, and as many bytes as <see cref="TokenWalk"/> wants.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="parts">Gets the names and values in turn.</param>
    public static int ReadShortRegisters(ReadOnlySpan<byte> text, int length, Span<TextRange> parts)
    {
        int count = 0;
        if (length >= TokenWalk.Length)
        {
            return 0;
        }

        TokenWalk tokens = new(text);
        TokenMask notOfName = new(ByteMask.NotOfRegister(text), ByteMask.NotOfRegister(text[ByteMask.Width..]));
        TokenMask notOfValue = new(ByteMask.NotOfRegisterValue(text), ByteMask.NotOfRegisterValue(text[ByteMask.Width..]));
        for (int next = 0; next < length; count += 2)
        {
            int name = tokens.Next();
            int colon = tokens.Next() - 1;
            int value = tokens.Next();
            int end = Math.Min(tokens.Next(), length);
            if (count + 2 > parts.Length || name != next || value != colon + 2 || value >= length || end - value < (count == 0 ? MinFirstValueLength : 1) || end - value > ByteMask.Width
                || colon - name is < MinRegisterNameLength or > MaxRegisterNameLength || text[colon] != ':' || text[end - 1] == ':' || text[name] is < (byte)'A' or > (byte)'Z'
                || notOfName.Has(name, colon) || notOfValue.Has(value, end) || IsNoRegister(text[name..]))
            {
                return 0;
            }

            parts[count] = new TextRange(name, colon - name);
            parts[count + 1] = new TextRange(value, end - value);
            next = end + 1;
        }

        // A blank at the end is none of the usual.
        return text[length - 1] == ' ' ? 0 : count;
    }

    /// <summary>Tells a line of three registers as x86-64 prints them: "RAX: 0000000000000077 RBX: 0000000000077000 RCX: 0000000000077000".</summary>
    /// <param name="text">The line, and 128 bytes or more in all.</param>
    public static bool IsThreeRegisters(ReadOnlySpan<byte> text)
    {
        // The names, the colons behind them, the blanks; all else of the first 64 bytes is a digit of a value.
        const ulong Each = 1 | (1ul << RegisterDistance) | (1ul << (2 * RegisterDistance));
        const ulong Names = Each * 0b111;
        const ulong Colons = Each << RegisterNameLength;
        const ulong Blanks = (Colons << 1) | ((Each & ~1ul) >> 1);
        return ByteMask.Of(text, (byte)' ') == Blanks && ByteMask.Of(text, (byte)':') == Colons
            && (ByteMask.NotOfRegister(text) & Names) == 0 && (ByteMask.NotOfRegisterValue(text) & ~(Names | Blanks)) == 0
            && text[0] == 'R' && text[RegisterDistance] == 'R' && text[2 * RegisterDistance] == 'R'
            && text[ThreeRegistersLength] == '\n' && text[ThreeRegistersLength - 1] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f');
    }

    /// <summary>Tells the marks that x86 puts around the frames of a task.</summary>
    /// <param name="text">The line, and 64 bytes or more in all.</param>
    /// <param name="length">The length of the line.</param>
    public static bool IsTaskMark(ReadOnlySpan<byte> text, int length) => text[1] == '<' && text[..length] is var mark && (mark.SequenceEqual(" <TASK>"u8) || mark.SequenceEqual(" </TASK>"u8));

    /// <summary>Tells the frames that x86-64 printed up to 2.6.17, which may stand behind <c>Call Trace:</c> too.</summary>
    public static bool IsInBraces(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'{');
        int close = open < 0 ? -1 : text.IndexOf((byte)'}');
        if (close <= open || (open > 0 && text[open - 1] is not ((byte)'>' or (byte)' ')))
        {
            return false;
        }

        // ":module:symbol+55"
        ReadOnlySpan<byte> frame = text[(open + 1)..close];
        int plus = frame.LastIndexOf((byte)'+');
        return plus > 0 && plus + 1 < frame.Length && !frame[(plus + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !frame.Contains((byte)' ');
    }

    /// <summary>Tells a frame with its address, which needs no other line before it: up to 2.6.24 i386 prints no title.</summary>
    public static bool IsFrameWithAddress(ReadOnlySpan<byte> text) => text.StartsWith("[<"u8) && HasOffsetAndSize(text);

    /// <summary>Tells "+0xoff/0xsize" behind a symbol: one byte is searched for faster than three.</summary>
    private static bool HasOffsetAndSize(ReadOnlySpan<byte> text)
    {
        int plus = text.IndexOf((byte)'+');
        while (plus >= 0 && plus + 2 < text.Length)
        {
            ReadOnlySpan<byte> offset = text[(plus + 1)..];
            if (offset[0] == '0' && offset[1] == 'x')
            {
                return plus > 0 && offset.IndexOf("/0x"u8) > 0;
            }

            int more = offset.IndexOf((byte)'+');
            plus = more < 0 ? -1 : plus + 1 + more;
        }

        return false;
    }

    /// <summary>Tells the lines between frames that say nothing of their own.</summary>
    // " =======================" (i386), "--- interrupt: %lx at %pS" (powerpc), "NIP [%016lx] %pS", "LR [%016lx] %pS", "Backtrace: ", "%s(0x%08lx to 0x%08lx)",
    // "sp=%016lx bsp=%016lx" (ia64), "Stack : %0*lx …" (mips), "Leftover inexact backtrace:"
    private static bool IsMark(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'=' => text.Length >= 16 && !text.ContainsAnyExcept((byte)'=', (byte)' '),
        (byte)'-' => text.StartsWith("--- interrupt: "u8) || text.StartsWith("--- Exception: "u8) || text.StartsWith("---- interrupt: "u8),
        (byte)'N' => text.StartsWith("NIP ["u8),
        (byte)'L' => text.StartsWith("LR ["u8) || text.StartsWith("Leftover inexact backtrace:"u8) || text.StartsWith("Last Breaking-Event-Address:"u8),
        (byte)'B' => text.StartsWith("Backtrace:"u8),
        (byte)'E' => text.StartsWith("Exception stack(0x"u8),
        (byte)'s' => text.StartsWith("sp="u8) && text.IndexOf(" bsp="u8) > 0,
        (byte)'S' => text.StartsWith("Stack : "u8) && !text["Stack : ".Length..].ContainsAnyExcept(StackWordCharacters),
        _ => false,
    };

    /// <summary>Tells words of the stack: 8 or 16 digits each, or "1fa0: " and such words (arm); a row of a table has others.</summary>
    private static bool IsStackWords(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> words = text.Length > 6 && text[4] == ':' && !text[..4].ContainsAnyExcept(StackWordCharacters) ? text[5..].TrimStart((byte)' ') : text;
        // One word alone is a register's value that a mail program tore off.
        int shortest = words.Length == text.Length ? 17 : 8;
        if (words.Length < shortest || words.Length > 80 || words.ContainsAnyExcept(StackWordCharacters))
        {
            return false;
        }

        foreach (Range range in words.TrimEnd((byte)' ').Split((byte)' '))
        {
            if (words[range].Length is not (8 or 16))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the next "NAME: value" of a register line.</summary>
    public static bool TryTakeRegister(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TextRange name, out TextRange value)
    {
        cursor.SkipBlanks();
        if (TryTakePlainRegister(ref cursor, text, out name, out value))
        {
            return true;
        }

        value = default;
        int start = cursor.Position;
        if (cursor.Peek is (byte)'r' or (byte)'f' or (byte)'s')
        {
            return TryTakeArmRegister(ref cursor, text, out name, out value);
        }

        if (!cursor.TryTakeUntil(": "u8, out name) || !IsRegisterName(name.In(text)))
        {
            cursor.Position = start;
            return false;
        }

        // powerpc puts two blanks behind some names.
        cursor.SkipBlanks();

        // The code bytes are one value: they are separated by blanks and never followed by another register.
        int end = name.In(text).SequenceEqual("Code"u8) ? -1 : NextName(cursor.Rest);
        int length = (end < 0 ? cursor.Rest : cursor.Rest[..end]).TrimEnd((byte)' ').Length;
        value = new TextRange(cursor.Position, length);
        cursor.Position += end < 0 ? cursor.Rest.Length : end;
        return length > 0;
    }

    /// <summary>Takes "RAX: 0000000000000000", where another name with its colon follows or nothing: nearly all registers.</summary>
    private static bool TryTakePlainRegister(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TextRange name, out TextRange value)
    {
        name = value = default;
        ReadOnlySpan<byte> rest = cursor.Rest;
        int colon = rest.IndexOf((byte)' ') - 1;
        if (colon < 2 || rest[colon] != ':' || !IsRegisterName(rest[..colon]) || colon + 2 >= rest.Length || rest[colon + 2] <= ' '
            || rest.StartsWith("Code"u8))
        {
            return false;
        }

        int start = colon + 2;
        int length = rest[start..].IndexOf((byte)' ');
        int end = length < 0 ? rest.Length : start + length;
        if (length >= 0)
        {
            ReadOnlySpan<byte> next = rest[(end + 1)..];
            int word = next.IndexOf((byte)' ');
            if (word < 1 || next[word - 1] != ':' || rest[end - 1] == ':')
            {
                return false;
            }
        }

        name = new TextRange(cursor.Position, colon);
        value = new TextRange(cursor.Position + start, end - start);
        cursor.Position += end == rest.Length ? end : end + 1;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> ValueCharacters = System.Buffers.SearchValues.Create("0123456789abcdef:x"u8);

    private static readonly System.Buffers.SearchValues<byte> StackWordCharacters = System.Buffers.SearchValues.Create("0123456789abcdef "u8);

    /// <summary>Tells " r6:000200da r5:00000000": the registers of arm's frames.</summary>
    private static bool IsArmRegister(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'r' or (byte)'f' or (byte)'s'))
        {
            return false;
        }

        Utf8Cursor cursor = new(text);
        while (!cursor.IsAtEnd)
        {
            if (!TryTakeArmRegister(ref cursor, text, out _, out _))
            {
                return false;
            }

            cursor.SkipBlanks();
        }

        return true;
    }

    private static bool TryTakeArmRegister(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TextRange name, out TextRange value)
    {
        value = default;
        return cursor.TryTakeUntil((byte)':', out name) && name.In(text) is [(byte)'r' or (byte)'f' or (byte)'s', _] or [(byte)'r', (byte)'1', _]
            && cursor.TryTakeToken(out value) && value.Length == 8 && !value.In(text).ContainsAnyExcept(StackWordCharacters);
    }

    private static bool IsRegister(ReadOnlySpan<byte> text)
    {
        int colon = text[..Math.Min(text.Length, MaxRegisterNameLength + 2)].IndexOf(": "u8);
        if (colon < MinRegisterNameLength || !IsRegisterName(text[..colon]) || colon + 2 >= text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> value = text[(colon + 2)..].TrimStart((byte)' ');
        int blank = value.IndexOf((byte)' ');
        return text.StartsWith("Code: "u8) || ((blank < 0 ? value : value[..blank]) is { Length: >= MinFirstValueLength } word && !word.ContainsAnyExcept(ValueCharacters));
    }

    private static bool IsRegisterName(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("Code"u8))
        {
            return true;
        }

        if (name.Length is < MinRegisterNameLength or > MaxRegisterNameLength || name[0] is < (byte)'A' or > (byte)'Z' || IsNoRegister(name))
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

    /// <summary>Tells what begins like a register and is a line of another kind.</summary>
    private static bool IsNoRegister(ReadOnlySpan<byte> name) => name.StartsWith("CPU"u8) || name.StartsWith("DMA"u8);

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
