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

    /// <summary>Gets how often something was noted or asked for.</summary>
    public int Uses { get; private set; }

    public void Note(ReadOnlySpan<byte> host, long count)
    {
        Uses++;
        int slot = Find(host);
        if (slot >= 0)
        {
            // The kernel begins to count anew with each line.
            _counts[slot] = count > long.MaxValue - _counts[slot] ? long.MaxValue : _counts[slot] + count;
            return;
        }

        slot = _next;
        _next = (_next + 1) % MaxHosts;
        _counts[slot] = count;
        _hostLengths[slot] = host.Length;
        host.CopyTo(_hosts.AsSpan(slot * MaxHostLength, MaxHostLength));
    }

    /// <summary>Takes the number for a host; zero where nothing was said.</summary>
    public long Take(ReadOnlySpan<byte> host)
    {
        Uses++;
        int slot = Find(host);
        if (slot < 0)
        {
            return 0;
        }

        long count = _counts[slot];
        _counts[slot] = 0;
        return count;
    }

    public void Reset()
    {
        Array.Clear(_counts);
        _next = Uses = 0;
    }

    /// <summary>Tells whether two will give the same answers: the same is pending, in the same order of being forgotten.</summary>
    public bool IsSameStateAs(SuppressedReports other)
    {
        for (int at = 0; at < MaxHosts; at++)
        {
            int slot = (_next + at) % MaxHosts;
            int others = (other._next + at) % MaxHosts;
            if (_counts[slot] != other._counts[others] || (_counts[slot] != 0 && !Host(slot).SequenceEqual(other.Host(others))))
            {
                return false;
            }
        }

        return true;
    }

    public void CopyFrom(SuppressedReports other)
    {
        other._hosts.CopyTo(_hosts, 0);
        other._hostLengths.CopyTo(_hostLengths, 0);
        other._counts.CopyTo(_counts, 0);
        _next = other._next;
    }

    private ReadOnlySpan<byte> Host(int slot) => _hosts.AsSpan(slot * MaxHostLength, _hostLengths[slot]);

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
