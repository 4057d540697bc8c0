using System.Runtime.CompilerServices;
using KmsgOom.Framing;

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
        Run = _isColoured || !_records.IsIdle ? RunForm.None
            : _layout.IsOfWholeLines && _lastOrigin != EnvelopeOrigin.Program ? RunForm.LikeLast
            : _lastPrefixLength > 0 ? (_lastWrappers == KernelLogWrappers.DevKmsg && _lastOrigin == EnvelopeOrigin.Kernel ? RunForm.DevKmsg : RunForm.None)
            : _rare.IsIdle && _format is KernelLogFormat.Auto or KernelLogFormat.Bare ? RunForm.Bare : RunForm.None;
        return Run != RunForm.None;
    }

    /// <summary>Tells whether what stands behind the prefix is the message as it is: no other wrapper, no escape, nothing that is trimmed.</summary>
    public bool IsMessageInRun(ReadOnlySpan<byte> line, in RunPrefix prefix)
    {
        // What a pager marks a cut with (">", "...", "\u2026" whose last byte is A6) is a second look's.
        ReadOnlySpan<byte> message = line[prefix.Length..];
        if (prefix.IsContinuation || message.IsEmpty || message[0] == '[' || message[^1] is (byte)'{' or (byte)'}' or (byte)'>' or (byte)']' or (byte)'"' or (byte)',' or (byte)'.' or (byte)'\r' or 0xA6 or 0 || message.Contains((byte)'\\') || SyslogFrames.IndexOfFrame(line) >= 0)
        {
            return false;
        }

        Envelope none = New();
        return Run switch
        {
            RunForm.LikeLast => !_layout.IsUptimeOnly || SyslogEnvelope.TakeHostAndKernel(message, ref none) == 0,
            RunForm.DevKmsg => true,
            _ => message[0] is >= (byte)'A' and <= (byte)'Z' && RareWraps.IsBareWord(message) && _prefixes.Take(message, ref none) == 0,
        };
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
    }

    /// <summary>The head of a record of <c>/dev/kmsg</c>.</summary>
    public readonly struct DevKmsg : IRunWrapper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix) =>
            DevKmsgEnvelope.TryParseHead(text[..length], out long priority, out prefix.Sequence, out prefix.UptimeMicroseconds, out prefix.Length)
            && DevKmsgEnvelope.IsOfKernel(priority);
    }

    /// <summary>No wrapper at all.</summary>
    public readonly struct Bare : IRunWrapper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool TryTake(EnvelopeParser envelopes, ReadOnlySpan<byte> text, int length, long offset, ref RunPrefix prefix)
        {
            prefix.Length = 0;
            return text[0] is (byte)' ' or (byte)'?' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') || RareWraps.IsBareRow(text[..length]);
        }
    }
}
