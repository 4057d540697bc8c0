using System.Buffers;
using KmsgOom.Reports;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Files;

/// <summary>Parses a part of a file as if the log began there, and goes on behind it until nothing shows any more that it did not begin with the next part.</summary>
internal sealed class ChunkRun(ParserPool parsers, SafeFileHandle file, FileCuts cuts, long start, long end, CancellationToken stopping) : IDisposable
{
    private const int BytesPerLine = 100;

    // The text of the events that wait for their turn; owned events take about twice as much.
    private readonly long _maxHeldLength = (Math.Min(end - start, cuts.MaxChunkLength) * cuts.DensePercent / 100) + 1;
    private readonly long _maxMeetLength = Math.Min(end - start, cuts.MaxChunkLength / 4);

    private readonly SliceParser _slices = new(file, cuts, start, parsers.Rent(), parsers.Buffers, stopping) { Wrappers = [] };
    private long _heldLength;

    /// <summary>Gets how far slices were read.</summary>
    public long Position => _slices.Slices.End;

    /// <summary>Gets where the part ends; the next one begins there.</summary>
    public long End { get; private set; } = end;

    public long Start => _slices.Start;

    public OomParser Parser => _slices.Parser;

    public BootClock Boot => Parser.Reports.Boot;

    public SuppressedReports Suppressed => Parser.Reports.Suppressed;

    /// <summary>Gets whether the part has a beginning: a line may be longer than it.</summary>
    public bool IsStarted => _slices.IsStarted;

    /// <summary>Gets whether the file is over.</summary>
    public bool IsFinished => _slices.IsFinished;

    /// <summary>Gets whether it stopped before its end, since too many events wait; <see cref="Run"/> goes on.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Gets where it met the parser of the next part; null where it did not.</summary>
    public Meeting? Meeting { get; private set; }

    /// <summary>Gets why the file cannot be read any further; null while it can.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Gets the events; the lines are counted from the first line of the part.</summary>
    public List<OomEvent> Events { get; } = [];

    /// <summary>Gets the wrappers seen in each slice.</summary>
    public List<KernelLogWrappers> Wrappers => _slices.Wrappers!;

    /// <summary>Goes on to the end, and until the parser of the next part is met.</summary>
    /// <param name="mayMeet">Whether there is a next part.</param>
    public void Run(bool mayMeet)
    {
        try
        {
            _heldLength = 0;
            Boot.Notes ??= [];
            IsPaused = !Read(End);
            Meeting = mayMeet && !IsPaused && !IsFinished ? Meet() : null;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failure = exception;
        }
    }

    /// <summary>Goes on into the next part, whose parser was not met.</summary>
    public void Extend(long to, bool mayMeet)
    {
        End = Math.Max(to, End);
        Run(mayMeet);
    }

    /// <summary>Goes on to the next event, which waits for no other; to an offset where there is none before.</summary>
    public void ReadOne(long to)
    {
        try
        {
            if (_slices.TryRead(to, out OomEventView view))
            {
                Events.Add(view.ToEvent());
            }
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failure = exception;
        }
    }

    /// <summary>Stops soon: nobody wants the events.</summary>
    public void Stop() => _slices.Stop();

    public void Dispose()
    {
        _slices.Dispose();
        parsers.Return(Parser);
    }

    private static bool IsExpected(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Reads to the slice that ends at an offset; false where too many events wait.</summary>
    private bool Read(long to)
    {
        while (_heldLength < _maxHeldLength)
        {
            if (!_slices.TryRead(to, out OomEventView view))
            {
                return true;
            }

            OomEvent oomEvent = view.ToEvent();
            _heldLength += (oomEvent.Source.LineCount + 1) * BytesPerLine;
            Events.Add(oomEvent);
        }

        return false;
    }

    /// <summary>Reads behind the end together with a parser that begins there, as the one of the next part did.</summary>
    private Meeting? Meet()
    {
        SliceReader slices = _slices.Slices;
        bool startsLine = slices.EndsLine;
        if (slices.End != End)
        {
            // It is behind already, after a part that was not met.
            return null;
        }

        long lines = Parser.LineCount + (Parser.Position < End ? 1 : 0);
        long limit = End + _maxMeetLength;
        OomParser cold = parsers.Rent();
        try
        {
            cold.Reports.Boot.Notes = [];
            for (int count = 1; slices.End < limit; count++)
            {
                _slices.ShowNext(count == 1 ? End : cold.Position);
                if (count == 1)
                {
                    long line = slices.FindLine(End, startsLine);
                    if (line < 0)
                    {
                        return null;
                    }

                    cold.StartAt(line, lines);
                }

                ReadOnlySequence<byte> rest = slices.From(cold.Position);
                while (cold.TryRead(ref rest, slices.IsLast, out _))
                {
                    // The parser of the next part has made an event of it.
                }

                if (!Read(slices.End))
                {
                    ReadRest(slices.End);
                }

                if (IsFinished)
                {
                    return null;
                }

                if (Parser.IsSameStateAs(cold))
                {
                    return MakeMeeting(cold, lines, count);
                }
            }

            return null;
        }
        finally
        {
            parsers.Return(cold);
        }
    }

    private void ReadRest(long to)
    {
        do
        {
            _heldLength = 0;
        }
        while (!Read(to));
    }

    private static Meeting MakeMeeting(OomParser cold, long lines, int slices)
    {
        BootClock boot = new();
        boot.CopyFrom(cold.Reports.Boot);
        SuppressedReports suppressed = new();
        suppressed.CopyFrom(cold.Reports.Suppressed);
        return new Meeting
        {
            Lines = lines,
            Slices = slices,
            Counters = cold.Counters,
            Boot = boot,
            BootReads = cold.Reports.Boot.Reads,
            BootNotes = cold.Reports.Boot.Notes!.Count,
            Suppressed = suppressed,
            SuppressedUses = cold.Reports.Suppressed.Uses,
        };
    }
}
