using KmsgOom.Framing;

namespace KmsgOom.Envelopes;

/// <summary>Puts together records that are written on many lines; time and host may stand before the message or behind it.</summary>
/// <remarks>A record longer than <see cref="MaxRecordLength"/> is given up: the journal's are a tenth of that.</remarks>
internal sealed partial class RecordParser : IDisposable
{
    public const int MaxRecordLength = 16 * 1024;

    private const int MaxNextLength = 256;

    private readonly ScratchBuffer _buffer = new();
    private readonly byte[] _host = new byte[SyslogEnvelope.MaxHostLength];
    private readonly byte[] _nextLine = new byte[MaxNextLength];
    private RecordForm _form;
    private int _length;
    private int _hostLength;
    private long _start;
    private long _uptime;
    private WallClock _wall;
    private EnvelopeOrigin _origin;
    private bool _hasMessage;

    /// <summary>The log has such records: any line may be inside one.</summary>
    private bool _isSeen;
    private bool _isTooLong;

    /// <summary>How many objects are open inside the record's own.</summary>
    private int _depth;

    /// <summary>The message goes on over line feeds.</summary>
    private bool _isInMessage;

    /// <summary>The record was handed out; the line that ended it may have begun the next one.</summary>
    private bool _isDone;
    private RecordForm _nextForm;
    private int _nextLength;
    private long _nextOffset;

    /// <summary>Gets whether the lines to come belong to a record that has begun.</summary>
    public bool IsOpen => _isDone ? _nextForm != RecordForm.None : _form != RecordForm.None;

    /// <summary>Gets whether the text of the record is JSON; else it is the message.</summary>
    public bool IsJson => _form == RecordForm.PrettyJson;

    /// <summary>Gets the record's JSON on one line, or its message.</summary>
    public ReadOnlySpan<byte> Text => _buffer.GetSpan(MaxRecordLength)[.._length];

    /// <summary>Gets where the line with the message begins.</summary>
    public long MessageOffset { get; private set; }

    /// <summary>Gets how many lines ago that was.</summary>
    public int LinesSinceMessage { get; private set; }

    /// <summary>Tells whether a line begins a record, and of which form.</summary>
    public static RecordForm FormOf(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return RecordForm.None;
        }

        if (line[^1] == '{')
        {
            ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
            return text.SequenceEqual("{"u8) || text.SequenceEqual("},{"u8) ? RecordForm.PrettyJson : RecordForm.None;
        }

        if (line[0] == '_')
        {
            return line.StartsWith("__CURSOR="u8) ? RecordForm.Export : RecordForm.None;
        }

        if (NetconsoleFragment.MayBe(line))
        {
            return NetconsoleFragment.TryParse(line, out NetconsoleFragment fragment) && fragment.Place == 0 ? RecordForm.Fragments : RecordForm.None;
        }

        return line[^1] == ']' && line[0] is >= (byte)'A' and <= (byte)'Z' && line.IndexOf(" [s="u8) > 0 ? RecordForm.Verbose : RecordForm.None;
    }

    /// <summary>Tells by a few bytes whether a line may be part of a record: nearly all lines are none.</summary>
    public bool MayTake(ReadOnlySpan<byte> line) => _isDone || _form != RecordForm.None || line is [(byte)'_', ..] or [.., (byte)'{' or (byte)']'] || NetconsoleFragment.MayBe(line);

    /// <summary>Takes a line; true where it is part of a record, whether or not that is whole now.</summary>
    public bool TryTake(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        isWhole = false;
        if (_isDone)
        {
            BeginNext();
        }

        if (_form == RecordForm.None)
        {
            Begin(FormOf(line), line, offset);
            return _form == RecordForm.Fragments ? TakeFragments(line, offset, out isWhole) : _form != RecordForm.None;
        }

        if (offset - _start > MaxRecordLength)
        {
            Clear();
            return false;
        }

        LinesSinceMessage++;
        switch (_form)
        {
            case RecordForm.PrettyJson:
                return TakeJson(line, offset, out isWhole);
            case RecordForm.Export:
                return TakeExport(line, offset, out isWhole);
            case RecordForm.Fragments:
                return TakeFragments(line, offset, out isWhole);
            default:
                return TakeVerbose(line, offset, out isWhole);
        }
    }

    /// <summary>Goes on to a line that cannot be part of a record, and tells whether it ends the one before, whose message is there.</summary>
    public bool AdvanceTo(ReadOnlySpan<byte> line, long offset)
    {
        if (_isDone)
        {
            BeginNext();
        }

        LeaveBytes(offset);
        return _hasMessage && !line.IsEmpty && _form switch
        {
            RecordForm.Export => !_isInBytes && !IsField(line),
            RecordForm.Verbose => line[0] != ' ' && FormOf(line) is RecordForm.None or RecordForm.Fragments,
            RecordForm.Fragments => !IsProperty(line) && !IsNextFragment(line, out _),
            _ => false,
        };
    }

    /// <summary>Ends the record that the log ends with, or that the next line is no part of.</summary>
    public bool TryEnd()
    {
        bool isWhole = !_isDone && _hasMessage;
        DropCut();
        _isDone = true;
        _nextForm = RecordForm.None;
        return isWhole;
    }

    /// <summary>Fills in what an export or a verbose record tells beside its message.</summary>
    public void Describe(ref Envelope envelope)
    {
        envelope.Host = _host.AsSpan(0, _hostLength);
        envelope.UptimeMicroseconds = _uptime;
        envelope.Wall = _wall;
        envelope.Origin = _origin;
        envelope.Sequence = _sequence;
    }

    /// <summary>Forgets the log.</summary>
    public void Reset()
    {
        Clear();
        _isSeen = false;
    }

    public void Clear()
    {
        _form = _nextForm = RecordForm.None;
        _length = _hostLength = _depth = LinesSinceMessage = 0;
        _uptime = _sequence = -1;
        _wall = default;
        _origin = EnvelopeOrigin.Unknown;
        _hasMessage = _isInMessage = _isInBytes = _isDone = _isTooLong = _isCut = false;
    }

    /// <summary>Reads the record again that the skipped text ends in the middle of: time and host may stand before the line that matters.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="isKmsg">Whether the log is known to be kmsg, which has no records of many lines but netconsole's.</param>
    public bool TryResume(ReadOnlySpan<byte> lines, long offset, bool isKmsg)
    {
        ReadOnlySpan<byte> last = LastLine(lines);
        bool mayBeInside = IsOpen || (isKmsg ? NetconsoleFragment.MayBe(last) : _isSeen || MayBeInside(last) || (!IsLikeOrdinary(last) && HasBeginning(lines)));
        if (!mayBeInside)
        {
            return false;
        }

        int floor = Math.Max(0, lines.Length - MaxRecordLength);
        int start = lines.Length;
        for (int stop = lines.Length - 1; stop >= floor; stop = start - 1)
        {
            start = lines[..stop].LastIndexOf((byte)'\n') + 1;
            if (FormOf(LineReader.Trim(lines[start..stop])) is var form && form != RecordForm.None && (!isKmsg || form == RecordForm.Fragments))
            {
                Clear();
                Take(lines[start..], offset + start);
                return IsOpen;
            }

            if (start == 0)
            {
                break;
            }
        }

        if (!IsOpen || floor > 0)
        {
            // What a record had begun before is long over.
            Clear();
            return false;
        }

        Take(lines, offset);
        return IsOpen;
    }

    /// <summary>Tells whether a line may stand inside a record, where none was met before.</summary>
    private static bool MayBeInside(ReadOnlySpan<byte> line) => line.Contains((byte)0) || line.SequenceEqual("MESSAGE"u8)
        || line is [(byte)'"' or (byte)'{' or (byte)'}' or (byte)'\t', ..] or [(byte)' ', (byte)' ', (byte)' ', ..] || FormOf(line) != RecordForm.None
        || (line.IndexOf((byte)'=') is > 0 and < 64 and var equals && !line[..equals].Contains((byte)' '));

    /// <summary>Tells by its first bytes a line of nearly all logs, behind which nobody looks for the beginning of a record: a stamp, a priority, a time.</summary>
    private static bool IsLikeOrdinary(ReadOnlySpan<byte> line) =>
        line is [(byte)'[' or (byte)'<' or (>= (byte)'0' and <= (byte)'9'), ..] or [_, _, _, (byte)' ', ..];

    private static bool HasBeginning(ReadOnlySpan<byte> lines)
    {
        ReadOnlySpan<byte> end = lines[^Math.Min(lines.Length, MaxRecordLength)..];
        return end.LastIndexOf("__CURSOR="u8) >= 0 || end.LastIndexOf("{\n"u8) >= 0;
    }

    private static ReadOnlySpan<byte> LastLine(ReadOnlySpan<byte> lines) => LineReader.Trim(lines[(lines[..^1].LastIndexOf((byte)'\n') + 1)..^1]);

    /// <summary>Hands lines to the record they belong to; records that end among them matter to nobody.</summary>
    private void Take(ReadOnlySpan<byte> lines, long offset)
    {
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            TryTake(LineReader.Trim(lines[..end]), offset, out _);
            lines = lines[(end + 1)..];
            offset += end + 1;
        }
    }

    public void Dispose() => _buffer.Dispose();

    private void Begin(RecordForm form, ReadOnlySpan<byte> line, long offset)
    {
        Clear();
        _form = form;
        _isSeen |= form != RecordForm.None;
        _start = MessageOffset = offset;
        if (form == RecordForm.PrettyJson)
        {
            Append("{"u8);
        }
        else if (form == RecordForm.Fragments)
        {
            BeginFragments(line);
        }
        else if (form == RecordForm.Verbose && line.Length > 4)
        {
            // "Mon 2026-11-23 18:00:57.082318 UTC [s=…]"
            int taken = WallClockText.TakeIso(line[4..], (byte)' ', out _wall, out _);
            _wall = taken > 0 && line[(4 + taken)..].StartsWith(" UTC "u8) ? _wall with { HasOffset = true } : _wall;
        }
    }

    /// <summary>Gives the record up whose part a line is not; the line may begin another.</summary>
    private bool TakeAsFirst(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        Clear();
        return TryTake(line, offset, out isWhole);
    }

    private void BeginNext()
    {
        RecordForm form = _nextForm;
        Begin(form, _nextLine.AsSpan(0, _nextLength), _nextOffset);
        LinesSinceMessage = form == RecordForm.None ? 0 : 1;
    }

    /// <summary>Hands the record out; the line that ended it is kept where it begins another.</summary>
    private void End(RecordForm next, ReadOnlySpan<byte> line, long offset)
    {
        _isDone = true;
        (_nextForm, _nextOffset, _nextLength) = (next, offset, Math.Min(line.Length, MaxNextLength));
        line[.._nextLength].CopyTo(_nextLine);
    }

    private bool TakeVerbose(ReadOnlySpan<byte> line, long offset, out bool isWhole)
    {
        const int Indent = 4;
        const int MessageIndent = 12;
        if (line.Length <= Indent || line[..Indent].ContainsAnyExcept((byte)' '))
        {
            isWhole = _hasMessage;
            RecordForm next = FormOf(line);
            End(next, line, offset);
            return isWhole || next != RecordForm.None;
        }

        isWhole = false;
        if (_isInMessage && line.Length >= MessageIndent && !line[..MessageIndent].ContainsAnyExcept((byte)' '))
        {
            Append("\n"u8);
            Append(line[MessageIndent..]);
        }
        else
        {
            TakeField(line[Indent..], offset);
        }

        return true;
    }

    private void TakeField(ReadOnlySpan<byte> field, long offset)
    {
        _isInMessage = false;
        int equals = field.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return;
        }

        ReadOnlySpan<byte> key = field[..equals];
        ReadOnlySpan<byte> value = field[(equals + 1)..];
        if (key.SequenceEqual("MESSAGE"u8))
        {
            (_hasMessage, _isInMessage) = (true, _form == RecordForm.Verbose);
            (MessageOffset, LinesSinceMessage) = (offset, 0);
            Append(value);
        }
        else if (key.SequenceEqual("_HOSTNAME"u8) && value.Length <= _host.Length)
        {
            _hostLength = value.Length;
            value.CopyTo(_host);
        }
        else if (key.SequenceEqual("_SOURCE_MONOTONIC_TIMESTAMP"u8))
        {
            _uptime = JsonEnvelope.ReadMicroseconds(value);
        }
        else if (key.SequenceEqual("__REALTIME_TIMESTAMP"u8))
        {
            _wall = WallClockText.FromUnixMicroseconds(value);
        }
        else if (key.SequenceEqual("SYSLOG_IDENTIFIER"u8))
        {
            _origin = SyslogEnvelope.IsKernel(value) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, MaxRecordLength - _length);
        _isTooLong |= length < text.Length;
        text[..length].CopyTo(_buffer.GetSpan(MaxRecordLength)[_length..]);
        _length += length;
    }
}
