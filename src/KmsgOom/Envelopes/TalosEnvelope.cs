using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>What <c>talosctl dmesg</c> prints: facility, level and time, and the node before them where it asked several.</summary>
internal static class TalosEnvelope
{
    // "authpriv:"
    private const int MaxFacilityLength = 9;

    // Facility and level, a time with nanoseconds, and room for blanks.
    private const int MaxLength = 80;

    /// <summary>
    /// Takes <c>kern: warning: [2026-11-23T18:17:43.753503123Z]: </c>, also behind <c>10.5.0.2: </c>; says how many bytes that were, zero for "not this".
    /// </summary>
    /// <param name="text">The line.</param>
    /// <param name="blank">Where its first blank is, behind a colon.</param>
    /// <param name="envelope">Gets what it tells.</param>
    public static int Take(ReadOnlySpan<byte> text, int blank, ref Envelope envelope)
    {
        int taken = TakeRecord(text, blank, out EnvelopeOrigin origin, out WallClock clock);
        ReadOnlySpan<byte> host = default;
        if (taken == 0)
        {
            int node = blank + 1;
            int facility = text[node..Math.Min(text.Length, node + MaxFacilityLength + 1)].IndexOf((byte)' ');
            taken = facility > 1 && text[node + facility - 1] == ':' ? TakeRecord(text[node..], facility, out origin, out clock) : 0;
            if (taken == 0)
            {
                return 0;
            }

            host = text[..(blank - 1)];
            taken += node;
        }

        envelope.Host = host;
        envelope.Wall = clock;
        envelope.Origin = origin;
        envelope.Wrappers |= KernelLogWrappers.FacilityLevel | KernelLogWrappers.TimePrefix;
        return taken;
    }

    private static int TakeRecord(ReadOnlySpan<byte> text, int blank, out EnvelopeOrigin origin, out WallClock clock)
    {
        origin = text.StartsWith("kern:"u8) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        clock = default;
        if (blank > MaxFacilityLength || !char.IsAsciiLetterOrDigit((char)text[0]))
        {
            return 0;
        }

        Utf8Cursor cursor = new(text[..Math.Min(text.Length, MaxLength)]) { Position = blank };
        cursor.SkipBlanks();
        int level = cursor.Position;
        if (!cursor.TrySkipPast(": ["u8) || !SyslogEnvelope.IsLevelName(text[level..(cursor.Position - 3)]))
        {
            return 0;
        }

        int time = cursor.Position;
        cursor.Position += WallClockText.TakeIso(text[time..], (byte)'T', out clock, out _);
        if (cursor.Position == time || !cursor.TryTake("]:"u8))
        {
            return 0;
        }

        cursor.TryTake((byte)' ');
        return cursor.Position;
    }
}
