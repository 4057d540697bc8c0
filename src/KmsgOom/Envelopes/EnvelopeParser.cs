using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>Recognises the wrapper of each line, whatever the lines before had, and takes it off.</summary>
/// <remarks>
/// What it remembers of the last wrapped line serves one purpose: a line without a wrapper that is indented to where the
/// message began (dmesg, journal) continues that message and has its time and host.
/// </remarks>
internal sealed partial class EnvelopeParser : IDisposable
{
    /// <summary>How far behind its prefix a continuation may stand, in bytes; skipped text is looked through no further back.</summary>
    public const int MaxLookBehind = 16 * 1024;

    // A name has room for no more newlines.
    private const int MaxRestLines = TaskName.MaxLength;

    private readonly KernelLogFormat _format;
    private readonly PrefixParser _prefixes;
    private readonly RareWraps _rare;
    private readonly RecordParser _records = new();
    private readonly ScratchBuffer _unescaped = new();
    private readonly ScratchBuffer _uncoloured = new();
    private readonly byte[] _partHost = new byte[SyslogEnvelope.MaxHostLength];
    private readonly byte[] _lastHost = new byte[256];

    private readonly LineLayout _layout = new();

    /// <summary>What the last line had around the kernel's stamp; forgotten where the stamp stood bare.</summary>
    private readonly OuterWrap _outer = new();

    /// <summary>Where the line begins that is parsed.</summary>
    private long _offset;

    /// <summary>How many more lines may be the rest of a coloured record.</summary>
    private int _colouredLines;
    private int _lastHostLength;
    private int _lastPrefixLength;
    private long _lastOffset;
    private long _lastUptime = -1;
    private WallClock _lastWall;
    private KernelLogWrappers _lastWrappers;
    private EnvelopeOrigin _lastOrigin;

    public EnvelopeParser(KernelLogFormat format, DateOnly newest)
    {
        _format = format;
        _prefixes = new PrefixParser(format, newest);
        _rare = new RareWraps(_prefixes, newest);
    }

    private static ReadOnlySpan<byte> EndOfColour => "\e[0m"u8;

    /// <summary>What <c>grep --color</c> puts behind a match, in the middle of a line.</summary>
    private static ReadOnlySpan<byte> EndOfMatch => "\e[m\e[K"u8;

    /// <summary>Gets the lines that had a wrapper which only kernel logs have.</summary>
    public long KernelLines { get; private set; }

    public KernelLogWrappers Wrappers { get; private set; }

    /// <summary>Gets where the last line with an ordinary wrapper began, unless it is a program's; -1 where there was none, or another form since.</summary>
    public long LastOfKernel => _lastPrefixLength > 0 && _lastOrigin != EnvelopeOrigin.Program ? _lastOffset : -1;

    /// <summary>Tells whether the next line may belong to the one before, or to a record that has begun, so that it must not be passed over.</summary>
    public bool NeedsNextLine(long offset) => _records.IsOpen || _rare.IsAwaitingAt(offset);

    /// <summary>Takes the wrapper off a line; false where the line is only a part of a record.</summary>
    public bool Parse(ReadOnlySpan<byte> line, long offset, out Envelope envelope)
    {
        if (!ParseOuter(line, offset, out envelope))
        {
            return false;
        }

        // Of a line that has no wrapper, it was tried already.
        if (_format == KernelLogFormat.Auto && EndsObject(envelope.Message) && !envelope.Message.SequenceEqual(line))
        {
            TryTakeObject(ref envelope);
        }

        return true;
    }

    private bool ParseOuter(ReadOnlySpan<byte> line, long offset, out Envelope envelope)
    {
        envelope = New();
        _offset = offset;
        line = Uncolour(line);
        line = line is [.., (byte)'>'] ? HtmlText.TrimBreak(line) : line;
        if (TryParseLikeLast(line, ref envelope))
        {
            _outer.Forget();
            _lastUptime = envelope.UptimeMicroseconds;
            _lastOffset = offset;
            KernelLines += envelope.Origin != EnvelopeOrigin.Program ? 1 : 0;
            return true;
        }

        if (_format == KernelLogFormat.Auto && line is [(byte)'{', .., (byte)'}'] && !_records.IsOpen && TryParseJson(line, ref envelope))
        {
            return true;
        }

        if (MayBeInRecord(line) && _records.TryTake(line, offset, out bool isWhole))
        {
            ForgetLast();
            _outer.Forget();
            return isWhole && TryTakeRecord(ref envelope);
        }

        int prefix = _format == KernelLogFormat.Bare ? 0 : _prefixes.Take(line, ref envelope);
        if (prefix == 0)
        {
            Continue(line, offset, ref envelope);
            if (!envelope.IsContinuation && envelope.Origin == EnvelopeOrigin.Unknown && _format == KernelLogFormat.Auto
                && !_outer.TryContinue(line, isInJson: false, offset, ref envelope) && !(EndsObject(line) && TryTakeObject(ref envelope)) && TryTakeRare(line, offset, ref envelope))
            {
                RememberOuter(line, offset, in envelope);
            }

            return true;
        }

        if (RareWraps.IsBareTime(in envelope) && _format == KernelLogFormat.Auto)
        {
            if (_outer.TryContinue(line, isInJson: false, offset, ref envelope))
            {
                return true;
            }

            if (TryTakeRare(line[prefix..], offset, ref envelope))
            {
                RememberOuter(line, offset, in envelope);
                return true;
            }
        }

        if (envelope.Sequence >= 0)
        {
            Unescape(ref envelope);
        }
        else
        {
            envelope.Message = line[prefix..];
        }

        Remember(prefix, offset, line, in envelope);
        return true;
    }

    /// <summary>Says whose a line is by the ordinary wrapper before it, or by the blanks in place of the last line's; unknown where it has neither.</summary>
    /// <param name="line">The line.</param>
    /// <param name="length">The length of the wrapper, or of the blanks.</param>
    public EnvelopeOrigin OriginByWrapper(ReadOnlySpan<byte> line, out int length)
    {
        Envelope envelope = New();
        line = Uncolour(line);
        length = _prefixes.Take(line, ref envelope);
        if (length > 0)
        {
            length = envelope.Sequence >= 0 ? line.Length - envelope.Message.Length : length;

            // What has nothing but a time may be anybody's.
            return envelope.Origin == EnvelopeOrigin.Program || RareWraps.IsBareTime(in envelope) ? EnvelopeOrigin.Program : EnvelopeOrigin.Kernel;
        }

        if ((_lastWrappers & KernelLogWrappers.DevKmsg) != 0 || !IsIndented(line))
        {
            return EnvelopeOrigin.Unknown;
        }

        length = _lastPrefixLength;
        return _lastOrigin == EnvelopeOrigin.Program ? EnvelopeOrigin.Program : EnvelopeOrigin.Kernel;
    }

    /// <summary>Takes the wrapper off a line that stands in another one, whose host and time it has too.</summary>
    public void ParsePart(ReadOnlySpan<byte> part, scoped in Envelope outer, out Envelope envelope)
    {
        envelope = New();
        envelope.Message = part[_prefixes.Take(part, ref envelope)..];
        envelope.Wall = envelope.Wall.IsPresent ? envelope.Wall : outer.Wall;
        envelope.Wrappers |= outer.Wrappers;
        envelope.Origin = outer.Origin;
        envelope.HasOctalEscapes = outer.HasOctalEscapes;
        if (!outer.Host.IsEmpty)
        {
            envelope.Host = _partHost.AsSpan(0, outer.Host.Length);
            outer.Host.CopyTo(_partHost);
        }
    }

    /// <summary>Takes a syslog header, or the time of dmesg -T, off a line that is written within another; false where it has none.</summary>
    public bool TryTakeHeader(ReadOnlySpan<byte> part, scoped in Envelope outer, out Envelope envelope)
    {
        ParsePart(part, in outer, out envelope);
        return envelope.Message.Length < part.Length && envelope.Wall.IsPresent && (envelope.Wrappers & KernelLogWrappers.DevKmsg) == 0;
    }

    /// <summary>Takes the record that the log ends with; false where there is none.</summary>
    public bool TryEnd(out Envelope envelope)
    {
        envelope = New();
        return _records.TryEnd() && TryTakeRecord(ref envelope);
    }

    /// <summary>Takes the record that a line ends which is no part of it; false where there is none. The line itself is still to be parsed.</summary>
    public bool TryEndBefore(ReadOnlySpan<byte> line, long offset, out Envelope envelope)
    {
        envelope = New();
        return _records.IsOpen && _records.AdvanceTo(line, offset) && TryEnd(out envelope);
    }

    /// <summary>Takes the message out of a record of many lines.</summary>
    private bool TryTakeRecord(ref Envelope envelope)
    {
        if (_records.IsJson)
        {
            if (!TryParseJson(_records.Text, ref envelope))
            {
                return false;
            }
        }
        else
        {
            _records.Describe(ref envelope);
            envelope.Wrappers = _records.IsKmsg ? KernelLogWrappers.DevKmsg : KernelLogWrappers.JournalFields;
            envelope.IsRecord = true;
            envelope.Message = _records.Text;
            envelope.IsMultiLine = envelope.Message.Contains((byte)'\n');
            if (_records.IsKmsg)
            {
                // Properties may follow, as behind any record of kmsg.
                Unescape(ref envelope);
                (_lastPrefixLength, _lastHostLength, _lastOffset) = (1, 0, _records.MessageOffset);
                (_lastWrappers, _lastOrigin) = (envelope.Wrappers, envelope.Origin);
            }

            Count(in envelope);
        }

        envelope.LinesBack = _records.LinesSinceMessage;
        envelope.RecordOffset = _records.MessageOffset;
        return true;
    }

    /// <summary>Takes the prefix off where all but the microseconds is as in the line before: most lines of a report.</summary>
    private bool TryParseLikeLast(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        if (!_layout.TryTake(line, ref envelope))
        {
            return false;
        }

        if (HasMore(ref envelope))
        {
            envelope = New();
            return false;
        }

        return true;
    }

    /// <summary>Tells whether a caller or a host stands behind such a prefix: then it is the long way round.</summary>
    private bool HasMore(ref Envelope envelope)
    {
        ReadOnlySpan<byte> message = envelope.Message;
        return DmesgEnvelope.TakeCaller(message) > 0 || (_layout.IsUptimeOnly ? SyslogEnvelope.TakeHostAndKernel(message, ref envelope) > 0 : _records.IsOpen);
    }

    public void Reset()
    {
        _lastHostLength = 0;
        ForgetLast();
        _lastUptime = -1;
        _lastWall = default;
        _lastWrappers = Wrappers = KernelLogWrappers.None;
        _lastOrigin = EnvelopeOrigin.Unknown;
        KernelLines = 0;
        _colouredLines = 0;
        _records.Reset();
        _rare.Reset();
        _outer.Forget();
    }

    public void Dispose()
    {
        _records.Dispose();
        _rare.Dispose();
        _unescaped.Dispose();
        _uncoloured.Dispose();
        _within.Dispose();
        _deeper.Dispose();
        _string.Dispose();
        _listed.Dispose();
    }

    /// <summary>Tells by a few bytes whether a line may be part of a record of many; in a log that is known to be kmsg those are netconsole's.</summary>
    private bool MayBeInRecord(ReadOnlySpan<byte> line) => _format switch
    {
        KernelLogFormat.Auto => _records.MayTake(line),
        KernelLogFormat.DevKmsg => _records.IsOpen || NetconsoleFragment.MayBe(line),
        _ => false,
    };

    /// <summary>Takes rarer wrappers off.</summary>
    private bool TryTakeRare(ReadOnlySpan<byte> line, long offset, ref Envelope envelope)
    {
        if (!_rare.TryTake(line, offset, ref envelope))
        {
            return false;
        }

        if (envelope.Sequence >= 0)
        {
            Unescape(ref envelope);
        }

        Count(in envelope);
        return true;
    }

    private bool IsColoured => _colouredLines > 0;

    /// <summary>Takes out the colours of a line that is coloured as a whole; a name may hold an escape of its own.</summary>
    private ReadOnlySpan<byte> Uncolour(ReadOnlySpan<byte> line)
    {
        // The rest of a coloured record, behind a newline in a name, does not begin with a colour but ends with one.
        int escape = line.IndexOf((byte)0x1B);
        bool isWhole = Escapes.IsColoured(line, escape) || (IsColoured && line.EndsWith(EndOfColour));
        _colouredLines = isWhole ? MaxRestLines : Math.Max(0, _colouredLines - 1);
        return isWhole || (escape >= 0 && line.IndexOf(EndOfMatch) >= 0) ? TakeOutColour(line) : line;
    }

    private ReadOnlySpan<byte> TakeOutColour(ReadOnlySpan<byte> line)
    {
        Span<byte> plain = _uncoloured.GetSpan(line.Length);
        return plain[..Escapes.TakeOutColour(line, plain)];
    }

    public static Envelope New() => new() { UptimeMicroseconds = -1, Sequence = -1 };

    private void Unescape(ref Envelope envelope)
    {
        if (envelope.Message.Contains((byte)'\\'))
        {
            Span<byte> unescaped = _unescaped.GetSpan(envelope.Message.Length);
            envelope.Message = unescaped[..Escapes.DecodeHex(envelope.Message, unescaped)];
            envelope.IsMultiLine = envelope.Message.Contains((byte)'\n');
        }
    }

    private void Count(in Envelope envelope)
    {
        if (envelope.Origin != EnvelopeOrigin.Program)
        {
            Wrappers |= envelope.Wrappers;
            KernelLines++;
        }
    }

    /// <summary>Tells whether blanks stand where the last line had its wrapper.</summary>
    private bool IsIndented(ReadOnlySpan<byte> line) =>
        _lastPrefixLength > 0 && line.Length >= _lastPrefixLength && !line[.._lastPrefixLength].ContainsAnyExcept((byte)' ');

    private void Continue(ReadOnlySpan<byte> line, long offset, ref Envelope envelope)
    {
        envelope.Message = line;
        if (_lastPrefixLength == 0 || offset - _lastOffset > MaxLookBehind)
        {
            return;
        }

        if ((_lastWrappers & KernelLogWrappers.DevKmsg) != 0)
        {
            // " SUBSYSTEM=usb": properties of the record before.
            if (line is [(byte)' ', ..] && line.Contains((byte)'='))
            {
                envelope.Origin = EnvelopeOrigin.Program;
            }

            return;
        }

        if (!IsIndented(line))
        {
            return;
        }

        envelope.Message = line[_lastPrefixLength..];
        envelope.IsContinuation = true;
        envelope.UptimeMicroseconds = _lastUptime;
        envelope.Wall = _lastWall;
        envelope.Host = _lastHost.AsSpan(0, _lastHostLength);
        envelope.Wrappers = _lastWrappers;
        envelope.Origin = _lastOrigin;
    }
}
