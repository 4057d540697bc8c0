using System.Runtime.CompilerServices;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>Recognises the prefixes of a line by their first bytes, one behind the other, whatever the lines before had.</summary>
internal sealed class PrefixParser(KernelLogFormat format, DateOnly newest)
{
    private const int MaxPrefixes = 4;

    // "Apr 27 22:56:09"
    private const int SecondLength = 15;

    /// <summary>The last time of RFC 3164 and what it was read as: most lines of a report are of the same second.</summary>
    private readonly byte[] _second = new byte[SecondLength];
    private WallClock _secondClock;

    /// <summary>Takes all prefixes; says how many bytes they are, zero where there is none.</summary>
    public int Take(ReadOnlySpan<byte> line, ref Envelope envelope)
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
            case (byte)' ' when hasWall && envelope.UptimeMicroseconds < 0 && text is [_, (byte)'[', ..]:
                return TakeStampBehindBlank(text, ref envelope);
            case (byte)'<' when !hasWall && envelope.UptimeMicroseconds < 0:
                return DmesgEnvelope.TakePriority(text, ref envelope);
            case >= (byte)'0' and <= (byte)'9' when !hasWall && envelope.UptimeMicroseconds < 0:
                return TakeDigits(text, isFirst, ref envelope);
            case (byte)'k' when isFirst && text.StartsWith("kernel: "u8):
                // Nothing but the tag: a syslog cut to it, or a journal's.
                envelope.Origin = EnvelopeOrigin.Kernel;
                return "kernel: ".Length;
            case >= (byte)'a' and <= (byte)'z' when isFirst:
                return DmesgEnvelope.TakeFacilityAndLevel(text, ref envelope) is > 0 and int facility ? facility : TakeOtherWord(text, ref envelope);
            case >= (byte)'A' and <= (byte)'Z' when !hasWall && envelope.UptimeMicroseconds < 0:
                return TakeName(text, ref envelope) is > 0 and int name ? name : TakeOtherWord(text, ref envelope);
            case >= 0x80 when isFirst:
                return TakeOtherWord(text, ref envelope);
            default:
                return 0;
        }
    }

    /// <summary>Takes <c>  [   12.345678] </c> behind <c>kernel:</c>: the kernel's text has a blank of its own in syslog, and a template may add another.</summary>
    private static int TakeStampBehindBlank(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        int stamp = DmesgEnvelope.TakeUptime(text[1..], ref envelope);
        envelope.Origin = stamp > 0 ? EnvelopeOrigin.Kernel : envelope.Origin;
        return stamp > 0 ? stamp + 1 : 0;
    }

    private int TakeBracket(ReadOnlySpan<byte> text, ref Envelope envelope)
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

        // What is left begins with a name or a sign; a digit begins a row of the task table.
        if (isInSyslog || text[Math.Min(text.Length - 1, 1 + Swar.CountBlanks(text[1..]))] is >= (byte)'0' and <= (byte)'9')
        {
            return 0;
        }

        int bracket = DmesgEnvelope.TakeCtime(text, ref envelope);
        if (bracket > 0 || envelope.UptimeMicroseconds >= 0)
        {
            return bracket;
        }

        bracket = DmesgEnvelope.TakeCaller(text);
        bracket = bracket > 0 ? bracket : DmesgEnvelope.TakeRelative(text, newest, ref envelope);
        return bracket > 0 ? bracket : DmesgEnvelope.TakeLocalCtime(text, ref envelope);
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

        // RFC 5424 puts its version, 1, before the time.
        int version = (envelope.Wrappers & KernelLogWrappers.Priority) != 0 && text.StartsWith("1 "u8) ? 2 : 0;
        int taken = WallClockText.TakeIso(text[version..], (byte)'T', out WallClock clock, out bool isComma);
        if (version > 0)
        {
            return taken > 0 && !isComma ? SyslogEnvelope.TakeRfc5424(text, version + taken, clock, ref envelope) : 0;
        }

        if (taken > 0 && isComma)
        {
            envelope.Wall = clock;
            envelope.Wrappers |= KernelLogWrappers.DmesgIso;
            taken += taken < text.Length && text[taken] == ' ' ? 1 : 0;
            return taken + DmesgEnvelope.TakeCaller(text[taken..]);
        }

        KernelLogWrappers wrapper = KernelLogWrappers.SyslogRfc3339;
        if (taken == 0)
        {
            // "2026-11-23 18:17:43 host kernel: " is a template of rsyslog's users; without host and tag it is any log's time.
            int spaced = text.Length > 10 && text[10] == ' ' ? WallClockText.TakeIso(text, (byte)' ', out clock, out isComma) : 0;
            if (spaced > 0 && !isComma && spaced + 1 < text.Length && text[spaced] == ' ' && HasHostAndTag(text[(spaced + 1)..]))
            {
                return TakeSyslog(text, spaced, clock, wrapper, ref envelope);
            }

            wrapper = KernelLogWrappers.JournalUnix;
            taken = WallClockText.TakeUnix(text, out clock);
        }

        if (taken == 0 && text is [_, _, _, _, (byte)' ', (>= (byte)'A' and <= (byte)'Z'), ..])
        {
            wrapper = KernelLogWrappers.SyslogRfc3164;
            taken = WallClockText.TakeRfc3164WithYear(text, out clock);
        }

        return taken > 0 ? TakeSyslog(text, taken, clock, wrapper, ref envelope) : isFirst ? TakeOtherWord(text, ref envelope) : 0;
    }

    /// <summary>Takes rarer prefixes that begin with a word: a facility or a node, and a month in another language, which is one only where host and tag follow.</summary>
    private int TakeOtherWord(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        int blank = format == KernelLogFormat.DevKmsg ? -1 : text[..Math.Min(text.Length, SyslogEnvelope.MaxHostLength)].IndexOf((byte)' ');
        if (blank <= 0)
        {
            return 0;
        }

        if (text[blank - 1] == ':')
        {
            return format == KernelLogFormat.Auto ? TalosEnvelope.Take(text, blank, ref envelope) : 0;
        }

        int taken = LocalMonths.TakeRfc3164(text, newest, out WallClock clock);
        return taken > 0 && taken < text.Length && text[taken] == ' ' && HasHostAndTag(text[(taken + 1)..])
            ? TakeSyslog(text, taken, clock, KernelLogWrappers.SyslogRfc3164, ref envelope) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasHostAndTag(ReadOnlySpan<byte> text)
    {
        Envelope unused = EnvelopeParser.New();
        return SyslogEnvelope.TakeHostAndTag(text, ref unused) > 0;
    }

    private int TakeRfc3164(ReadOnlySpan<byte> text, out WallClock clock)
    {
        bool isWhole = text.Length > SecondLength && text[SecondLength] == ' ';
        if (isWhole && _secondClock.IsPresent && text.StartsWith(_second))
        {
            clock = _secondClock;
            return SecondLength;
        }

        int taken = WallClockText.TakeRfc3164(text, newest, out clock);
        if (taken == SecondLength && isWhole)
        {
            text[..SecondLength].CopyTo(_second);
            _secondClock = clock;
        }

        return taken;
    }

    private int TakeName(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (format == KernelLogFormat.DevKmsg)
        {
            return 0;
        }

        int taken = TakeRfc3164(text, out WallClock clock);
        bool mayHaveYear = taken == 0 ? text.Length > 20 && text[6] == ' ' && text[11] == ' ' : taken + 5 < text.Length && text[taken] == ' ' && text[taken + 5] == ' ';
        if (mayHaveYear && WallClockText.TakeRfc3164WithYear(text, out WallClock withYear) is > 0 and int whole)
        {
            (taken, clock) = (whole, withYear);
        }

        if (taken > 0)
        {
            return TakeSyslog(text, taken, clock, KernelLogWrappers.SyslogRfc3164, ref envelope);
        }

        if (text.Length < 24 || text[3] != ' ')
        {
            return 0;
        }

        taken = SyslogEnvelope.TakeLogread(text, ref envelope);
        if (taken > 0)
        {
            return taken;
        }

        // "Mon 2026-11-23 18:17:16 UTC ": a weekday, then the time, then a zone.

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
            // "Jun 12 06:39:16: text": who logs without host and tag.
            if (wrapper != KernelLogWrappers.SyslogRfc3164 || taken >= text.Length || !text[taken..].StartsWith(": "u8))
            {
                return 0;
            }

            envelope.Wall = clock;
            envelope.Wrappers |= wrapper;
            return taken + ": ".Length;
        }

        envelope.Wall = clock;
        envelope.Wrappers |= wrapper;
        envelope.HasOctalEscapes = true;
        int rest = taken + 1;
        if (rest < text.Length && WallClockText.TakeIso(text[rest..], (byte)'T', out _, out _) > 0)
        {
            // Another time: dmesg's, behind that of a CI.
            return rest;
        }

        rest += rest < text.Length && text[rest] == ' ' && HasHostAndTag(text[(rest + 1)..]) ? 1 : 0;
        int more = SyslogEnvelope.TakeHostAndTag(text[rest..], ref envelope);

        // Appliances leave out the priority and the version of RFC 5424.
        return more == 0 && wrapper == KernelLogWrappers.SyslogRfc3339 && SyslogEnvelope.IsRfc5424OfKernel(text[rest..])
            ? SyslogEnvelope.TakeRfc5424(text, taken, clock, ref envelope) : rest + more;
    }
}
