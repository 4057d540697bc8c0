namespace KmsgOom.Reports;

/// <summary>How many reports the kernel suppressed before the next one of a host; of the last few hosts that said so.</summary>
internal sealed class SuppressedReports
{
    private const int MaxHosts = 8;
    private const int MaxHostLength = 256;

    private readonly byte[] _hosts = new byte[MaxHosts * MaxHostLength];
    private readonly int[] _hostLengths = new int[MaxHosts];
    private readonly long[] _counts = new long[MaxHosts];
    private int _next;

    public void Note(ReadOnlySpan<byte> host, long count)
    {
        int slot = Find(host);
        if (slot < 0)
        {
            slot = _next;
            _next = (_next + 1) % MaxHosts;
        }

        _counts[slot] = count;
        _hostLengths[slot] = host.Length;
        host.CopyTo(_hosts.AsSpan(slot * MaxHostLength, MaxHostLength));
    }

    /// <summary>Takes the number for a host; zero where nothing was said.</summary>
    public long Take(ReadOnlySpan<byte> host)
    {
        int slot = Find(host);
        if (slot < 0)
        {
            return 0;
        }

        long count = _counts[slot];
        _counts[slot] = 0;
        return count;
    }

    public void Reset() => Array.Clear(_counts);

    private int Find(ReadOnlySpan<byte> host)
    {
        for (int slot = 0; slot < MaxHosts; slot++)
        {
            if (_counts[slot] != 0 && host.SequenceEqual(_hosts.AsSpan(slot * MaxHostLength, _hostLengths[slot])))
            {
                return slot;
            }
        }

        return -1;
    }
}
