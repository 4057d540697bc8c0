using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>Recognises the wrapper of each line, whatever the lines before had, and takes it off.</summary>
/// <remarks>
/// What it remembers of the last wrapped line serves one purpose: a line without a wrapper that is indented to where the
/// message began (dmesg, journal) continues that message and has its time and host.
/// </remarks>
internal sealed class EnvelopeParser(KernelLogFormat format, DateOnly newest) : ISkipObserver, IDisposable
{
    private const int MaxPrefixes = 4;

    /// <summary>How far behind its prefix a continuation may stand, in bytes; skipped text is looked through no further back.</summary>
    private const int MaxLookBehind = 16 * 1024;

    private readonly ScratchBuffer _unescaped = new();
    private readonly byte[] _lastHost = new byte[256];

    /// <summary>The seconds of the last line, bracket and point included, if nothing but <c>[12345.678901] </c> was before its message; else of length zero.</summary>
    private readonly byte[] _seconds = new byte[16];
    private int _secondsLength;
    private int _lastHostLength;
    private int _lastPrefixLength;
    private long _lastOffset;
    private long _lastUptime = -1;
    private WallClock _lastWall;
    private KernelLogWrappers _lastWrappers;
    private EnvelopeOrigin _lastOrigin;

    /// <summary>Gets the lines that had a wrapper which only kernel logs have.</summary>
    public long KernelLines { get; private set; }

    public KernelLogWrappers Wrappers { get; private set; }

    public void Parse(ReadOnlySpan<byte> line, long offset, out Envelope envelope)
    {
        envelope = New();
        if (TryParseLikeLast(line, offset, ref envelope))
        {
            return;
        }

        int prefix = format == KernelLogFormat.Bare ? 0 : TakePrefixes(line, ref envelope);
        if (prefix == 0)
        {
            Continue(line, offset, ref envelope);
            return;
        }

        if (envelope.Sequence >= 0)
        {
            Unescape(ref envelope);
        }
        else
        {
            envelope.Message = line[prefix..];
        }

        Remember(prefix, offset, line, in envelope);
    }

    /// <summary>Takes off <c>[12345.678901] </c> where all but the microseconds is as in the line before: most lines of a report.</summary>
    private bool TryParseLikeLast(ReadOnlySpan<byte> line, long offset, ref Envelope envelope)
    {
        int length = _secondsLength + DmesgEnvelope.TailLength;
        if (_secondsLength == 0 || line.Length < length || line[length - 2] != ']' || line[length - 1] != ' '
            || !line.StartsWith(_seconds.AsSpan(0, _secondsLength)))
        {
            return false;
        }

        long microseconds = Swar.ReadDigits(line[_secondsLength..], out int digits);
        ReadOnlySpan<byte> message = line[length..];
        if (digits != DmesgEnvelope.TailLength - 2 || DmesgEnvelope.TakeCaller(message) > 0 || SyslogEnvelope.TakeHostAndKernel(message, ref envelope) > 0)
        {
            // A caller or a host may stand there: the long way round.
            envelope = New();
            return false;
        }

        envelope.UptimeMicroseconds = _lastUptime - (_lastUptime % 1_000_000) + microseconds;
        envelope.Wrappers = KernelLogWrappers.Uptime;
        envelope.Message = message;
        _lastUptime = envelope.UptimeMicroseconds;
        _lastOffset = offset;
        KernelLines++;
        return true;
    }

    /// <summary>Looks for the last prefix in lines that nobody needs, since a line behind them may continue theirs.</summary>
    public void OnSkipped(ReadOnlySpan<byte> lines, long offset)
    {
        int floor = Math.Max(0, lines.Length - MaxLookBehind);
        int end = lines.Length - 1;
        while (end > floor)
        {
            int start = lines[..end].LastIndexOf((byte)'\n') + 1;
            if (start < floor)
            {
                return;
            }

            Envelope envelope = New();
            ReadOnlySpan<byte> line = LineReader.Trim(lines[start..end]);
            int prefix = format == KernelLogFormat.Bare ? 0 : TakePrefixes(line, ref envelope);
            if (prefix > 0)
            {
                Remember(prefix, offset + start, line, in envelope);
                return;
            }

            end = start - 1;
        }
    }

    public void Reset()
    {
        _lastHostLength = _lastPrefixLength = _secondsLength = 0;
        _lastUptime = -1;
        _lastWall = default;
        _lastWrappers = Wrappers = KernelLogWrappers.None;
        _lastOrigin = EnvelopeOrigin.Unknown;
        KernelLines = 0;
    }

    public void Dispose() => _unescaped.Dispose();

    private static Envelope New() => new() { UptimeMicroseconds = -1, Sequence = -1 };

    private int TakePrefixes(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        int taken = 0;
        for (int count = 0; count < MaxPrefixes && taken < line.Length; count++)
        {
            int more = TakePrefix(line[taken..], count == 0, ref envelope);
            if (more == 0)
            {
                break;
            }

            taken += more;

            // Nothing stands between the kernel's own stamp and its text.
            if (envelope.Sequence >= 0 || envelope.UptimeMicroseconds >= 0)
            {
                break;
            }
        }

        return taken;
    }

    private int TakePrefix(ReadOnlySpan<byte> text, bool isFirst, ref Envelope envelope)
    {
        bool hasWall = envelope.Wall.IsPresent;
        switch (text[0])
        {
            case (byte)'[' when format is KernelLogFormat.Auto or KernelLogFormat.Dmesg or KernelLogFormat.Syslog:
                return TakeBracket(text, ref envelope);
            case (byte)'<' when !hasWall && envelope.UptimeMicroseconds < 0:
                return DmesgEnvelope.TakePriority(text, ref envelope);
            case >= (byte)'0' and <= (byte)'9' when !hasWall && envelope.UptimeMicroseconds < 0:
                return TakeDigits(text, isFirst, ref envelope);
            case >= (byte)'a' and <= (byte)'z' when isFirst:
                return DmesgEnvelope.TakeFacilityAndLevel(text, ref envelope);
            case >= (byte)'A' and <= (byte)'Z' when !hasWall && envelope.UptimeMicroseconds < 0:
                return TakeName(text, ref envelope);
            default:
                return 0;
        }
    }

    private static int TakeBracket(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        bool isInSyslog = envelope.Wall.IsPresent;
        if (envelope.UptimeMicroseconds < 0)
        {
            int taken = DmesgEnvelope.TakeUptime(text, ref envelope);
            if (taken > 0)
            {
                if (isInSyslog)
                {
                    // Only the kernel stamps its messages so, whatever the tag says.
                    envelope.Origin = EnvelopeOrigin.Kernel;
                    return taken;
                }

                int monotonic = SyslogEnvelope.TakeHostAndKernel(text[taken..], ref envelope);
                if (monotonic > 0)
                {
                    envelope.Wrappers = (envelope.Wrappers & ~KernelLogWrappers.Uptime) | KernelLogWrappers.JournalMonotonic;
                }

                return taken + monotonic;
            }
        }

        if (isInSyslog)
        {
            return 0;
        }

        int ctime = DmesgEnvelope.TakeCtime(text, ref envelope);
        return ctime == 0 && envelope.UptimeMicroseconds < 0 ? DmesgEnvelope.TakeCaller(text) : ctime;
    }

    private int TakeDigits(ReadOnlySpan<byte> text, bool isFirst, ref Envelope envelope)
    {
        if (isFirst && format is KernelLogFormat.Auto or KernelLogFormat.DevKmsg && DevKmsgEnvelope.TryParse(text, ref envelope))
        {
            return 1;
        }

        if (format == KernelLogFormat.DevKmsg)
        {
            return 0;
        }

        int taken = WallClockText.TakeIso(text, (byte)'T', out WallClock clock, out bool isComma);
        if (taken > 0 && isComma)
        {
            envelope.Wall = clock;
            envelope.Wrappers |= KernelLogWrappers.DmesgIso;
            return taken + (taken < text.Length && text[taken] == ' ' ? 1 : 0);
        }

        KernelLogWrappers wrapper = KernelLogWrappers.SyslogRfc3339;
        if (taken == 0)
        {
            wrapper = KernelLogWrappers.JournalUnix;
            taken = WallClockText.TakeUnix(text, out clock);
        }

        return taken > 0 ? TakeSyslog(text, taken, clock, wrapper, ref envelope) : 0;
    }

    private int TakeName(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (format == KernelLogFormat.DevKmsg)
        {
            return 0;
        }

        int taken = WallClockText.TakeRfc3164(text, newest, out WallClock clock);
        if (taken > 0)
        {
            return TakeSyslog(text, taken, clock, KernelLogWrappers.SyslogRfc3164, ref envelope);
        }

        // "Mon 2026-11-23 18:17:16 UTC ": a weekday, then the time, then a zone.
        if (text.Length < 24 || text[3] != ' ')
        {
            return 0;
        }

        taken = WallClockText.TakeIso(text[4..], (byte)' ', out clock, out _);
        if (taken == 0)
        {
            return 0;
        }

        taken += 4;
        ReadOnlySpan<byte> rest = text[taken..];
        if (rest.StartsWith(" UTC "u8))
        {
            clock = clock with { HasOffset = true };
            taken += 4;
        }
        else if (rest.Length > 2 && rest[0] == ' ' && rest[1..].IndexOf((byte)' ') is var zone and >= 2 and <= 6
            && !rest.Slice(1, zone).ContainsAnyExceptInRange((byte)'+', (byte)'Z'))
        {
            taken += 1 + zone;
        }

        return TakeSyslog(text, taken, clock, KernelLogWrappers.JournalFull, ref envelope);
    }

    private static int TakeSyslog(ReadOnlySpan<byte> text, int taken, WallClock clock, KernelLogWrappers wrapper, ref Envelope envelope)
    {
        if (taken >= text.Length || text[taken] != ' ')
        {
            return 0;
        }

        envelope.Wall = clock;
        envelope.Wrappers |= wrapper;
        envelope.HasOctalEscapes = true;
        int rest = taken + 1;
        return rest + SyslogEnvelope.TakeHostAndTag(text[rest..], ref envelope);
    }

    private void Unescape(ref Envelope envelope)
    {
        if (envelope.Message.Contains((byte)'\\'))
        {
            Span<byte> unescaped = _unescaped.GetSpan(envelope.Message.Length);
            envelope.Message = unescaped[..Escapes.DecodeHex(envelope.Message, unescaped)];
        }
    }

    private void Remember(int prefix, long offset, ReadOnlySpan<byte> line, in Envelope envelope)
    {
        // With a printk caller or a delta behind the stamp the wrapper is the same but longer: such lines take the long way.
        int seconds = prefix - DmesgEnvelope.TailLength;
        bool isPlain = envelope.Wrappers == KernelLogWrappers.Uptime && seconds > 0 && seconds <= _seconds.Length && line[seconds - 1] == '.';
        _secondsLength = isPlain ? seconds : 0;
        if (isPlain)
        {
            line[..seconds].CopyTo(_seconds);
        }

        _lastWrappers = envelope.Wrappers;
        _lastOffset = offset;
        _lastPrefixLength = prefix;
        _lastUptime = envelope.UptimeMicroseconds;
        _lastWall = envelope.Wall;
        _lastOrigin = envelope.Origin;
        _lastHostLength = envelope.Host.Length;
        envelope.Host.CopyTo(_lastHost);
        if (envelope.Origin != EnvelopeOrigin.Program)
        {
            Wrappers |= envelope.Wrappers;
            KernelLines++;
        }
    }

    private void Continue(ReadOnlySpan<byte> line, long offset, ref Envelope envelope)
    {
        envelope.Message = line;
        if (_lastPrefixLength == 0 || offset - _lastOffset > MaxLookBehind)
        {
            return;
        }

        if ((_lastWrappers & KernelLogWrappers.DevKmsg) != 0)
        {
            // " SUBSYSTEM=usb": properties of the record before.
            if (line is [(byte)' ', ..] && line.Contains((byte)'='))
            {
                envelope.Origin = EnvelopeOrigin.Program;
            }

            return;
        }

        if (line.Length < _lastPrefixLength || line[.._lastPrefixLength].ContainsAnyExcept((byte)' '))
        {
            return;
        }

        envelope.Message = line[_lastPrefixLength..];
        envelope.IsContinuation = true;
        envelope.UptimeMicroseconds = _lastUptime;
        envelope.Wall = _lastWall;
        envelope.Host = _lastHost.AsSpan(0, _lastHostLength);
        envelope.Wrappers = _lastWrappers;
        envelope.Origin = _lastOrigin;
    }
}
