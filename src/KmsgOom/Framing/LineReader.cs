using System.Buffers;
using System.Diagnostics;

namespace KmsgOom.Framing;

/// <summary>Cuts bytes into lines: knows line ends, byte-order marks and segments, and nothing of kernels.</summary>
/// <remarks>
/// A line ends at LF, CR LF or CR CR LF. An incomplete line is left where it is; the search for its end resumes where the
/// last one stopped, so that long lines that come in crumbs stay linear. Of a line longer than the limit the first part is
/// handed out and the rest is consumed as it comes.
/// </remarks>
internal sealed class LineReader(int maxLineBytes) : IDisposable
{
    private readonly ScratchBuffer _scratch = new();
    private readonly ScratchBuffer _transcoded = new();

    /// <summary>How many bytes of the incomplete line are known to hold no line end.</summary>
    private long _searched;

    /// <summary>Whether the rest of an overlong line is being dropped.</summary>
    private bool _isDroppingRest;

    private bool _isStarted;

    public KernelLogEncoding Encoding { get; private set; }

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public long OverlongLines { get; private set; }

    /// <summary>Gets the offset of the first byte of the line handed out last.</summary>
    public long LineOffset { get; private set; }

    /// <summary>Hands out the next line without its end; false where there is no complete one.</summary>
    public bool TryRead(scoped ref LineSource source, bool isFinalBlock, out ReadOnlySpan<byte> line)
    {
        if (!_isStarted && !TryStart(ref source, isFinalBlock))
        {
            line = default;
            return false;
        }

        if (_searched == 0 && !_isDroppingRest && Encoding is not (KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian))
        {
            ReadOnlySpan<byte> rest = source.First[source.Position..];
            int end = rest.IndexOf((byte)'\n');
            if ((uint)end <= (uint)maxLineBytes)
            {
                line = Trim(rest[..end]);
                source.Position += end + 1;
                LineOffset = Bytes;
                Bytes += end + 1;
                Lines++;
                return true;
            }
        }

        return TryReadSlow(ref source, isFinalBlock, out line);
    }

    /// <summary>Moves on to the next line that may matter, counting the lines on the way; the last line before it is handed to an observer.</summary>
    /// <param name="source">The bytes; afterwards they begin with a line that may matter, or with one that is not complete.</param>
    /// <param name="observer">Told of the complete lines that are passed over, so that the wrapper of the last of them is known.</param>
    public void Skip<TObserver>(scoped ref LineSource source, TObserver observer)
        where TObserver : ISkipObserver
    {
        if (!_isStarted || _searched > 0 || _isDroppingRest || Encoding is KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian)
        {
            return;
        }

        while (true)
        {
            // A window no longer than the longest line: what is longer takes the other path, and is counted there.
            ReadOnlySpan<byte> window = source.First[source.Position..];
            window = window[..Math.Min(window.Length, maxLineBytes)];
            int end = window.LastIndexOf((byte)'\n') + 1;
            if (end == 0)
            {
                return;
            }

            ReadOnlySpan<byte> lines = window[..end];
            int hit = SkipAhead.Find(lines, out int lineFeeds);
            int skipped = hit < 0 ? end : lines[..hit].LastIndexOf((byte)'\n') + 1;
            if (skipped > 0)
            {
                observer.OnSkipped(lines[..skipped], Bytes);
                source.Position += skipped;
                Bytes += skipped;
                Lines += lineFeeds;
            }

            if (hit >= 0)
            {
                return;
            }
        }
    }

    public void Reset()
    {
        _searched = 0;
        _isDroppingRest = false;
        _isStarted = false;
        Encoding = KernelLogEncoding.Utf8;
        Bytes = Lines = OverlongLines = LineOffset = 0;
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _transcoded.Dispose();
    }

    private bool TryStart(scoped ref LineSource source, bool isFinalBlock)
    {
        ReadOnlySequence<byte> remaining = source.Remaining;
        Span<byte> head = stackalloc byte[FileMagic.MaxLength];
        int length = (int)Math.Min(remaining.Length, head.Length);
        remaining.Slice(0, length).CopyTo(head);
        if (!FileMagic.TryRecognise(head[..length], isFinalBlock, out KernelLogEncoding encoding, out int markLength))
        {
            return false;
        }

        Encoding = encoding;
        source.Advance(markLength);
        Bytes = markLength;
        _isStarted = true;
        return true;
    }

    private bool TryReadSlow(scoped ref LineSource source, bool isFinalBlock, out ReadOnlySpan<byte> line)
    {
        bool isUtf16 = Encoding is KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian;
        int unit = isUtf16 ? 2 : 1;
        long limit = maxLineBytes * (long)unit;
        while (true)
        {
            ReadOnlySequence<byte> remaining = source.Remaining;

            // A caller that did not hand in what was left again gets wrong lines, but no exception.
            _searched = Math.Min(_searched, remaining.Length);
            long end = isUtf16 ? IndexOfUtf16LineEnd(remaining, _searched) : IndexOfLineEnd(remaining, _searched);
            if (_isDroppingRest)
            {
                // In UTF-16 an odd last byte belongs to a unit that is not there yet.
                long dropped = end < 0 ? remaining.Length - (isFinalBlock ? 0 : remaining.Length % unit) : end + unit;
                Consume(ref source, dropped);
                if (end < 0)
                {
                    line = default;
                    return false;
                }

                _isDroppingRest = false;
                continue;
            }

            if (end < 0 && remaining.Length <= limit && (!isFinalBlock || remaining.IsEmpty))
            {
                _searched = remaining.Length - (remaining.Length % unit);
                line = default;
                return false;
            }

            long length = end < 0 ? remaining.Length : end;
            if (length > limit)
            {
                length = limit;
                OverlongLines++;
                _isDroppingRest = end < 0;
            }

            ReadOnlySequence<byte> taken = remaining.Slice(0, length);
            ReadOnlySpan<byte> raw = taken.IsSingleSegment ? First(taken) : _scratch.Copy(taken);
            line = Trim(isUtf16 ? Utf16Lines.Transcode(raw, Encoding, _transcoded) : raw);
            LineOffset = Bytes;
            Lines++;
            Consume(ref source, end < 0 ? length : end + unit);
            return true;
        }
    }

    // The memory of the sequence outlives the call of TryRead that this line is used in.
    private static ReadOnlySpan<byte> First(ReadOnlySequence<byte> sequence) => sequence.First.Span;

    private void Consume(scoped ref LineSource source, long count)
    {
        source.Advance(count);
        Bytes += count;
        _searched = 0;
        Debug.Assert(Bytes >= LineOffset, "Lines are handed out in order.");
    }

    private static long IndexOfLineEnd(scoped in ReadOnlySequence<byte> sequence, long from)
    {
        long passed = from;
        foreach (ReadOnlyMemory<byte> segment in sequence.Slice(from))
        {
            int at = segment.Span.IndexOf((byte)'\n');
            if (at >= 0)
            {
                return passed + at;
            }

            passed += segment.Length;
        }

        return -1;
    }

    private long IndexOfUtf16LineEnd(scoped in ReadOnlySequence<byte> sequence, long from)
    {
        bool isLowFirst = Encoding == KernelLogEncoding.Utf16LittleEndian;
        long passed = from;
        byte first = 0;
        foreach (ReadOnlyMemory<byte> segment in sequence.Slice(from))
        {
            foreach (byte value in segment.Span)
            {
                if (passed % 2 == 0)
                {
                    first = value;
                }
                else if (isLowFirst ? first == '\n' && value == 0 : first == 0 && value == '\n')
                {
                    return passed - 1;
                }

                passed++;
            }
        }

        return -1;
    }

    /// <summary>Takes away carriage returns at the end and the NULs that a crash leaves around a line.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        while (line is [.., (byte)'\r' or 0])
        {
            line = line[..^1];
        }

        while (line is [0, ..])
        {
            line = line[1..];
        }

        return line;
    }
}
