using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>An allocation that failed: the head of a report of its own, with the same blocks but no kill.</summary>
/// <remarks>Kernel: <c>mm/page_alloc.c</c>, <c>warn_alloc()</c>; <c>mm/vmalloc.c</c>.</remarks>
internal struct AllocationFailureLine
{
    // "%s: page allocation failure: order:%u, mode:%#x(%pGg), nodemask=%*pbl[,cpuset=%s,mems_allowed=%*pbl]"
    // "%s: vmalloc error: size %lu, …, mode:…" ("…, page order %u, failed to allocate pages"), "%s: page allocation stalls for %ums, order:%u, mode:…"
    public TextRange Name;
    public TextRange GfpFlags;
    public TextRange Nodemask;
    public TextRange Cpuset;
    public TextRange MemsAllowed;
    public uint? GfpMask;
    public int? Order;

    // "order:10,"
    private const int MaxOrderLength = 9;

    private static ReadOnlySpan<byte> Failure => ": page allocation failure"u8;

    public static bool IsMatch(ReadOnlySpan<byte> message) => message.IndexOf(", mode:0x"u8) > 0 ? FindColon(message) >= 0 : IsCut(message);

    /// <summary>Tells whether a mail program broke the line before its mode.</summary>
    public static bool IsCut(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> text = message.TrimEnd((byte)' ');
        if (text is not [.., (byte)',' or (byte)':' or (byte)'='] || text.LastIndexOf(Failure) is not (>= 0 and int at))
        {
            return false;
        }

        // Up to 2.6.38 a dot stood before the order.
        ReadOnlySpan<byte> rest = text[(at + Failure.Length)..];
        return rest is [(byte)':']
            || (rest is [(byte)':' or (byte)'.', (byte)' ', .. { Length: <= MaxOrderLength } order] && order.StartsWith("order:"u8) && order.Length > "order:"u8.Length);
    }

    /// <summary>
    /// Tells whether a broken line is not enough where no wrapper tells it from prose: nothing stands behind the kernel's first words, or more than a name before
    /// them (a mail's subject).
    /// </summary>
    public static bool IsDoubtful(ReadOnlySpan<byte> message) =>
        IsCut(message) && (message.TrimEnd((byte)' ') is [.., (byte)':'] || FindColon(OomLineClassifier.SkipIndent(message)) > TaskName.MaxLength);

    public static bool TryParse(ReadOnlySpan<byte> message, out AllocationFailureLine line)
    {
        line = default;
        int colon = FindColon(message);
        if (colon < 0)
        {
            return false;
        }

        line.Name = new TextRange(0, colon);
        Utf8Cursor cursor = new(message) { Position = colon };
        int start = cursor.Position;
        if (cursor.TrySkipPast("order:"u8) || cursor.TrySkipPast(", page order "u8))
        {
            line.Order = cursor.TryTakeInt32(out int order) ? order : null;
        }

        cursor.Position = start;
        if (cursor.TrySkipPast(", mode:0x"u8) && cursor.TryTakeHex(out uint mask))
        {
            line.GfpMask = mask;
            if (cursor.TryTake((byte)'('))
            {
                cursor.TryTakeUntil((byte)')', out line.GfpFlags);
            }

            TakeNodes(ref cursor, message, ref line);
        }

        return true;
    }

    /// <summary>Takes the nodes behind the flags; a list of nodes holds commas, so it ends where the cpuset begins.</summary>
    private static void TakeNodes(ref Utf8Cursor cursor, ReadOnlySpan<byte> message, ref AllocationFailureLine line)
    {
        if (!cursor.TryTake(", nodemask="u8))
        {
            return;
        }

        if (!cursor.TryTakeUntil(",cpuset="u8, out TextRange nodemask))
        {
            cursor.TryTakeToken(out nodemask);
        }
        else if (cursor.TryTakeUntilLast(",mems_allowed="u8, out line.Cpuset))
        {
            cursor.TryTakeToken(out line.MemsAllowed);
        }

        line.Nodemask = nodemask.In(message).SequenceEqual("(null)"u8) ? default : nodemask;
    }

    private static int FindColon(ReadOnlySpan<byte> message)
    {
        int at = message.IndexOf(": page allocation "u8);
        at = at >= 0 ? at : message.IndexOf(": vmalloc error: "u8);
        at = at >= 0 ? at : message.IndexOf(": vmalloc: allocation failure"u8);
        return at >= 0 ? at : message.IndexOf(": vmemmap alloc failure"u8);
    }
}
