using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Turns a printed name into the task's own bytes.</summary>
internal static class TaskNameText
{
    // 15 bytes, each as "\xNN".
    public const int MaxEscapedLength = TaskName.MaxLength * 4;

    /// <summary>How a wrapper writes the bytes of a name that it cannot print.</summary>
    internal enum Escaping : byte
    {
        /// <summary>As they are, or the envelope has undone it already.</summary>
        None,

        /// <summary><c>\xNN</c>: dmesg.</summary>
        Hex,

        /// <summary><c>#ooo</c>: rsyslog.</summary>
        Octal,
    }

    /// <summary>Reads a name; an escape is undone where the result fits a name (a program may be called <c>\x41</c> itself).</summary>
    public static TaskName Read(ReadOnlySpan<byte> printed, Escaping escaping) => Read(printed, escaping, out _);

    /// <summary>Reads a name, and tells whether all that was printed is one.</summary>
    public static TaskName Read(ReadOnlySpan<byte> printed, Escaping escaping, out bool fits)
    {
        fits = printed.Length <= TaskName.MaxLength;
        if (escaping == Escaping.None || printed.Length > MaxEscapedLength
            || !printed.Contains(escaping == Escaping.Hex ? (byte)'\\' : (byte)'#'))
        {
            return new TaskName(printed);
        }

        Span<byte> decoded = stackalloc byte[MaxEscapedLength];
        int length = escaping == Escaping.Hex ? Escapes.DecodeHex(printed, decoded) : Escapes.DecodeOctal(printed, decoded);
        fits |= length <= TaskName.MaxLength;
        return new TaskName(length <= TaskName.MaxLength ? decoded[..length] : printed);
    }
}
