namespace KmsgOom.Envelopes;

/// <content>Lines that follow each other under the same wrapper, for <see cref="LineRun"/>.</content>
internal sealed partial class EnvelopeParser
{
    private RunForm _run;

    /// <summary>How such lines are read.</summary>
    private enum RunForm : byte
    {
        None,
        LikeLast,
        DevKmsg,
        Bare,
    }

    /// <summary>Gets the host that lines without one of their own are of.</summary>
    public ReadOnlySpan<byte> Host => _lastHost.AsSpan(0, _lastPrefixLength > 0 ? _lastHostLength : 0);

    /// <summary>Gets the wall clock that all lines of a run have; the default where they have none.</summary>
    public WallClock RunWall => _run == RunForm.LikeLast ? _layout.Wall : default;

    /// <summary>Tells whether the lines at hand may be read by <see cref="TryTakeInRun"/>, and settles how.</summary>
    public bool MayRun()
    {
        _run = _isColoured || !_records.IsIdle ? RunForm.None
            : _layout.IsOfWholeLines && _lastOrigin != EnvelopeOrigin.Program ? RunForm.LikeLast
            : _lastPrefixLength > 0 ? (_lastWrappers == KernelLogWrappers.DevKmsg && _lastOrigin == EnvelopeOrigin.Kernel ? RunForm.DevKmsg : RunForm.None)
            : _rare.IsIdle && _format is KernelLogFormat.Auto or KernelLogFormat.Bare ? RunForm.Bare : RunForm.None;
        return _run != RunForm.None;
    }

    /// <summary>Takes the wrapper off a line that has the same as the line before, if that can be told at once; nothing is remembered before <see cref="Pass"/>.</summary>
    /// <remarks>It looks at no message: the caller takes only those in which no other wrapper could hide, or asks <see cref="IsMessageInRun"/>.</remarks>
    public bool TryTakeInRun(ReadOnlySpan<byte> line, long offset, ref RunPrefix prefix)
    {
        switch (_run)
        {
            case RunForm.LikeLast when _layout.TryTake(line, out prefix.Length, out prefix.UptimeMicroseconds):
                prefix.IsContinuation = false;
                return true;
            case RunForm.LikeLast:
                prefix.Length = _lastPrefixLength;
                prefix.UptimeMicroseconds = _lastUptime;
                prefix.IsContinuation = true;
                return _lastPrefixLength > 0 && line.Length > _lastPrefixLength && offset - _lastOffset <= MaxLookBehind
                    && !line[.._lastPrefixLength].ContainsAnyExcept((byte)' ');
            case RunForm.DevKmsg:
                return DevKmsgEnvelope.TryParseHead(line, out long priority, out prefix.Sequence, out prefix.UptimeMicroseconds, out prefix.Length)
                    && DevKmsgEnvelope.IsOfKernel(priority);
            default:
                prefix.Length = 0;
                return line[0] is (byte)' ' or (byte)'?' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') || RareWraps.IsBareRow(line);
        }
    }

    /// <summary>Tells whether what stands behind the prefix is the message as it is: no other wrapper, no escape, nothing that is trimmed.</summary>
    public bool IsMessageInRun(ReadOnlySpan<byte> line, in RunPrefix prefix)
    {
        ReadOnlySpan<byte> message = line[prefix.Length..];
        if (prefix.IsContinuation || message.IsEmpty || message[0] == '[' || message[^1] is (byte)'{' or (byte)'>' or (byte)']' or (byte)'\r' or 0 || message.Contains((byte)'\\'))
        {
            return false;
        }

        Envelope none = New();
        return _run switch
        {
            RunForm.LikeLast => !_layout.IsUptimeOnly || SyslogEnvelope.TakeHostAndKernel(message, ref none) == 0,
            RunForm.DevKmsg => true,
            _ => message[0] is >= (byte)'A' and <= (byte)'Z' && RareWraps.IsBareWord(message) && _prefixes.Take(message, ref none) == 0,
        };
    }

    /// <summary>Remembers a line that was like the one before.</summary>
    public void Pass(in RunPrefix prefix, long offset)
    {
        if (prefix is { UptimeMicroseconds: >= 0, IsContinuation: false })
        {
            _lastUptime = prefix.UptimeMicroseconds;
            _lastOffset = offset;
            KernelLines++;
        }
    }
}
