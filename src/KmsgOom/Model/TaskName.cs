using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace KmsgOom;

/// <summary>The name of a task (the kernel's <c>comm</c>): at most 15 bytes, which may hold anything but NUL.</summary>
/// <remarks>A value, stored inline: it borrows nothing and may be kept.</remarks>
public readonly struct TaskName : IEquatable<TaskName>, IUtf8SpanFormattable
{
    /// <summary>The number of bytes that the kernel keeps of a name (<c>TASK_COMM_LEN</c> without its NUL).</summary>
    public const int MaxLength = 15;

    private readonly Bytes _bytes;

    /// <summary>Makes a name of raw bytes; what is beyond <see cref="MaxLength"/> or behind a NUL is dropped.</summary>
    /// <param name="utf8">The bytes of the name, escapes of the log already undone.</param>
    public TaskName(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> kept = utf8[..Math.Min(utf8.Length, MaxLength)];
        int end = kept.IndexOf((byte)0);
        Bytes bytes = default;
        kept[..(end < 0 ? kept.Length : end)].CopyTo(bytes);
        _bytes = bytes;
    }

    /// <summary>Makes a name of bytes that hold no NUL but those behind it.</summary>
    internal TaskName(Vector128<byte> padded)
    {
        Bytes bytes = default;
        padded.CopyTo(bytes);
        _bytes = bytes;
    }

    /// <summary>Makes a name of text.</summary>
    /// <param name="name">The text; stored as UTF-8.</param>
    public TaskName(string name)
        : this(Encoding.UTF8.GetBytes(name))
    {
    }

    /// <summary>Gets the number of bytes, 0 to 15. An empty name is legal.</summary>
    public int Length
    {
        get
        {
            // The byte behind the longest name is NUL.
            ReadOnlySpan<byte> bytes = _bytes;
            return BitOperations.TrailingZeroCount(Vector128.Equals(Vector128.Create(bytes), Vector128<byte>.Zero).ExtractMostSignificantBits());
        }
    }

    /// <summary>Compares two names byte by byte.</summary>
    public static bool operator ==(TaskName left, TaskName right) => left.Equals(right);

    /// <summary>Compares two names byte by byte.</summary>
    public static bool operator !=(TaskName left, TaskName right) => !left.Equals(right);

    /// <summary>Copies the raw bytes, which need not be valid UTF-8.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <returns>The number of bytes copied.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int CopyTo(Span<byte> destination)
    {
        int length = Length;
        ReadOnlySpan<byte> bytes = _bytes;
        bytes[..length].CopyTo(destination);
        return length;
    }

    /// <summary>Tells whether the name consists of exactly these bytes.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        return bytes[..Length].SequenceEqual(utf8);
    }

    /// <inheritdoc/>
    public bool Equals(TaskName other)
    {
        ReadOnlySpan<byte> left = _bytes;
        ReadOnlySpan<byte> right = other._bytes;
        return left.SequenceEqual(right);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ReadOnlySpan<byte> bytes = _bytes;
        return HashCode.Combine(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]));
    }

    /// <summary>Gets the name as text; bytes that are not valid UTF-8 become U+FFFD.</summary>
    public override string ToString()
    {
        ReadOnlySpan<byte> bytes = _bytes;
        return Encoding.UTF8.GetString(bytes[..Length]);
    }

    /// <summary>Copies the raw bytes as <see cref="IUtf8SpanFormattable"/> asks; format and provider mean nothing here.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (utf8Destination.Length < Length)
        {
            bytesWritten = 0;
            return false;
        }

        bytesWritten = CopyTo(utf8Destination);
        return true;
    }

    [InlineArray(MaxLength + 1)]
    private struct Bytes
    {
        private byte _first;
    }
}
