using System.Text;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>One JSON object a line: <c>journalctl -o json</c>, Docker's json-file, collectors that put the line into <c>message</c>.</summary>
/// <remarks>
/// Exports of log services put the line and its host into objects within; a message outside of them comes first. Fluent Bit prints <c>=&gt;</c> for a colon.
/// </remarks>
internal static class JsonEnvelope
{
    private const long MaxMicroseconds = long.MaxValue / 100;
    private const int MaxDepth = 8;

    /// <summary>Reads a line; false where it is not an object with a message.</summary>
    /// <param name="line">The line.</param>
    /// <param name="message">At least as long as <paramref name="line"/>: gets the message, its escapes undone.</param>
    /// <param name="length">The length of the message.</param>
    /// <param name="envelope">Gets host and times.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, Span<byte> message, out int length, ref Envelope envelope)
    {
        length = -1;
        Utf8Cursor cursor = new(line);
        if (!cursor.TryTake((byte)'{'))
        {
            return false;
        }

        int depth = 0;
        int best = int.MaxValue;
        TextRange parent = default;
        Envelope within = EnvelopeParser.New();
        while (true)
        {
            cursor.SkipBlanks();
            cursor.TryTake((byte)',');
            cursor.SkipBlanks();
            if (depth > 0 && cursor.TryTake((byte)'}'))
            {
                depth--;
                parent = default;
                continue;
            }

            if (!TryTakeString(ref cursor, out TextRange key))
            {
                break;
            }

            cursor.SkipBlanks();
            if (!cursor.TryTake((byte)':') && !(cursor.TryTake((byte)'=') && cursor.TryTake((byte)'>')))
            {
                return false;
            }

            cursor.SkipBlanks();
            int start = cursor.Position;
            int rank = RankOf(key.In(line), parent.In(line), depth);
            if (TryTakeString(ref cursor, out TextRange value))
            {
                if (rank < best || rank == 0)
                {
                    length = Unescape(value.In(line), message);
                    best = rank;
                }
                else if (depth == 0)
                {
                    ReadField(key.In(line), value.In(line), ref envelope);
                }
                else
                {
                    bool isHost = parent.In(line).SequenceEqual("host"u8) && key.In(line).SequenceEqual("name"u8);
                    ReadField(isHost ? parent.In(line) : key.In(line), value.In(line), ref within);
                }
            }
            else if (cursor.Peek == '{' && depth < MaxDepth)
            {
                cursor.Position++;
                parent = key;
                depth++;
            }
            else if (rank < 2 && rank < best && TryTakeBytes(ref cursor, message, out int bytes))
            {
                length = bytes;
                best = rank;
            }
            else if (!TrySkipValue(ref cursor, start))
            {
                return false;
            }
            else if (depth == 0)
            {
                ReadNumber(key.In(line), line[start..cursor.Position].Trim((byte)' '), ref envelope);
            }
        }

        envelope.IsFollowed = cursor.TryTake((byte)'}') && cursor.Rest.Length > 1;
        Complete(in within, isMessageWithin: best % 2 == 1, ref envelope);
        return length >= 0;
    }

    /// <summary>Says how long the object is that a text begins with: all of it where it has no end.</summary>
    public static int EndOfObject(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        bool isInString = false;
        for (int at = 0; at < text.Length; at++)
        {
            byte value = text[at];
            if (isInString)
            {
                at += value == '\\' ? 1 : 0;
                isInString = value != '"';
            }
            else
            {
                isInString = value == '"';
                depth += value == '{' ? 1 : value == '}' ? -1 : 0;
                if (depth == 0)
                {
                    return at + 1;
                }
            }
        }

        return text.Length;
    }

    /// <summary>Fills in what only the objects within tell; whose line it is, they tell where the line is theirs.</summary>
    private static void Complete(in Envelope within, bool isMessageWithin, ref Envelope envelope)
    {
        envelope.Host = envelope.Host.IsEmpty ? within.Host : envelope.Host;
        envelope.Wall = envelope.Wall.IsPresent ? envelope.Wall : within.Wall;
        if (isMessageWithin)
        {
            envelope.Origin = within.Origin == EnvelopeOrigin.Unknown ? envelope.Origin : within.Origin;
            envelope.UptimeMicroseconds = envelope.UptimeMicroseconds >= 0 ? envelope.UptimeMicroseconds : within.UptimeMicroseconds;
        }
    }

    /// <summary>Says how sure a member is to hold the line: 0 surely, more for less; odd within another object; none at all.</summary>
    private static int RankOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> parent, int depth)
    {
        int within = depth > 0 ? 1 : 0;
        return IsMessage(key) ? within : IsLikeMessage(key, parent) ? 2 + within : int.MaxValue;
    }

    /// <summary>Tells the names that mean the line wherever they stand.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> key) => key.SequenceEqual("MESSAGE"u8) || key.SequenceEqual("message"u8) || key.SequenceEqual("log"u8)
        || key.SequenceEqual("msg"u8) || key.SequenceEqual("textPayload"u8);

    private static bool IsTime(ReadOnlySpan<byte> key) => key.SequenceEqual("time"u8) || key.SequenceEqual("timestamp"u8) || key.SequenceEqual("@timestamp"u8)
        || key.SequenceEqual("TimeGenerated"u8) || key.SequenceEqual("timegenerated"u8);

    /// <summary>Tells the names that mean the line at some services, and anything at others.</summary>
    private static bool IsLikeMessage(ReadOnlySpan<byte> key, ReadOnlySpan<byte> parent) =>
        key.SequenceEqual("@message"u8) || key.SequenceEqual("_raw"u8) || key.SequenceEqual("line"u8)
        || key.SequenceEqual("short_message"u8) || key.SequenceEqual("SyslogMessage"u8) || key.SequenceEqual("body"u8) || (parent.SequenceEqual("body"u8) && key.SequenceEqual("stringValue"u8));

    private static void ReadField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ref Envelope envelope)
    {
        if (key.SequenceEqual("_HOSTNAME"u8) || key.SequenceEqual("hostname"u8) || key.SequenceEqual("host"u8) || key.SequenceEqual("Computer"u8))
        {
            envelope.Host = value.Length <= SyslogEnvelope.MaxHostLength ? value : default;
        }
        else if (key.SequenceEqual("_SOURCE_MONOTONIC_TIMESTAMP"u8))
        {
            envelope.UptimeMicroseconds = ReadMicroseconds(value);
        }
        else if (key.SequenceEqual("__REALTIME_TIMESTAMP"u8))
        {
            envelope.Wall = WallClockText.FromUnixMicroseconds(value);
        }
        else if (key.SequenceEqual("fac"u8))
        {
            envelope.Origin = value.StartsWith("kern"u8) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        }
        else if (key.SequenceEqual("SYSLOG_IDENTIFIER"u8))
        {
            envelope.Origin = SyslogEnvelope.IsKernel(value) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        }
        else if (IsTime(key) && !envelope.Wall.IsPresent && WallClockText.TakeIso(value, (byte)'T', out WallClock clock, out _) > 0)
        {
            envelope.Wall = clock;
        }
    }

    /// <summary>Reads the journal's microseconds since boot; negative where they are none.</summary>
    public static long ReadMicroseconds(ReadOnlySpan<byte> value)
    {
        long microseconds = Swar.ReadDigits(value, out int digits);
        return digits == value.Length && digits is > 0 and <= 18 && microseconds <= MaxMicroseconds ? microseconds : -1;
    }

    /// <summary>
    /// Reads numbers: of <c>dmesg --json</c> "pri" is facility * 8 + level and "time" seconds since boot with six decimals, of collectors "timestamp" and
    /// "date" are Unix time.
    /// </summary>
    private static void ReadNumber(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ref Envelope envelope)
    {
        const int LongestSeconds = 11;
        Utf8Cursor cursor = new(value);
        if (key.SequenceEqual("pri"u8) && cursor.TryTakeInt32(out int priority) && cursor.IsAtEnd)
        {
            envelope.Origin = priority < 8 ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        }
        else if (key.SequenceEqual("time"u8) && value.IndexOf((byte)'.') is > 0 and <= LongestSeconds and int point && value.Length == point + 7
            && cursor.TryTakeInt64(out long seconds) && cursor.TryTake((byte)'.') && Swar.ReadDigits(cursor.Rest, out int digits) is var microseconds && digits == 6)
        {
            envelope.UptimeMicroseconds = (seconds * 1_000_000) + microseconds;
        }
        else if ((key.SequenceEqual("timestamp"u8) || key.SequenceEqual("date"u8)) && !envelope.Wall.IsPresent)
        {
            envelope.Wall = WallClockText.FromUnixNumber(value);
        }
    }

    /// <summary>Takes an array of byte numbers, which is how the journal writes a message that is not UTF-8; false, and nothing taken, where it is another.</summary>
    private static bool TryTakeBytes(ref Utf8Cursor cursor, Span<byte> message, out int length)
    {
        int start = cursor.Position;
        length = 0;
        if (cursor.TryTake((byte)'['))
        {
            cursor.SkipBlanks();
            while (cursor.TryTakeInt32(out int value))
            {
                message[length++] = (byte)value;
                cursor.SkipBlanks();
                cursor.TryTake((byte)',');
                cursor.SkipBlanks();
            }

            if (cursor.TryTake((byte)']'))
            {
                return true;
            }
        }

        cursor.Position = start;
        return false;
    }

    /// <summary>Skips a number, a word, an array or an object.</summary>
    private static bool TrySkipValue(ref Utf8Cursor cursor, int start)
    {
        int depth = 0;
        while (!cursor.IsAtEnd)
        {
            byte next = cursor.Peek;
            if (next == '"')
            {
                if (!TryTakeString(ref cursor, out _))
                {
                    return false;
                }

                continue;
            }

            if (depth == 0 && next is (byte)',' or (byte)'}')
            {
                return cursor.Position > start;
            }

            depth += next is (byte)'[' or (byte)'{' ? 1 : next is (byte)']' or (byte)'}' ? -1 : 0;
            cursor.Position++;
        }

        return false;
    }

    private static bool TryTakeString(ref Utf8Cursor cursor, out TextRange text)
    {
        int start = cursor.Position + 1;
        text = default;
        if (cursor.Peek != '"')
        {
            return false;
        }

        int end = QuotedText.NextMark(cursor.Rest, 1);
        if (end < 0)
        {
            return false;
        }

        text = new TextRange(start, end - 1);
        cursor.Position = start + end;
        return true;
    }

    /// <summary>Undoes JSON's escapes; half of a surrogate pair becomes U+FFFD.</summary>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        for (int at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\' || at + 1 >= escaped.Length)
            {
                destination[written++] = escaped[at];
                continue;
            }

            at++;
            if (escaped[at] == 'u' && TryHex(escaped, at + 1, out int unit))
            {
                at += 4;
                if (char.IsHighSurrogate((char)unit) && escaped[(at + 1)..].StartsWith("\\u"u8) && TryHex(escaped, at + 3, out int low) && char.IsLowSurrogate((char)low))
                {
                    unit = char.ConvertToUtf32((char)unit, (char)low);
                    at += 6;
                }

                // Six bytes of escape make at most three of UTF-8, so there is always room.
                written += (Rune.IsValid(unit) ? new Rune(unit) : Rune.ReplacementChar).EncodeToUtf8(destination[written..]);
                continue;
            }

            destination[written++] = escaped[at] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                byte other => other,
            };
        }

        return written;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, int start, out int value)
    {
        value = 0;
        for (int at = start; at < start + 4; at++)
        {
            int digit = at < text.Length ? Utf8Cursor.HexValue(text[at]) : -1;
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | digit;
        }

        return true;
    }
}
