namespace KmsgOom.Envelopes;

/// <content>Records that netconsole cut into pieces, see <see cref="NetconsoleFragment"/>.</content>
internal sealed partial class RecordParser
{
    /// <summary>The number of the record that has begun; negative where it has none.</summary>
    private long _sequence;

    /// <summary>The last piece filled its datagram, so that another should follow.</summary>
    private bool _isCut;

    /// <summary>Gets whether the text is that of a kmsg record, with its escapes.</summary>
    public bool IsKmsg => _form == RecordForm.Fragments;

    /// <summary>Tells a property, which stands behind the text of a record.</summary>
    private static bool IsProperty(ReadOnlySpan<byte> line) => line is [(byte)' ', ..] && line.Contains((byte)'=');

    private void BeginFragments(ReadOnlySpan<byte> line)
    {
        if (NetconsoleFragment.TryParse(line, out NetconsoleFragment fragment))
        {
            (_sequence, _uptime, _hasMessage) = (fragment.Sequence, fragment.Microseconds, true);
            _origin = DevKmsgEnvelope.IsOfKernel(fragment.Priority) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        }
    }

    /// <summary>Tells whether a line begins with the next piece.</summary>
    private bool IsNextFragment(ReadOnlySpan<byte> line, out NetconsoleFragment fragment) =>
        NetconsoleFragment.TryParse(line, out fragment) && fragment.Sequence == _sequence && fragment.Place == _length;

    private bool TakeFragments(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        // What a property stands behind has ended, whatever length was told.
        bool isTaken = isWhole = IsProperty(line);
        _isCut = _isCut && !isWhole;
        for (ReadOnlySpan<byte> rest = line; IsNextFragment(rest, out NetconsoleFragment fragment); rest = fragment.Rest)
        {
            Append(fragment.Text);
            _isCut = fragment.IsFull;
            isWhole = _length >= fragment.Total - 1;
            isTaken = true;
        }

        if (!isTaken)
        {
            return TakeAsFirst(line, offset, out isWhole);
        }

        if (isWhole)
        {
            End(RecordForm.None, line, offset);
        }

        return true;
    }

    /// <summary>Leaves out the line, or the word, that the last piece was cut in, where the next one did not come.</summary>
    private void DropCut()
    {
        if (_form == RecordForm.Fragments && _isCut)
        {
            int newline = Text.LastIndexOf(NetconsoleFragment.Newline);
            _length = newline >= 0 ? newline : Math.Max(0, Text.LastIndexOf((byte)' '));
        }
    }
}
