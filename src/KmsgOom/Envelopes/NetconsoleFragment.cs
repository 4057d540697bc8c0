using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>A piece of a kmsg record, whose head stands before each piece: a datagram of netconsole has room for 1000 bytes.</summary>
/// <remarks>
/// Kernel: <c>drivers/net/netconsole.c</c>, <c>send_fragmented_body()</c>: the head, <c>",ncfrag=%d/%d;"</c> with the place of the piece in the record and the
/// record's length, and the piece. A receiver that adds no line feeds writes the pieces of a record on one line.
/// </remarks>
internal readonly ref struct NetconsoleFragment
{
    private const int MaxDatagramLength = 1000;

    // Release, numbers, flags, caller, place and length.
    private const int MaxHeadLength = 160;

    private readonly int _headLength;

    private NetconsoleFragment(Head head, ReadOnlySpan<byte> line)
    {
        (Priority, Sequence, Microseconds, Place, Total, _headLength) = (head.Priority, head.Sequence, head.Microseconds, head.Place, head.Total, head.Length);
        Text = line[head.Length..];
        for (int at = 0; Text[at..].IndexOf(Field) is >= 0 and var field; at += field + 1)
        {
            // The place of the next piece tells where this one ends, and its head must begin there.
            if (TryReadPlace(Text[(at + field)..], out int nextPlace, out _) && nextPlace > Place && nextPlace - Place <= at + field
                && TryReadHead(Text[(nextPlace - Place)..], out Head next) && next.Sequence == Sequence)
            {
                Rest = Text[(nextPlace - Place)..];
                Text = Text[..(nextPlace - Place)];
                return;
            }
        }
    }

    /// <summary>Gets what tells a piece from a whole record.</summary>
    public static ReadOnlySpan<byte> Field => ",ncfrag="u8;

    public long Priority { get; }

    public long Sequence { get; }

    public long Microseconds { get; }

    /// <summary>Gets where in the record the piece begins.</summary>
    public int Place { get; }

    /// <summary>Gets the length of the record, with its line feeds and properties.</summary>
    public int Total { get; }

    /// <summary>Gets the piece; an escape may be cut in two.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Gets the next piece, with its head, where it stands on the same line.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>Gets whether the datagram had no room for more, so that the text may go on in the next.</summary>
    public bool IsFull => _headLength + Text.Length >= MaxDatagramLength;

    /// <summary>Gets the text behind the first line feed of a piece whose beginning was lost; nothing where there is none.</summary>
    public ReadOnlySpan<byte> TextBehindCut => Text.IndexOf(Newline) is >= 0 and var newline ? Text[(newline + Newline.Length)..] : default;

    /// <summary>Gets a line feed as kmsg writes it.</summary>
    public static ReadOnlySpan<byte> Newline => "\\x0a"u8;

    /// <summary>Tells by a few bytes whether a line may be a piece: nearly all lines are none.</summary>
    public static bool MayBe(ReadOnlySpan<byte> line)
    {
        if (line is not [>= (byte)'0' and <= (byte)'9', ..])
        {
            return false;
        }

        // The length, or a caller, stands before the semicolon; mostly it is a dash.
        int end = line[..Math.Min(line.Length, MaxHeadLength)].IndexOf((byte)';');
        return end > 0 && line[end - 1] is >= (byte)'0' and <= (byte)'9' && line[..end].IndexOf(Field) > 0;
    }

    public static bool TryParse(ReadOnlySpan<byte> line, out NetconsoleFragment fragment)
    {
        bool isRead = TryReadHead(line, out Head head);
        fragment = isRead ? new NetconsoleFragment(head, line) : default;
        return isRead;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> line, out Head head)
    {
        head = default;
        if (!MayBe(line))
        {
            return false;
        }

        int release = DevKmsgEnvelope.ReleaseLength(line);
        bool isRead = DevKmsgEnvelope.TryParseHead(line[release..], out head.Priority, out head.Sequence, out head.Microseconds, out ReadOnlySpan<byte> fields, out head.Length)
            && fields.IndexOf(Field) is >= 0 and var field && TryReadPlace(fields[field..], out head.Place, out head.Total);
        head.Length += release;
        return isRead;
    }

    /// <summary>Reads ",ncfrag=953/1303".</summary>
    private static bool TryReadPlace(ReadOnlySpan<byte> field, out int place, out int total)
    {
        ReadOnlySpan<byte> numbers = field[Field.Length..];
        long first = Swar.ReadDigits(numbers, out int digits);
        (place, total) = (0, 0);
        if (digits is 0 or > 6 || digits >= numbers.Length || numbers[digits] != '/')
        {
            return false;
        }

        long second = Swar.ReadDigits(numbers[(digits + 1)..], out int totalDigits);
        (place, total) = ((int)first, (int)second);
        return totalDigits is > 0 and <= 6;
    }

    private struct Head
    {
        public long Priority;
        public long Sequence;
        public long Microseconds;
        public int Place;
        public int Total;

        /// <summary>The length of all that stands before the piece.</summary>
        public int Length;
    }
}
