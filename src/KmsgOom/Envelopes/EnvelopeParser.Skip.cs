using KmsgOom.Framing;

namespace KmsgOom.Envelopes;

/// <content>Lines that are passed over unread, of which the last wrapper counts.</content>
internal sealed partial class EnvelopeParser : ISkipObserver
{
    /// <summary>Looks for the last prefix in lines that nobody needs, since a line behind them may continue theirs.</summary>
    public void OnSkipped(ReadOnlySpan<byte> lines, long offset)
    {
        if (_format is KernelLogFormat.Auto or KernelLogFormat.DevKmsg && _records.TryResume(lines, offset, isKmsg: _format == KernelLogFormat.DevKmsg))
        {
            ForgetLast();
            return;
        }

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
            ReadOnlySpan<byte> line = Uncolour(LineReader.Trim(SyslogFrames.LastRecord(lines[start..end])));
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

    /// <summary>Tells lines that continue no line before them: a JSON object, or what a record of many lines begins with.</summary>
    private bool IsRecord(ReadOnlySpan<byte> line)
    {
        Envelope envelope = New();
        return RecordParser.FormOf(line) != RecordForm.None
            || (line is [(byte)'{', .., (byte)'}'] && JsonEnvelope.TryParse(line, _unescaped.GetSpan(line.Length), out _, ref envelope));
    }
}
