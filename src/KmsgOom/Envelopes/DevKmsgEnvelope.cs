using System.Numerics;
using System.Runtime.CompilerServices;
using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>A record of <c>/dev/kmsg</c>.</summary>
/// <remarks>
/// Kernel: <c>kernel/printk/printk.c</c>, <c>info_print_ext_header()</c>: <c>"%u,%llu,%llu,%c[,caller=…];"</c>, then the text
/// with <c>\xNN</c> escapes, then lines " KEY=value".
/// </remarks>
internal static class DevKmsgEnvelope
{
    // More than any machine's uptime, and less than what a TimeSpan holds.
    private const long MaxMicroseconds = long.MaxValue / 100;

    // Two numbers of 8 and 16 digits.
    private const int MaxShortHead = 25;

    // Facility and level of syslog.
    private const long MaxPriority = 1023;

    public static bool TryParse(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        int release = ReleaseLength(line);
        if (TryParseHead(line[release..], out long priority, out long sequence, out long microseconds, out int length))
        {
            envelope.Message = line[(release + length)..];
        }
        else if (NetconsoleFragment.TryParse(line, out NetconsoleFragment fragment))
        {
            // A piece that nothing stood before: half a line, or the rest of a record's properties, are nobody's, unless they have words of interest.
            (sequence, microseconds) = (fragment.Sequence, fragment.Microseconds);
            envelope.Message = fragment.TextBehindCut is { IsEmpty: false } whole ? whole : SkipAhead.Find(fragment.Text, out _) >= 0 ? fragment.Text : default;
            priority = envelope.Message.IsEmpty ? MaxPriority : fragment.Priority;
        }
        else
        {
            return false;
        }

        Describe(priority, sequence, microseconds, ref envelope);
        return true;
    }

    /// <summary>Tells what a head says that was read.</summary>
    public static void Describe(long priority, long sequence, long microseconds, ref Envelope envelope)
    {
        envelope.UptimeMicroseconds = microseconds;
        envelope.Sequence = sequence;
        envelope.IsRecord = true;
        envelope.Wrappers |= KernelLogWrappers.DevKmsg;
        envelope.Origin = IsOfKernel(priority) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
    }

    /// <summary>Says how long the kernel's release is that netconsole can put before a head, its comma included: "6.4.0,6,444,…".</summary>
    public static int ReleaseLength(ReadOnlySpan<byte> line) => line.IndexOf((byte)',') is > 2 and var comma && line[..comma].Contains((byte)'.') ? comma + 1 : 0;

    /// <summary>Reads what stands before the text, its semicolon included; false before a piece of a record, see <see cref="NetconsoleFragment"/>.</summary>
    public static bool TryParseHead(ReadOnlySpan<byte> line, out long priority, out long sequence, out long microseconds, out int length) =>
        TryParseHead(line, out priority, out sequence, out microseconds, out ReadOnlySpan<byte> fields, out length)
        && (fields.Length == 1 || fields.IndexOf(NetconsoleFragment.Field) < 0);

    /// <summary>Reads the same of any record, and what stands between the time and the semicolon.</summary>
    public static bool TryParseHead(
        ReadOnlySpan<byte> line, out long priority, out long sequence, out long microseconds, out ReadOnlySpan<byte> fields, out int length)
    {
        int at = 0;
        (sequence, microseconds, length) = (0, 0, 0);
        fields = default;
        if (!TryTake(line, ref at, out priority) || !TryTake(line, ref at, out sequence) || !TryTake(line, ref at, out microseconds)
            || microseconds > MaxMicroseconds || priority > MaxPriority)
        {
            return false;
        }

        // Flags and fields that later kernels may add; none holds a semicolon.
        int end = line[at..].IndexOf((byte)';');
        if (end <= 0)
        {
            return false;
        }

        fields = line.Slice(at, end);
        length = at + end + 1;
        return true;
    }

    /// <summary>Reads the head that nearly all records of the kernel have, "6,1234,12345678,-;"; false where it takes <see cref="TryParse"/> to tell.</summary>
    /// <param name="text">The record, and 64 bytes or more in all.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <param name="microseconds">The time since boot.</param>
    /// <param name="length">The length of the head, its semicolon included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseShortHead(ReadOnlySpan<byte> text, out long sequence, out long microseconds, out int length)
    {
        // A digit of priority, of which the kernel's are below eight; a flag, one byte, before the semicolon.
        ulong commas = ByteMask.Of(text, (byte)',') >> 2;
        int first = BitOperations.TrailingZeroCount(commas);
        int second = BitOperations.TrailingZeroCount(commas & (commas - 1));
        length = second + 5;
        (sequence, microseconds) = (0, 0);
        return text[0] is >= (byte)'0' and <= (byte)'7' && text[1] == ',' && second < MaxShortHead && text[second + 4] == ';' && text[second + 3] is (byte)'-' or (byte)'c'
            && Swar.TryReadShort(text, 2, first, out sequence) && Swar.TryReadMedium(text, first + 3, second - first - 1, out microseconds);
    }

    /// <summary>Facility 0 is the kernel's; user space that writes to /dev/kmsg gets 1 or what it asked for.</summary>
    public static bool IsOfKernel(long priority) => priority < 8;

    /// <summary>Takes digits and the comma behind them.</summary>
    private static bool TryTake(ReadOnlySpan<byte> line, ref int at, out long value)
    {
        value = Swar.ReadDigits(line[at..], out int digits);
        at += digits;
        if (digits is 0 or > Swar.MaxDigits || at >= line.Length || line[at] != ',')
        {
            return false;
        }

        at++;
        return true;
    }
}
