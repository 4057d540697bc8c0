using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Files;

/// <summary>Parses a file from a cut on, slice by slice.</summary>
internal sealed class SliceParser : IDisposable
{
    private readonly SliceReader _slices;
    private readonly CancellationToken _stopping;
    private ReadOnlySequence<byte> _rest;
    private bool _hasRest;
    private volatile bool _isUnwanted;

    public SliceParser(SafeFileHandle file, FileCuts cuts, long start, OomParser parser, BufferPool buffers, CancellationToken stopping)
    {
        (Start, Parser, _stopping) = (start, parser, stopping);
        _slices = new SliceReader(file, cuts.SliceLength, start, buffers);
    }

    /// <summary>Gets the cut; the first line that begins there or behind is the first that is parsed.</summary>
    public long Start { get; }

    public OomParser Parser { get; }

    /// <summary>Gets the slices, behind the last of which the parser stands once <see cref="TryRead"/> said no.</summary>
    public SliceReader Slices => _slices;

    /// <summary>Gets whether the first line was found: a cut may stand in a line that goes on and on.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Gets whether the file is over.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Gets the wrappers seen in each slice; null where nobody asks for slices, and the parser has them all.</summary>
    public List<KernelLogWrappers>? Wrappers { get; init; }

    /// <summary>Reads on until an event is ready; false where there is none before the slice that ends at <paramref name="end"/> or behind it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants events any more.</exception>
    public bool TryRead(long end, out OomEventView oomEvent)
    {
        while (true)
        {
            if (_hasRest)
            {
                if (Parser.TryRead(ref _rest, _slices.IsLast, out oomEvent))
                {
                    return true;
                }

                EndSlice();
            }

            if (IsFinished || _slices.End >= end)
            {
                oomEvent = default;
                return false;
            }

            ShowNext(Parser.Position);
        }
    }

    /// <summary>Shows the next slice to the parser; what stands behind <paramref name="kept"/> is kept for somebody else.</summary>
    public void ShowNext(long kept)
    {
        _stopping.ThrowIfCancellationRequested();
        if (_isUnwanted)
        {
            throw new OperationCanceledException();
        }

        if (IsStarted)
        {
            _slices.Release(Math.Min(kept, Parser.Position));
        }

        _slices.MoveNext();
        if (!IsStarted && !TryStart())
        {
            return;
        }

        _rest = _slices.From(Parser.Position);
        _hasRest = true;
    }

    /// <summary>Makes whoever reads stop soon.</summary>
    public void Stop() => _isUnwanted = true;

    public void Dispose() => _slices.Dispose();

    private bool TryStart()
    {
        if (Start > 0)
        {
            long line = _slices.FindLine(Start, _slices.StartsLine);
            if (line < 0)
            {
                // Nobody parses on from here; a parser that comes from before does.
                IsFinished = true;
                return false;
            }

            Parser.StartAt(line, lines: 0);
        }

        IsStarted = true;
        return true;
    }

    private void EndSlice()
    {
        _hasRest = false;
        _rest = default;
        IsFinished = _slices.IsLast;
        Wrappers?.Add(Parser.TakeWrappers());
    }
}
