using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The line that begins a report: who asked for memory, and how.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_header()</c>.</remarks>
internal struct TriggerLine
{
    // "%s invoked oom-killer: gfp_mask=%#x(%pGg), order=%d, oom_score_adj=%hd"             5.0 and later
    // "… gfp_mask=%#x(%pGg), nodemask=%*pbl, order=…" (two blanks before order in 4.11..4.14)  4.9 .. 4.20
    // "… gfp_mask=0x%x, order=%d, oom_adj=%d, oom_score_adj=%d"                            up to 4.5
    // "… invoked oom-killer: order=%d, oom_score_adj=%hd, gfp_mask=%#x(%pGg)"              linux-next before 4.6
    // "… gfp_mask=0x%x, order=%d, oomkilladj=%d"                                           2.6.19 .. 2.6.31
    // "oom-killer: gfp_mask=0x%x, order=%d"                                                up to 2.6.18
    public TextRange Name;
    public TextRange GfpFlags;
    public TextRange Nodemask;
    public uint? GfpMask;
    public int? Order;
    public int? OomAdj;
    public int? OomScoreAdj;

    /// <summary>The line was printed in pieces and ends at the nodes.</summary>
    public bool EndsAtNodes;

    public static ReadOnlySpan<byte> Invoked => " invoked oom-killer: "u8;

    private static ReadOnlySpan<byte> Nameless => "oom-killer: gfp_mask="u8;

    /// <summary>Gets how the header of a mail begins that tells of a report; no task is called so.</summary>
    private static ReadOnlySpan<byte> Subject => "Subject: "u8;

    /// <summary>Gets how the line ends where a mail program broke it, or an author left the rest out.</summary>
    private static ReadOnlySpan<byte> Cut => " invoked oom-killer"u8;

    public static bool IsMatch(ReadOnlySpan<byte> message) =>
        (message.IndexOf(Invoked) >= 0 || message.StartsWith(Nameless) || IsCut(message)) && !message.TrimStart("> "u8).StartsWith(Subject);

    /// <summary>Tells whether nothing stands behind the kernel's first words: not enough where no wrapper tells the line from prose.</summary>
    public static bool IsCut(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> text = message is [.., (byte)':'] ? message[..^1] : message;
        return text.Length <= Cut.Length + TaskNameText.MaxEscapedLength && text.EndsWith(Cut);
    }

    /// <summary>
    /// Finds the trigger of kernels up to 2.6.18, which names no task, behind an indent or a wrapper that nobody told us of; negative where there is none. It is
    /// whole, since words alone may be anybody's.
    /// </summary>
    public static int FindNameless(ReadOnlySpan<byte> message)
    {
        int start = message.IndexOf(Nameless);
        if (start <= 0 || char.IsAsciiLetterOrDigit((char)message[start - 1]) || message.IndexOf(Invoked) >= 0)
        {
            return -1;
        }

        Utf8Cursor cursor = new(message.TrimEnd((byte)' ')) { Position = start + Nameless.Length };
        bool isWhole = cursor.TryTake("0x"u8) && cursor.TryTakeHex(out _) && (!cursor.TryTake(", order="u8) || cursor.TryTakeInt32(out _)) && cursor.IsAtEnd;
        return isWhole ? start : -1;
    }

    public static bool TryParse(ReadOnlySpan<byte> message, out TriggerLine trigger)
    {
        trigger = default;
        Utf8Cursor cursor = new(message);
        if (!cursor.TryTakeUntil(Invoked, out trigger.Name) && !cursor.TryTake("oom-killer: "u8))
        {
            return IsCut(message) && cursor.TryTakeUntilLast(Cut, out trigger.Name);
        }

        // Where the numbers come first, the mask ends the line.
        trigger.Order = TakeNumber(ref cursor, "order="u8);
        bool isMaskLast = trigger.Order is not null;
        trigger.OomScoreAdj = isMaskLast ? TakeNumber(ref cursor, "oom_score_adj="u8) : null;
        if (!cursor.TryTake(isMaskLast ? ", gfp_mask=0x"u8 : "gfp_mask=0x"u8))
        {
            return true;
        }

        bool hasDigits = cursor.TryTakeHex(out uint mask);

        // Digits that somebody masked or a crash tore are no mask; a whole one is followed by its names, a comma or nothing.
        trigger.GfpMask = hasDigits && (cursor.IsAtEnd || cursor.Peek is (byte)'(' or (byte)',' or (byte)' ') ? mask : null;
        cursor.Position += Math.Max(0, trigger.GfpMask is null ? cursor.Rest.IndexOfAny((byte)'(', (byte)',') : 0);
        if (cursor.TryTake((byte)'('))
        {
            cursor.TryTakeUntil((byte)')', out trigger.GfpFlags);
        }

        if (isMaskLast)
        {
            return true;
        }

        // A node list holds commas, so it ends where the order begins.
        if (cursor.TryTake(", nodemask="u8))
        {
            trigger.EndsAtNodes = !cursor.TryTakeUntil(", "u8, out TextRange nodemask);
            trigger.Nodemask = nodemask.In(message).SequenceEqual("(null)"u8) ? default : nodemask;
        }

        trigger.Order = TakeNumber(ref cursor, "order="u8);
        if (cursor.TryTake(", oom_score_adj="u8))
        {
            // Since 4.6 there is nothing between.
            trigger.OomScoreAdj = cursor.TryTakeInt32(out int adj) ? adj : null;
            return true;
        }

        trigger.OomAdj = TakeNumber(ref cursor, "oomkilladj="u8) ?? TakeNumber(ref cursor, "oom_adj="u8);
        trigger.OomScoreAdj = TakeNumber(ref cursor, "oom_score_adj="u8);
        return true;
    }

    private static int? TakeNumber(ref Utf8Cursor cursor, ReadOnlySpan<byte> key)
    {
        int start = cursor.Position;
        cursor.TryTake((byte)',');
        cursor.SkipBlanks();
        if (cursor.TryTake(key) && cursor.TryTakeInt32(out int value))
        {
            return value;
        }

        cursor.Position = start;
        return null;
    }
}
