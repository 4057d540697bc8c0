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

    public static bool TryParse(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        Utf8Cursor cursor = new(line);
        if (!cursor.TryTakeInt64(out long priority) || !cursor.TryTake((byte)',')
            || !cursor.TryTakeInt64(out long sequence) || !cursor.TryTake((byte)',')
            || !cursor.TryTakeInt64(out long microseconds) || !cursor.TryTake((byte)',')
            || microseconds is < 0 or > MaxMicroseconds || sequence < 0 || priority is < 0 or > 1023)
        {
            return false;
        }

        // Flags and fields that later kernels may add; none holds a semicolon.
        int end = cursor.Rest.IndexOf((byte)';');
        if (end < 1)
        {
            return false;
        }

        envelope.Message = cursor.Rest[(end + 1)..];
        envelope.UptimeMicroseconds = microseconds;
        envelope.Sequence = sequence;
        envelope.Wrappers |= KernelLogWrappers.DevKmsg;
        // Facility 0 is the kernel's; user space that writes to /dev/kmsg gets 1 or what it asked for.
        envelope.Origin = priority < 8 ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return true;
    }
}
