using System.Runtime.CompilerServices;
using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <content>Lines that are JSON, or hold an object of it.</content>
internal sealed partial class EnvelopeParser
{
    /// <summary>What stands before a JSON object that another wrapper holds: a time, names, a tag.</summary>
    private const int MaxBeforeObject = 256;

    private readonly ScratchBuffer _string = new();
    private readonly ScratchBuffer _listed = new();

    /// <summary>The message of an object within; the next one, which may stand in that message, is written to the other.</summary>
    private ScratchBuffer _within = new();
    private ScratchBuffer _deeper = new();

    /// <summary>Takes the wrapper off a line that is a string of JSON.</summary>
    public bool ParseString(ReadOnlySpan<byte> escaped, long offset, out Envelope envelope)
    {
        Span<byte> line = _string.GetSpan(escaped.Length);
        line = line[..JsonEnvelope.Unescape(escaped, line)].TrimEnd((byte)'\n');
        bool isRead = Parse(line, offset, out envelope);
        envelope.IsMultiLine = envelope.Message.Contains((byte)'\n');
        envelope.IsRecord |= envelope.IsMultiLine;
        return isRead;
    }

    /// <summary>Takes the message out of a JSON object; it may have the kernel's stamp before it still.</summary>
    private bool TryParseJson(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        Span<byte> buffer = _unescaped.GetSpan(line.Length);
        if (!JsonEnvelope.TryParse(line, buffer, out int length, ref envelope))
        {
            envelope = New();
            return false;
        }

        TakeMessage(buffer[..length], ref envelope);
        ForgetLast();
        Count(in envelope);
        return true;
    }

    /// <summary>Tells by its end whether a line may end with a JSON object, or with a list or a string that does.</summary>
    private static bool EndsObject(ReadOnlySpan<byte> line) => line is [.., (byte)'}' or (byte)',' or (byte)']' or (byte)'"'] && line.TrimEnd("\",]"u8) is [.., (byte)'}'];

    /// <summary>Takes the message out of an object that another wrapper stands before, or that another object holds; the outer one tells what it does not.</summary>
    /// <remarks>Nothing is remembered: beneath such wrappers nothing is continued.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeObject(ref Envelope envelope)
    {
        ReadOnlySpan<byte> text = envelope.Message;
        ReadOnlySpan<byte> before = text[..Math.Min(text.Length, MaxBeforeObject)];
        int start = before.IndexOf("{\""u8) is >= 0 and var plain ? plain : before.IndexOf("{\\\""u8) is >= 0 and var escaped ? escaped : before.IndexOf("{ \""u8);
        bool isOfKernel = envelope.Origin != EnvelopeOrigin.Unknown || envelope.UptimeMicroseconds >= 0 || envelope.Sequence >= 0;
        if (start < 0 || isOfKernel || envelope.IsContinuation || text.LastIndexOf((byte)'}') + 1 - start <= TaskName.MaxLength || SkipAhead.Find(text[..start], out _) >= 0)
        {
            // A program's, a name of a task, or behind the kernel's own words.
            return false;
        }

        text = text[start..(text.LastIndexOf((byte)'}') + 1)];
        if (text.StartsWith("{\\\""u8))
        {
            if (envelope.IsRecord)
            {
                return false;
            }

            // A string of a list.
            Span<byte> unescaped = _listed.GetSpan(text.Length);
            text = unescaped[..JsonEnvelope.Unescape(text, unescaped)];
        }

        Envelope inner = New();
        (_within, _deeper) = (_deeper, _within);
        Span<byte> buffer = _within.GetSpan(text.Length);
        if (JsonEnvelope.EndOfObject(text) != text.Length || !JsonEnvelope.TryParse(text, buffer, out int length, ref inner))
        {
            return false;
        }

        TakeMessage(buffer[..length], ref inner);
        inner.Host = inner.Host.IsEmpty ? envelope.Host : inner.Host;
        inner.Wall = inner.Wall.IsPresent ? inner.Wall : envelope.Wall;
        inner.UptimeMicroseconds = inner.UptimeMicroseconds >= 0 ? inner.UptimeMicroseconds : envelope.UptimeMicroseconds;
        inner.Origin = inner.Origin == EnvelopeOrigin.Unknown ? envelope.Origin : inner.Origin;
        inner.Wrappers |= envelope.Wrappers;
        (inner.LinesBack, inner.RecordOffset) = (envelope.LinesBack, envelope.RecordOffset);
        envelope = inner;
        Count(in envelope);
        return true;
    }

    /// <summary>Takes the kernel's stamp, or another wrapper, off the message of an object.</summary>
    private void TakeMessage(Span<byte> text, ref Envelope envelope)
    {
        ReadOnlySpan<byte> message = LineReader.Trim(text.TrimEnd((byte)'\n'));
        message = Escapes.IsColoured(message) ? text[..Escapes.TakeOutColour(message, text)] : message;
        EnvelopeOrigin origin = envelope.Origin;
        long uptime = envelope.UptimeMicroseconds;

        // The collector's time must not keep the wrapper within from being seen; a kernel's stamp behind it is seen anyway.
        WallClock wall = envelope.Wall;
        envelope.Wall = message is [(byte)'[', ..] ? wall : default;
        int prefix = _prefixes.Take(message, ref envelope);
        if (prefix == 0 && envelope.Wall.IsPresent)
        {
            // "[Mon Nov 23 18:17:43 2026] "
            envelope.Wall = default;
            prefix = _prefixes.Take(message, ref envelope);
        }

        envelope.Wall = envelope.Wall.IsPresent || (envelope.Wrappers & KernelLogWrappers.Relative) != 0 ? envelope.Wall : wall;

        // A program may quote a kernel's line, tag and all; only a stamp says that it passes one on.
        bool isStamped = envelope.Origin == EnvelopeOrigin.Kernel && envelope.UptimeMicroseconds != uptime;
        envelope.Origin = origin == EnvelopeOrigin.Program && !isStamped ? origin : envelope.Origin;
        envelope.Message = message[prefix..];
        if (prefix > 0)
        {
            _outer.Remember(default, default, isInJson: true, prefix, _offset, in envelope);
        }
        else if (!_outer.TryContinue(message, isInJson: true, _offset, ref envelope))
        {
            _outer.Forget();
        }

        envelope.IsRecord = true;
        envelope.IsMultiLine = envelope.Message.Contains((byte)'\n');
        envelope.Wrappers |= KernelLogWrappers.Json;
    }
}
