using System.Collections.Concurrent;

namespace KmsgOom.Files;

/// <summary>What the parts of one file are read into, used again part after part.</summary>
/// <remarks>The shared <see cref="System.Buffers.ArrayPool{T}"/> would keep some for each thread that ever parsed, twice as long as asked for.</remarks>
internal sealed class BufferPool
{
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>Gets a buffer of at least <paramref name="length"/> bytes; what stands in it is not defined.</summary>
    public byte[] Rent(int length) =>
        _free.TryTake(out byte[]? buffer) && buffer.Length >= length ? buffer : GC.AllocateUninitializedArray<byte>(length);

    public void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            _free.Add(buffer);
        }
    }
}
