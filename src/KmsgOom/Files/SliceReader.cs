using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Files;

/// <summary>Reads a file in slices, whose ends are the same whoever reads the file from wherever.</summary>
/// <remarks>A file that shrinks while it is read ends early; a memory map would end the process.</remarks>
internal sealed class SliceReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly BufferPool _buffers;
    private readonly int _sliceLength;
    private byte[] _buffer = [];

    /// <summary>Where the buffer begins in the file.</summary>
    private long _start;
    private int _kept;
    private int _length;

    public SliceReader(SafeFileHandle file, int sliceLength, long start, BufferPool buffers)
    {
        (_file, _sliceLength, _start, _buffers) = (file, sliceLength, start, buffers);
        StartsLine = start == 0 || IsLineEnd(start - 1);
    }

    /// <summary>Gets whether the byte before the first slice ends a line.</summary>
    public bool StartsLine { get; }

    /// <summary>Gets where the slice ends.</summary>
    public long End => _start + _length;

    /// <summary>Gets whether the slice ends with a line.</summary>
    public bool EndsLine => _length > 0 && _buffer[_length - 1] == '\n';

    /// <summary>Gets whether nothing comes behind the slice.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Shows the file from an offset, which must not be released, to the end of the slice.</summary>
    public ReadOnlySequence<byte> From(long offset) => new(_buffer, (int)(offset - _start), (int)(End - offset));

    /// <summary>Finds where the first line begins at or behind an offset; -1 where no line ends in the slice.</summary>
    public long FindLine(long offset, bool startsLine)
    {
        if (startsLine)
        {
            return offset;
        }

        int from = (int)(offset - _start);
        int end = _buffer.AsSpan(from, _length - from).IndexOf((byte)'\n');
        return end < 0 ? -1 : offset + end + 1;
    }

    /// <summary>Lets go of what stands before an offset.</summary>
    public void Release(long offset) => _kept = (int)(offset - _start);

    /// <summary>Adds the next slice to what is kept; at the end of the file <see cref="IsLast"/> is set and nothing added.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void MoveNext()
    {
        int kept = _length - _kept;
        int wanted = _sliceLength - (int)(End % _sliceLength);
        byte[] old = _buffer;
        if (kept + wanted > old.Length)
        {
            _buffer = _buffers.Rent(kept + (kept > 0 ? kept / 2 : _sliceLength / 64) + _sliceLength);
        }

        old.AsSpan(_kept, kept).CopyTo(_buffer);
        if (old != _buffer)
        {
            _buffers.Return(old);
        }

        (_start, _kept, _length) = (_start + _kept, 0, kept);
        int read = RandomAccess.Read(_file, _buffer.AsSpan(kept, wanted), End);
        IsLast = read == 0;
        _length += read;
    }

    public void Dispose()
    {
        _buffers.Return(_buffer);
        _buffer = [];
    }

    private bool IsLineEnd(long offset)
    {
        byte last = 0;
        return RandomAccess.Read(_file, new Span<byte>(ref last), offset) == 1 && last == '\n';
    }
}
