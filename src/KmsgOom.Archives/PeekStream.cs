namespace KmsgOom.Archives;

/// <summary>A stream whose next bytes may be looked at before they are read; it buffers for readers that take a byte at a time.</summary>
internal sealed class PeekStream(Stream inner) : ReadOnlyStream
{
    // Not cleared: a small log touches a few of its pages, and each costs at the start.
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
    private readonly long _length = inner.CanSeek ? inner.Length - inner.Position : long.MaxValue;
    private int _start;
    private int _end;

    /// <summary>How many bytes the inner stream gave.</summary>
    private long _taken;

    /// <summary>Gets how many bytes were read; xz aligns its blocks by it.</summary>
    public override long Position
    {
        get => _taken - (_end - _start);
        set => throw new NotSupportedException();
    }

    /// <summary>Gets how many bytes are left to be read; where nobody knows, there are always many.</summary>
    public long Remaining => _length - Position;

    /// <summary>Gets why the inner stream could not be read; null while it could. Decompressors wrap what they do not know.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Gets the bytes that are there already.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads more behind the bytes that are there; false at the end.</summary>
    /// <remarks>Never waits for more than one read: a live pipe may hold back the rest.</remarks>
    public bool TryFill()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        int read = ReadInner(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <inheritdoc cref="TryFill"/>
    public async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        int read = await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _taken += read;
        _end += read;
        return read > 0;
    }

    /// <summary>Passes over bytes that are there already.</summary>
    public void Skip(int count) => _start += count;

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            // Large reads go past the buffer: a plain log is not copied.
            if (buffer.Length >= _buffer.Length)
            {
                return ReadInner(buffer);
            }

            if (!TryFill())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _end - _start);
        Buffered[..count].CopyTo(buffer);
        _start += count;
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _start == _end ? await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : Read(buffer.Span);

    private int ReadInner(Span<byte> buffer)
    {
        try
        {
            int read = inner.Read(buffer);
            _taken += read;
            return read;
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
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
