using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Lines;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Mends messages that no grammar knows as they stand: what it finds is so rare that ordinary lines must not pay for it.</summary>
internal sealed class SecondLook : IDisposable
{
    private readonly ScratchBuffer _mended = new();
    private readonly ScratchBuffer _record = new();

    /// <summary>Gets what books print before the rest of a line that was too long for the page.</summary>
    private static ReadOnlySpan<byte> ContinuedMark => "\u21AA"u8;

    /// <summary>Tells whether a message of a kind may be something else still.</summary>
    public static bool IsDue(OomLineKind kind, scoped in Envelope envelope) =>
        kind is OomLineKind.Unrelated or OomLineKind.Trigger or OomLineKind.Cpuset or OomLineKind.Frame or OomLineKind.MemInfo or OomLineKind.Constraint or OomLineKind.Killed
            or OomLineKind.AllocationFailure
        || (kind == OomLineKind.Register && (envelope.HasOctalEscapes || envelope.Message.Contains((byte)'\\')))
        || LengthBeforeCut(kind, envelope.Message) > 0;

    /// <summary>
    /// Takes a vendor's prefix, the mark of a line that goes on and a word cut in two off, makes no-break spaces blanks, and undoes quoted-printable and entities;
    /// false where there is none of it.
    /// </summary>
    public bool TryMend(OomLineKind kind, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> mended)
    {
        mended = message;
        if (message.Length < 3)
        {
            return false;
        }

        if (kind is OomLineKind.Unrelated or OomLineKind.Frame or OomLineKind.MemInfo or OomLineKind.Killed && VendorPrefix.Length(message) is var length and > 0 && length < message.Length)
        {
            mended = message[length..];
            return true;
        }

        if (kind == OomLineKind.Unrelated && OomLineClassifier.SkipIndent(message) is var indented && indented.StartsWith(ContinuedMark))
        {
            mended = indented[ContinuedMark.Length..].TrimStart((byte)' ');
            return true;
        }

        if (kind == OomLineKind.Unrelated && (message[0] == 0xC2 || message[1] == 0xC2) && message.IndexOf("\u00A0"u8) >= 0)
        {
            Span<byte> buffer = _mended.GetSpan(message.Length);
            mended = buffer[..HtmlText.DecodeSpaces(message, buffer)];
            return true;
        }

        // An address of old kernels or a mark, on a web page whose other lines show no sign of one.
        if (kind is OomLineKind.Unrelated or OomLineKind.Frame && OomLineClassifier.SkipIndent(message) is var text && (text.StartsWith("[&lt;"u8) || text.StartsWith("&lt;"u8)))
        {
            Span<byte> buffer = _mended.GetSpan(message.Length);
            mended = buffer[..HtmlText.Decode(message, buffer)];
            return true;
        }

        if (LengthBeforeCut(kind, message) is var whole and > 0)
        {
            mended = message[..whole];
            return true;
        }

        if (kind == OomLineKind.Trigger && message[0] == '>' && message.IndexOfAnyExcept("> "u8) is var words && message[words..].StartsWith(TriggerLine.Invoked[1..]) && message[words - 1] == ' ')
        {
            // The name stands at the end of the line before, as a mail broke it: the marks are none.
            mended = message[(words - 1)..];
            return true;
        }

        if (IsQuotedPrintable(kind, message))
        {
            Span<byte> buffer = _mended.GetSpan(message.Length);
            mended = buffer[..Escapes.DecodeQuotedPrintable(message, buffer)];
            return true;
        }

        return false;
    }

    /// <summary>Undoes the escapes for newlines in a record that holds a fact a line; false where there are none.</summary>
    public bool TryUndoNewlines(scoped in Envelope envelope, out int firstLength, out ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> message = envelope.Message;
        ReadOnlySpan<byte> escape = envelope.HasOctalEscapes ? "#012"u8 : "\\x0a"u8;
        record = default;
        firstLength = -1;
        if (!message.ContainsAny((byte)'\\', escape[0]))
        {
            return false;
        }

        // In a string of a program's text, lines of syslog have such escapes, too.
        ReadOnlySpan<byte> ofString = "\\n"u8;
        int inString = message.IndexOf(ofString);
        firstLength = message.IndexOf(escape);
        if (firstLength < 0 || (inString >= 0 && !envelope.HasOctalEscapes))
        {
            firstLength = inString;
            escape = ofString;
        }

        if (firstLength <= 0)
        {
            return false;
        }

        Span<byte> buffer = _record.GetSpan(message.Length);
        record = buffer[..Escapes.DecodeNewlines(message, escape, buffer)];
        return true;
    }

    public void Dispose()
    {
        _mended.Dispose();
        _record.Dispose();
    }

    /// <summary>Says how long a message is without the word that a pager cut off at the edge of the screen; zero where there is no mark of it.</summary>
    private static int LengthBeforeCut(OomLineKind kind, ReadOnlySpan<byte> message)
    {
        if (message is not [.., (byte)'>' or (byte)'.' or 0xA6]
            || kind is not (OomLineKind.Trigger or OomLineKind.Cpuset or OomLineKind.Cpu or OomLineKind.Hardware
            or OomLineKind.MemcgUsage or OomLineKind.MemcgStats or OomLineKind.MemInfo or OomLineKind.Constraint or OomLineKind.KillAnnounced or OomLineKind.Killed))
        {
            return 0;
        }

        int mark = message is [.., (byte)'>'] ? 1 : message.EndsWith("..."u8) || message.EndsWith("\u2026"u8) ? 3 : 0;
        int start = mark == 0 ? -1 : message[..^mark].LastIndexOfAny((byte)' ', (byte)',');
        if (start <= 0 || message[start..].Contains((byte)'<'))
        {
            return 0;
        }

        // A kill whose pid is cut is one still.
        ReadOnlySpan<byte> whole = message[..start].TrimEnd(" ,"u8);
        return kind == OomLineKind.Killed && !KilledLine.TryParse(OomLineClassifier.SkipIndent(whole), out _) ? 0 : whole.Length;
    }

    /// <summary>Tells from what only quoted-printable makes of a kernel's text: a number there would begin with a zero, a word with a letter.</summary>
    private static bool IsQuotedPrintable(OomLineKind kind, ReadOnlySpan<byte> message) => kind switch
    {
        OomLineKind.Trigger => message.IndexOf("gfp_mask=3D0x"u8) >= 0,
        OomLineKind.AllocationFailure => message.IndexOf(", nodemask=3D"u8) >= 0,
        OomLineKind.Constraint => message.StartsWith("oom-kill:constraint=3DC"u8),
        OomLineKind.Cpuset => message.IndexOf(" mems_allowed=3D"u8) >= 0 && message.IndexOf(" cpuset=3D"u8) >= 0,
        _ => false,
    };
}
