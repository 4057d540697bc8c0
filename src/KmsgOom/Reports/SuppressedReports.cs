namespace KmsgOom.Reports;

/// <summary>Remembers how many reports a kernel says it suppressed until its next report is told; only the latest word counts.</summary>
internal sealed class SuppressedReports
{
    private readonly byte[] _host = new byte[256];
    private int _hostLength;
    private long _count;

    public void Note(ReadOnlySpan<byte> host, long count)
    {
        _count = count;
        _hostLength = host.Length;
        host.CopyTo(_host);
    }

    /// <summary>Takes the number for a host; zero where nothing was said.</summary>
    public long Take(ReadOnlySpan<byte> host)
    {
        if (_count == 0 || !host.SequenceEqual(_host.AsSpan(0, _hostLength)))
        {
            return 0;
        }

        long count = _count;
        _count = 0;
        return count;
    }

    public void Reset() => _count = 0;
}
