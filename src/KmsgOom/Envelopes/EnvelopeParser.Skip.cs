using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <content>Lines that are passed over unread, of which the last wrapper counts.</content>
internal sealed partial class EnvelopeParser : ISkipObserver
{
    public void OnSkipped(ReadOnlySpan<byte> lines, long offset)
    {
        if (_format is KernelLogFormat.Auto or KernelLogFormat.DevKmsg && _records.TryResume(lines, offset, isKmsg: _format == KernelLogFormat.DevKmsg))
        {
            ForgetLast();
            _outer.Forget();
            return;
        }

        FindColour(lines);
        FindLast(lines, offset);
        bool isLastLine = _lastPrefixLength > 0 && _lastOffset == offset + lines[..^1].LastIndexOf((byte)'\n') + 1;
        if (_format == KernelLogFormat.Auto && !(isLastLine && (_lastUptime >= 0 || _lastOrigin != EnvelopeOrigin.Unknown)))
        {
            FindOuter(lines, offset);
        }
    }

    /// <summary>Looks for the last prefix in lines that nobody needs, since a line behind them may continue theirs.</summary>
    private void FindLast(ReadOnlySpan<byte> lines, long offset)
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
            ReadOnlySpan<byte> line = TakeOutColour(LineReader.Trim(SyslogFrames.LastRecord(lines[start..end])));
            if (_format == KernelLogFormat.Auto && IsRecord(line))
            {
                ForgetLast();
                return;
            }

            int prefix = _format == KernelLogFormat.Bare ? 0 : _prefixes.Take(line, ref envelope);
            if (prefix > 0 && !(_format == KernelLogFormat.Auto && RareWraps.IsBareTime(in envelope) && _rare.TryTake(line[prefix..], offset + start, ref envelope)))
            {
                Remember(prefix, offset + start, line, in envelope);
                return;
            }

            end = start - 1;
        }
    }

    /// <summary>Looks for the last stamp that another tool has wrapped, for the same reason: as many lines as a name may have.</summary>
    private void FindOuter(ReadOnlySpan<byte> lines, long offset)
    {
        int floor = Math.Max(0, lines.Length - MaxLookBehind);
        int end = lines.Length - 1;
        for (int left = MaxRestLines; end > floor && left > 0; left--)
        {
            int start = lines[..end].LastIndexOf((byte)'\n') + 1;
            ReadOnlySpan<byte> line = LineReader.Trim(lines[start..end]);
            if (start < floor || IsOuterSettled(TakeOutColour(line), offset + start))
            {
                return;
            }

            end = start - 1;
        }
    }

    /// <summary>Remembers what a line has around its stamp; false where it may be a further line of one before.</summary>
    private bool IsOuterSettled(ReadOnlySpan<byte> line, long offset)
    {
        _offset = offset;
        Envelope envelope = New();
        Span<byte> buffer = _unescaped.GetSpan(line.Length);
        if (line is [(byte)'{', .., (byte)'}'] && JsonEnvelope.TryParse(line, buffer, out int length, ref envelope))
        {
            _outer.Forget();
            TakeMessage(buffer[..length], ref envelope);
            return _outer.IsPresent || !OuterWrap.MayContinue(envelope.Message);
        }

        envelope = New();
        int prefix = _prefixes.Take(line, ref envelope);
        if (prefix > 0 && !RareWraps.IsBareTime(in envelope))
        {
            return true;
        }

        if (_rare.TryTake(line[prefix..], offset, ref envelope))
        {
            RememberOuter(line, offset, in envelope);
        }

        return _rare.StampLength > 0;
    }

    /// <summary>Looks for the last coloured line, since those behind it may be its rest.</summary>
    private void FindColour(ReadOnlySpan<byte> lines)
    {
        int floor = Math.Max(0, lines.Length - MaxLookBehind);
        int left = MaxRestLines;
        for (int end = lines.Length - 1; end > floor && left > 0; left--)
        {
            int start = lines[floor..end].LastIndexOf((byte)'\n') + 1 + floor;
            if (Escapes.IsColoured(LineReader.Trim(lines[start..end])))
            {
                _colouredLines = left;
                return;
            }

            end = start - 1;
        }

        _colouredLines = Math.Max(0, _colouredLines + left - MaxRestLines);
    }

    /// <summary>Tells lines that continue no line before them: a JSON object, or what a record of many lines begins with.</summary>
    private bool IsRecord(ReadOnlySpan<byte> line)
    {
        Envelope envelope = New();
        return RecordParser.FormOf(line) != RecordForm.None
            || (line is [(byte)'{', .., (byte)'}'] && JsonEnvelope.TryParse(line, _unescaped.GetSpan(line.Length), out _, ref envelope));
    }
}
