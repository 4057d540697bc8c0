using System.IO.Compression;

namespace KmsgOom.Archives;

/// <summary>Decompresses gzip, and notices where the archive is cut off, which <see cref="GZipStream"/> does not say.</summary>
/// <remarks>
/// Zeros that fill the last block of a tape or a disk are no damage, as for gzip. At the end a member of our own is put behind the archive: only where
/// everything before it was whole does its content come out.
/// </remarks>
internal sealed class GzipMembers : ReadOnlyStream
{
    // More than a member's own end can have.
    private const int MinPadding = 16;

    private static readonly byte[] Mark = "kmsgoom: the archive is whole\n"u8.ToArray();
    private static readonly byte[] MarkMember = Compress(Mark);

    private readonly MarkedStream _archive;
    private readonly GZipStream _members;

    public GzipMembers(Stream archive)
    {
        _archive = new MarkedStream(archive);
        _members = new GZipStream(_archive, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The archive is damaged or cut off; everything before was delivered.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _archive.IsMarked ? 0 : _members.Read(buffer);
        return read > 0 || IsWhole() ? read : throw new InvalidDataException();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _members.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsWhole()
    {
        if (_archive.IsMarked)
        {
            return true;
        }

        _archive.IsMarked = true;
        Span<byte> rest = stackalloc byte[Mark.Length + 1];
        return rest[.._members.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false)].SequenceEqual(Mark) || _archive.Zeros >= MinPadding;
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream member = new();
        using (GZipStream gzip = new(member, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return member.ToArray();
    }

    /// <summary>The archive; once it is marked, the member of our own follows.</summary>
    private sealed class MarkedStream(Stream archive) : ReadOnlyStream
    {
        private int _markLength;

        public bool IsMarked { get; set; }

        /// <summary>Gets how many zeros the archive ends with.</summary>
        public long Zeros { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (!IsMarked)
            {
                int read = archive.Read(buffer);
                int last = buffer[..read].LastIndexOfAnyExcept((byte)0);
                Zeros = last < 0 ? Zeros + read : read - 1 - last;
                return read;
            }

            int count = Math.Min(MarkMember.Length - _markLength, buffer.Length);
            MarkMember.AsSpan(_markLength, count).CopyTo(buffer);
            _markLength += count;
            return count;
        }
    }
}
