using System.Buffers;

namespace KmsgOom.Framing;

/// <summary>A pooled copy of what does not lie in one piece.</summary>
internal sealed class ScratchBuffer : IDisposable
{
#if DEBUG
    // Small, so that growing is part of every test.
    private const int InitialLength = 16;
#else
    private const int InitialLength = 4096;
#endif

    private byte[] _buffer = [];

    /// <summary>Gets room for at least <paramref name="length"/> bytes; what was there before is lost.</summary>
    public Span<byte> GetSpan(int length)
    {
        if (_buffer.Length < length)
        {
            Dispose();
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, InitialLength));
        }

        return _buffer;
    }

    public ReadOnlySpan<byte> Copy(scoped in ReadOnlySequence<byte> bytes)
    {
        int length = checked((int)bytes.Length);
        Span<byte> copy = GetSpan(length)[..length];
        bytes.CopyTo(copy);
        return copy;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
