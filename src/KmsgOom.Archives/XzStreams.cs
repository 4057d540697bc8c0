using SharpCompress.Compressors.Xz;

namespace KmsgOom.Archives;

/// <summary>Decompresses xz streams that follow each other, as <c>xz</c> itself does; <see cref="XZStream"/> stops behind the first.</summary>
internal sealed class XzStreams(PeekStream archive) : ReadOnlyStream
{
    private XZStream? _current = new(archive);

    public override int Read(Span<byte> buffer)
    {
        while (_current is not null)
        {
            int read = _current.Read(buffer);
            if (read > 0)
            {
                return read;
            }

            _current = HasMore() ? new XZStream(archive) : null;
        }

        return 0;
    }

    // Streams may be padded with zeros.
    private bool HasMore()
    {
        while (!archive.Buffered.IsEmpty || archive.TryFill())
        {
            int content = archive.Buffered.IndexOfAnyExcept((byte)0);
            archive.Skip(content < 0 ? archive.Buffered.Length : content);
            if (content >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
