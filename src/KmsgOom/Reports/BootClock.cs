using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <summary>Remembers when a host booted, from a line that carries both clocks, so that reports with uptime alone have a time too.</summary>
/// <remarks>Only lines of reports tell: others may be skipped unread.</remarks>
internal sealed class BootClock
{
    private readonly byte[] _host = new byte[256];
    private int _hostLength;
    private WallClock _boot;
    private long _lastUptime = -1;

    /// <summary>Gets how often somebody asked.</summary>
    public int Reads { get; private set; }

    /// <summary>Gets or sets where notes are kept, so that they can be noted again elsewhere; null for nowhere.</summary>
    public List<BootNote>? Notes { get; set; }

    /// <summary>Takes the boot time of a host; none where it is not known or the host has rebooted since.</summary>
    public WallClock Get(ReadOnlySpan<byte> host, long uptime)
    {
        Reads++;
        bool isSameBoot = uptime >= _lastUptime - ReportWindow.ClockSlackMicroseconds;
        return _boot.IsPresent && isSameBoot && (host.IsEmpty || host.SequenceEqual(_host.AsSpan(0, _hostLength))) ? _boot : default;
    }

    /// <summary>Notes the clocks of a report's line.</summary>
    public void Note(in Envelope envelope)
    {
        if (envelope.UptimeMicroseconds < 0 || !envelope.Wall.IsPresent)
        {
            return;
        }

        Notes?.Add(new BootNote(envelope.UptimeMicroseconds, envelope.Wall, envelope.Host.ToArray()));
        Note(envelope.UptimeMicroseconds, envelope.Wall, envelope.Host);
    }

    /// <summary>Notes what another clock was told.</summary>
    public void Note(BootNote note) => Note(note.Uptime, note.Wall, note.Host);

    /// <summary>Tells whether two clocks will give the same answers.</summary>
    public bool IsSameStateAs(BootClock other) => _boot == other._boot && _lastUptime == other._lastUptime
        && _host.AsSpan(0, _hostLength).SequenceEqual(other._host.AsSpan(0, other._hostLength));

    public void CopyFrom(BootClock other)
    {
        (_boot, _lastUptime, _hostLength) = (other._boot, other._lastUptime, other._hostLength);
        other._host.CopyTo(_host, 0);
    }

    public void Reset() => (_boot, _lastUptime, _hostLength, Reads) = (default, -1, 0, 0);

    private void Note(long uptime, WallClock wall, ReadOnlySpan<byte> host)
    {
        // Most wall clocks are cut to seconds: the first word is kept as long as others agree.
        long ticks = wall.Ticks - (uptime * TimeSpan.TicksPerMicrosecond);
        bool isAgreed = Math.Abs(ticks - _boot.Ticks) < TimeSpan.TicksPerSecond && host.SequenceEqual(_host.AsSpan(0, _hostLength));
        _boot = isAgreed ? _boot : ticks > 0 ? wall with { Ticks = ticks } : default;
        _lastUptime = uptime;
        _hostLength = Math.Min(host.Length, _host.Length);
        host[.._hostLength].CopyTo(_host);
    }
}
