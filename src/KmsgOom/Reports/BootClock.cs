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

    /// <summary>Takes the boot time of a host; none where it is not known or the host has rebooted since.</summary>
    public WallClock Get(ReadOnlySpan<byte> host, long uptime)
    {
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

        // Most wall clocks are cut to seconds: the first word is kept as long as others agree.
        long ticks = envelope.Wall.Ticks - (envelope.UptimeMicroseconds * TimeSpan.TicksPerMicrosecond);
        bool isAgreed = Math.Abs(ticks - _boot.Ticks) < TimeSpan.TicksPerSecond && envelope.Host.SequenceEqual(_host.AsSpan(0, _hostLength));
        _boot = isAgreed ? _boot : ticks > 0 ? envelope.Wall with { Ticks = ticks } : default;
        _lastUptime = envelope.UptimeMicroseconds;
        _hostLength = Math.Min(envelope.Host.Length, _host.Length);
        envelope.Host[.._hostLength].CopyTo(_host);
    }

    public void Reset() => (_boot, _lastUptime) = (default, -1);
}
