using System.Runtime.CompilerServices;

namespace KmsgOom.Reports;

/// <summary>An array that grows by doubling and keeps its size when it is emptied.</summary>
internal sealed class GrowingArray<T>(MemoryMeter meter)
    where T : struct
{
#if DEBUG
    // Small, so that growing is part of every test.
    private const int InitialLength = 2;
#else
    private const int InitialLength = 64;
#endif

    private T[] _items = [];

    public int Count { get; private set; }

    /// <summary>Gets the memory that the array takes.</summary>
    public long Capacity => SizeOf(_items);

    /// <summary>Gets the room behind the items.</summary>
    public Span<T> Room => _items.AsSpan(Count);

    public ref T this[int index] => ref _items.AsSpan(0, Count)[index];

    public ref T Last => ref _items[Count - 1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        T[] items = _items;
        int count = Count;
        if ((uint)count >= (uint)items.Length)
        {
            items = Grow(Math.Max(InitialLength, count * 2));
        }

        items[count] = item;
        Count = count + 1;
    }

    public void AddRange(ReadOnlySpan<T> items)
    {
        if (items.Length > _items.Length - Count)
        {
            Grow(Math.Max(Math.Max(InitialLength, Count * 2), Count + items.Length));
        }

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Adds the first of some items; more of them may be copied where there is room, since a fixed number is copied faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddFirst(ReadOnlySpan<T> items, int count)
    {
        const int Some = 128;
        if (count <= Some && items.Length >= Some && _items.Length - Count >= Some)
        {
            items[..Some].CopyTo(_items.AsSpan(Count));
            Count += count;
            return;
        }

        AddRange(items[..count]);
    }

    /// <summary>Makes the first of what was written to <see cref="Room"/> items.</summary>
    public void KeepRoom(int count) => Count += count;

    public void Truncate(int count) => Count = Math.Min(Count, count);

    public void Clear() => Count = 0;

    public bool IsSameAs(GrowingArray<T> other) => AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    public Span<T> AsSpan() => _items.AsSpan(0, Count);

    private static long SizeOf(T[] items) => (long)items.Length * Unsafe.SizeOf<T>();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T[] Grow(int length)
    {
        meter.Bytes -= SizeOf(_items);
        Array.Resize(ref _items, length);
        meter.Bytes += SizeOf(_items);
        return _items;
    }
}
