namespace KmsgOom.Archives;

/// <summary>Reads a decompressor in pieces, so that what it delivered before it met damage is not lost with the call that failed.</summary>
/// <param name="inner">The decompressor.</param>
/// <param name="archive">What it reads: near its end, where one that is cut off fails, pieces are single bytes.</param>
internal sealed class PieceStream(Stream inner, PeekStream archive) : ReadOnlyStream
{
    private const int PieceLength = 4096;

    // A piece is never made of more, whatever is in the archive.
    private const int EndLength = 2 * PieceLength;

    private Exception? _failure;

    public override int Read(Span<byte> buffer)
    {
        if (_failure is not null)
        {
            throw new InvalidDataException(_failure.Message, _failure);
        }

        int length = 0;
        try
        {
            int read = -1;
            while (length < buffer.Length && read != 0)
            {
                int piece = archive.Remaining > EndLength ? PieceLength : 1;
                read = inner.Read(buffer[length..Math.Min(length + piece, buffer.Length)]);
                length += read;
            }
        }
#pragma warning disable CA1031 // thrown again by the next call
        catch (Exception exception) when (length > 0)
#pragma warning restore CA1031
        {
            _failure = exception;
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
