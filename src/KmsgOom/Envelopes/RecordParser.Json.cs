using System.Buffers;

namespace KmsgOom.Envelopes;

/// <content>Records that are JSON written out on many lines (<c>journalctl -o json-pretty</c>, collectors).</content>
internal sealed partial class RecordParser
{
    // Lists in records have words, a line of a log is longer.
    private const int MaxElementLength = 64;

    // No message of a record is as long as a report.
    private const int MinLogLength = 512;

    // Numbers, and what stands behind them: a line of a log begins with digits too.
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE, ]"u8);

    private bool TakeJson(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        ReadOnlySpan<byte> text = line.Trim(" \t"u8);
        isWhole = false;
        if (text is [(byte)'}', ..])
        {
            if (_depth > 0)
            {
                // The end of a member that is an object itself.
                _depth--;
                Append(text);
                return true;
            }

            Append("}"u8);
            isWhole = !_isTooLong;
            End(FormOf(line), line, offset);
            return true;
        }

        if (IsLogText(text))
        {
            Clear();
            return false;
        }

        bool isMember = text is [(byte)'"', ..];
        bool isElement = text is [(byte)']', ..] || (!text.IsEmpty && !text.ContainsAnyExcept(NumberBytes));
        if (!isMember && !isElement)
        {
            return TakeAsFirst(line, offset, out isWhole);
        }

        if (KeyOf(text) is var key && (key.SequenceEqual("MESSAGE"u8) || key.SequenceEqual("msg"u8)))
        {
            (MessageOffset, LinesSinceMessage) = (offset, 0);
        }

        _depth += text is [.., (byte)'{'] ? 1 : 0;
        Append(text);
        return true;
    }

    /// <summary>Tells lines of a log that an object holds (<c>"stdout_lines": [</c>, <c>"Output": "…\n…"</c>) from the members of a record.</summary>
    private static bool IsLogText(ReadOnlySpan<byte> text) => text is [(byte)'"', (byte)'[', ..]
        || (text is [(byte)'"', .., (byte)'"'] or [(byte)'"', .., (byte)'"', (byte)','] && text.Length > MaxElementLength && text.IndexOf("\":"u8) < 0 && text.IndexOf("\" :"u8) < 0)
        || (text.Length > MinLogLength && text.IndexOf("\\n["u8) > 0 && !JsonEnvelope.IsMessage(KeyOf(text)));

    /// <summary>Gets the key of a member; nothing where it has none.</summary>
    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> member) =>
        member is [(byte)'"', .. var text] && text.IndexOf((byte)'"') is var end and >= 0 ? text[..end] : default;
}
