using System.Runtime.CompilerServices;
using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <content>Lines that follow each other under the same wrapper, for <see cref="LineRun"/>.</content>
internal sealed partial class EnvelopeParser
{
    /// <summary>Gets how the lines of the run are read.</summary>
    public RunForm Run { get; private set; }

    /// <summary>Gets the host that lines without one of their own are of.</summary>
    public ReadOnlySpan<byte> Host => _lastHost.AsSpan(0, _lastPrefixLength > 0 ? _lastHostLength : 0);

    /// <summary>Gets the wall clock that all lines of a run have; the default where they have none.</summary>
    public WallClock RunWall => Run == RunForm.LikeLast ? _layout.Wall : default;

    /// <summary>Tells whether the lines at hand may be read by a <see cref="IRunWrapper"/>, and settles by which.</summary>
    public bool MayRun()
    {
        Run = IsColoured || !_records.IsIdle ? RunForm.None
            : _layout.IsOfWholeLines && _lastOrigin != EnvelopeOrigin.Program ? RunForm.LikeLast
            : _lastPrefixLength > 0 ? (_lastWrappers == KernelLogWrappers.DevKmsg && _lastOrigin == EnvelopeOrigin.Kernel ? RunForm.DevKmsg : RunForm.None)
            : _rare.IsIdle && _format is KernelLogFormat.Auto or KernelLogFormat.Bare ? RunForm.Bare : RunForm.None;
        return Run != RunForm.None;
    }

    /// <summary>
    /// Tells whether a message may end with a byte and be whole: pagers mark a cut (">", "...", "\u2026" whose last byte is A6), records of JSON end with others,
    /// and some are trimmed.
    /// </summary>
    public static bool MayEnd(byte last) =>
        last is not ((byte)'{' or (byte)'}' or (byte)'>' or (byte)']' or (byte)'"' or (byte)',' or (byte)'.' or (byte)'\r' or 0xA6 or 0);

    /// <summary>
    /// Reads a line of the run as <see cref="Parse"/> would; false where that would make more of it: another wrapper, escapes, something that is trimmed.
    /// </summary>
    public bool TryParseInRun(ReadOnlySpan<byte> line, scoped in RunPrefix prefix, out Envelope envelope)
    {
        envelope = New();
        ReadOnlySpan<byte> message = line[prefix.Length..];
        if (prefix.IsContinuation || message.IsEmpty || message.ContainsAny((byte)'\\', (byte)0x1B) || Escapes.IsColoured(line)
            || SyslogFrames.IndexOfFrame(line) >= 0
            || !MayEnd(message[^1]))
        {
            return false;
        }

        DescribeInRun(line, in prefix, out envelope);
        return Run switch
        {
            RunForm.LikeLast => !HasMore(ref envelope),
            RunForm.DevKmsg => true,
            _ => _prefixes.Take(message, ref envelope) == 0 && _rare.IsBare(message),
        };
    }

    /// <summary>Tells what <see cref="TryParseInRun"/> would of a line that surely has no other wrapper.</summary>
    public void DescribeInRun(ReadOnlySpan<byte> line, scoped in RunPrefix prefix, out Envelope envelope)
    {
        envelope = New();
        if (Run == RunForm.LikeLast)
        {
            _layout.Describe(line, prefix.Length, prefix.UptimeMicroseconds, ref envelope);
            return;
        }

        envelope.Message = line[prefix.Length..];
        if (Run == RunForm.DevKmsg)
        {
            // A run has none but the kernel's own.
            DevKmsgEnvelope.Describe(priority: 0, prefix.Sequence, prefix.UptimeMicroseconds, ref envelope);
        }
    }

    /// <summary>Remembers a line that was like the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pass(in RunPrefix prefix, long offset)
    {
        if (prefix is { UptimeMicroseconds: >= 0, IsContinuation: false })
        {
            _lastUptime = prefix.UptimeMicroseconds;
            _lastOffset = offset;
            KernelLines++;
        }
    }

    /// <summary>A prefix that is as that of the line before, but for the microseconds; or the blanks in its place before the further lines of a record.</summary>
    public readonly struct LikeLast : IRunWrapper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix)
        {
            if (envelopes._layout.TryTakeInRun(text, length, out prefix.Length, out prefix.UptimeMicroseconds))
            {
                prefix.IsContinuation = false;
                return true;
            }

            prefix.Length = envelopes._lastPrefixLength;
            prefix.UptimeMicroseconds = envelopes._lastUptime;
            prefix.IsContinuation = true;
            return prefix.Length > 0 && length > prefix.Length && offset - envelopes._lastOffset <= MaxLookBehind
                && !text[..prefix.Length].ContainsAnyExcept((byte)' ');
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTakePlain(EnvelopeParser envelopes, ReadOnlySpan<byte> text, ref RunPrefix prefix)
        {
            prefix.IsContinuation = false;
            return envelopes._layout.TryTakeInRun(text, text.Length, out prefix.Length, out prefix.UptimeMicroseconds);
        }
    }

    /// <summary>The head of a record of <c>/dev/kmsg</c>.</summary>
    public readonly struct DevKmsg : IRunWrapper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix) =>
            DevKmsgEnvelope.TryParseHead(text[..length], out long priority, out prefix.Sequence, out prefix.UptimeMicroseconds, out prefix.Length)
            && DevKmsgEnvelope.IsOfKernel(priority);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTakePlain(EnvelopeParser envelopes, ReadOnlySpan<byte> text, ref RunPrefix prefix) =>
            DevKmsgEnvelope.TryParseShortHead(text, out prefix.Sequence, out prefix.UptimeMicroseconds, out prefix.Length);
    }

    /// <summary>No wrapper at all.</summary>
    public readonly struct Bare : IRunWrapper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix)
        {
            prefix.Length = 0;
            return text[0] is (byte)' ' or (byte)'?' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
                || RareWraps.IsBareRow(text, length);
        }

        // No frame, value or row begins with what is left out here; what a row must be like besides, TaskTableReader.MayTakeMany knows.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTakePlain(EnvelopeParser envelopes, ReadOnlySpan<byte> text, ref RunPrefix prefix)
        {
            prefix.Length = 0;
            return text[0] is (byte)' ' or > (byte)'9';
        }
    }
}
