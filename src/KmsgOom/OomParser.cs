using System.Buffers;
using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Turns the bytes of a kernel log into OOM events: no I/O, nothing allocated in steady state, resumable because it is its own state.</summary>
/// <remarks>
/// <para>The contract:</para>
/// <list type="number">
/// <item><see cref="TryRead"/> consumes every complete line it looked at and none of an incomplete one (but for lines over the limit).</item>
/// <item>The same bytes give the same events, however they are cut.</item>
/// <item>No input makes a parser throw, loop, or grow past <see cref="OomParserLimits.MaxBufferedBytes"/>.</item>
/// <item><c>isFinalBlock: true</c> flushes an unfinished report with <see cref="OomEventView.IsComplete"/> false, then returns false until <see cref="Reset"/>.</item>
/// <item>A stale view throws <see cref="InvalidOperationException"/>.</item>
/// <item>Steady state allocates nothing until <see cref="OomEventView.ToEvent"/>.</item>
/// <item>Instances are not thread-safe; different instances share nothing.</item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// using var parser = new OomParser();
/// while (parser.TryRead(ref buffer, isFinalBlock: false, out OomEventView oom))
/// {
///     Handle(oom);
/// }
/// </code>
/// </example>
public sealed partial class OomParser : IDisposable
{
    private readonly LineReader _lines;
    private readonly EnvelopeParser _envelopes;
    private readonly ReportAssembler _assembler;
    private readonly LineRun _run;

    /// <summary>The report behind the view handed out last; it goes back to the pool at the next read.</summary>
    private OomReport? _delivered;
    private long _events;
    private bool _isFinished;
    private bool _isDisposed;

    /// <summary>Makes a parser.</summary>
    /// <param name="options">What is known of the log; null for nothing.</param>
    public OomParser(OomParserOptions? options = null)
    {
        Options = options ?? OomParserOptions.Default;
        _lines = new LineReader(Options.Limits.MaxLineBytes);
        _envelopes = new EnvelopeParser(Options.Format, Options.LogDate ?? DateOnly.FromDateTime(DateTime.UtcNow));
        _assembler = new ReportAssembler(Options, _envelopes);
        _run = new LineRun(_lines, _envelopes, _assembler);
    }

    /// <summary>Gets what was read so far.</summary>
    public OomParserCounters Counters => new()
    {
        Bytes = _lines.Bytes,
        Lines = _lines.Lines,
        Events = _events,
        MalformedLines = _assembler.MalformedLines,
        OverlongLines = _lines.OverlongLines,
        OrphanReaperLines = _assembler.OrphanReaperLines,
        SuppressedReports = _assembler.SuppressedReports,
        DuplicateReports = _assembler.Reports.Copies,
        LimitHits = _assembler.Reports.LimitHits,
        KernelLines = _envelopes.KernelLines,
        Wrappers = _envelopes.Wrappers,
        Encoding = _lines.Encoding,
    };

    internal OomParserOptions Options { get; }

    /// <summary>Gets or sets whether text that cannot matter is passed over unread; off only to prove that it makes no difference.</summary>
    internal bool CanSkip { get; init; } = true;

    /// <summary>Gets the number that a view must carry to be alive.</summary>
    internal int Version { get; private set; }

    /// <summary>Reads on until an event is ready.</summary>
    /// <param name="utf8Log">The bytes at hand; moved behind the lines that were consumed.</param>
    /// <param name="isFinalBlock">Whether nothing comes after these bytes.</param>
    /// <param name="oomEvent">The event, valid until the next read on this parser.</param>
    /// <returns>False where the bytes at hand hold no further event: come back with what is left and more.</returns>
    /// <exception cref="ObjectDisposedException">The parser was disposed of.</exception>
    public bool TryRead(scoped ref ReadOnlySequence<byte> utf8Log, bool isFinalBlock, out OomEventView oomEvent)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Version++;
        if (_delivered is { } delivered)
        {
            _assembler.Reports.Release(delivered);
            _delivered = null;
        }

        if (TryDeliver(out oomEvent))
        {
            return true;
        }

        if (_isFinished)
        {
            return false;
        }

        LineSource source = new(utf8Log);
        bool isReady = false;
        while (!isReady)
        {
            bool mayBeFolded = _folded.IsLiveAt(_lines.Bytes);
            if (CanSkip && !mayBeFolded && _assembler.IsInside && _assembler.Reports.HasOpen)
            {
                _run.Read(ref source);
                if (TryDeliver(out oomEvent))
                {
                    isReady = true;
                    break;
                }
            }
            else if (CanSkip && !_assembler.MayBeginInTable && !mayBeFolded && !_assembler.NeedsNextLine(_lines.Bytes) && !_envelopes.NeedsNextLine(_lines.Bytes))
            {
                _lines.Skip(ref source, _envelopes);
            }

            (long before, int lengthBefore) = (_lines.LineOffset, _lines.LineLength);
            if (!_lines.TryRead(ref source, isFinalBlock, out ReadOnlySpan<byte> line))
            {
                break;
            }

            if (!mayBeFolded || !TryAcceptFolded(line))
            {
                bool mayShowWidth = MayShowWidth(before);
                if (Accept(line, _lines.Lines, _lines.LineOffset) && mayShowWidth)
                {
                    _folded.NoteCut(lengthBefore, _lines.LineOffset);
                }
            }

            isReady = TryDeliver(out oomEvent);
        }

        utf8Log = source.Remaining;
        if (!isReady && isFinalBlock)
        {
            _isFinished = true;
            ReleaseHeld();
            if (_envelopes.TryEnd(out Envelope last))
            {
                Accept(in last, _lines.Lines, _lines.LineOffset);
            }

            _assembler.Reports.EndAll();
            isReady = TryDeliver(out oomEvent);
        }

        return isReady;
    }

    /// <summary>Forgets everything that was read, so that another log may follow.</summary>
    public void Reset()
    {
        Version++;
        if (_delivered is { } delivered)
        {
            _assembler.Reports.Release(delivered);
            _delivered = null;
        }

        _lines.Reset();
        _envelopes.Reset();
        _assembler.Reset();
        _folded.Reset();
        _events = 0;
        _isFinished = false;
    }

    /// <summary>Returns the pooled memory. Views must not be used any more.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            Version++;
            _isDisposed = true;
            _lines.Dispose();
            _envelopes.Dispose();
            _assembler.Dispose();
        }
    }

    /// <summary>Takes a line; tells whether it has no wrapper, nor blanks in its place.</summary>
    private bool Accept(ReadOnlySpan<byte> line, long number, long offset)
    {
        if (_envelopes.TryEndBefore(line, offset, out Envelope ended))
        {
            Accept(in ended, number - 1, offset);
        }

        if (!_envelopes.Parse(line, offset, out Envelope envelope))
        {
            return false;
        }

        // A program that quotes a report did not write it; and a record has its line feeds.
        if (!JoinedLines.MayBegin(line) || envelope.Origin == EnvelopeOrigin.Program || (envelope.IsRecord && !envelope.IsFollowed) || !TryAcceptJoined(line, in envelope, number, offset))
        {
            Accept(in envelope, number, offset);
        }

        return envelope is { Wrappers: KernelLogWrappers.None, IsContinuation: false, Origin: EnvelopeOrigin.Unknown, Message.IsEmpty: false };
    }

    /// <summary>Takes a line that holds many; on its own, since what it keeps on the stack is cleared at each call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcceptJoined(ReadOnlySpan<byte> line, scoped in Envelope envelope, long number, long offset)
    {
        if (!JoinedLines.TryBegin(line, out JoinedLines joined))
        {
            return false;
        }

        while (joined.TryTake(out ReadOnlySpan<byte> part))
        {
            if (joined.Form == JoinedForm.Stamped)
            {
                _envelopes.ParsePart(part, in envelope, out Envelope inner);
                Accept(in inner, number, offset);
            }
            else if (joined.Form == JoinedForm.Objects ? _envelopes.Parse(part, offset, out Envelope record) : _envelopes.ParseString(part, offset, out record))
            {
                // An object may hold a list of them.
                if (joined.Form != JoinedForm.Objects || record.IsRecord || part.Length == line.Length || !TryAcceptJoined(part, in record, number, offset))
                {
                    Accept(in record, number, offset);
                }
            }
        }

        return true;
    }

    private void Accept(scoped in Envelope envelope, long number, long offset) =>
        _assembler.Accept(in envelope, number - envelope.LinesBack, envelope.RecordOffset ?? offset);

    private bool TryDeliver(out OomEventView oomEvent)
    {
        if (!_assembler.Reports.IsReady || !_assembler.Reports.TryTake(out OomReport? report))
        {
            oomEvent = default;
            return false;
        }

        _delivered = report;
        _events++;
        oomEvent = new OomEventView(this, report!);
        return true;
    }
}
