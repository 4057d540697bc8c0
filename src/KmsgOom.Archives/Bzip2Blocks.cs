using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace KmsgOom.Archives;

/// <summary>Decompresses bzip2, and delivers a block when its checksum has proven right: what a damaged one decompresses to is no log.</summary>
/// <remarks>While the bytes of a block are handed out, nothing is read of the archive; behind its last byte the checksum is compared, and then the archive read on.</remarks>
internal sealed class Bzip2Blocks(PeekStream archive) : ReadOnlyStream
{
    // A block has 900 kB, unless it is hundreds of equal bytes again and again, which no log is: of such ones no more is held back.
    private const int MaxBlock = 4 << 20;

    private readonly Stream _bytes = BZip2Stream.Create(
        archive, CompressionMode.Decompress, decompressConcatenated: true, tolerateTruncatedStream: false, leaveOpen: true);

    private byte[] _block = new byte[1 << 20];
    private int _length;
    private int _read;
    private bool _isOver;
    private Exception? _failure;

    /// <exception cref="InvalidDataException">The archive is damaged or cut off; the blocks before were delivered.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_read == _length && !_isOver)
        {
            ReadBlock();
        }

        if (_read == _length)
        {
            return _failure is null ? 0 : throw new InvalidDataException(_failure.Message, _failure);
        }

        int count = Math.Min(buffer.Length, _length - _read);
        _block.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadBlock()
    {
        _read = _length = 0;
        long position = archive.Position;
        try
        {
            while (_length < MaxBlock && archive.Position == position)
            {
                int next = _bytes.ReadByte();
                if (next < 0)
                {
                    _isOver = true;
                    return;
                }

                if (_length == _block.Length)
                {
                    Array.Resize(ref _block, _length * 2);
                }

                _block[_length++] = (byte)next;
            }
        }
#pragma warning disable CA1031 // thrown again when the blocks before are delivered
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Where the archive was read on, the checksum was right, and the damage is behind the block.
            (_isOver, _failure) = (true, exception);
            _length = archive.Position == position ? 0 : _length;
        }
    }
}
