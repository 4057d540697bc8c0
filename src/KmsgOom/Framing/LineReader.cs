using System.Buffers;
using System.Diagnostics;

namespace KmsgOom.Framing;

/// <summary>Cuts bytes into lines: knows line ends, byte-order marks and segments, and nothing of kernels.</summary>
/// <remarks>
/// A line ends at LF, CR LF or CR CR LF. An incomplete line is left where it is; the search for its end resumes where the
/// last one stopped, so that long lines that come in crumbs stay linear. Of a line longer than the limit the first part is
/// handed out and the rest is consumed as it comes.
/// </remarks>
internal sealed partial class LineReader(int maxLineBytes) : IDisposable
{
    private readonly ScratchBuffer _scratch = new();
    private readonly ScratchBuffer _transcoded = new();

    /// <summary>How many bytes of the incomplete line are known to hold no line end.</summary>
    private long _searched;

    /// <summary>Whether the rest of an overlong line is being dropped.</summary>
    private bool _isDroppingRest;

    private bool _isStarted;

    /// <summary>Whether the record handed out last ended where another began, on the same line.</summary>
    private bool _isInsideLine;

    /// <summary>Whether the bytes at hand begin a forwarded record whose end is not there yet.</summary>
    private bool _isInRecord;

    public KernelLogEncoding Encoding { get; private set; }

    public int MaxLineBytes => maxLineBytes;

    /// <summary>Gets whether the bytes at hand are lines as they stand: nothing is begun that they would go on with.</summary>
    public bool IsPlain => _isStarted && _searched == 0 && !_isDroppingRest && !_isInsideLine && !_isInRecord
        && Encoding is not (KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian);

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public long OverlongLines { get; private set; }

    /// <summary>Gets the offset of the first byte of the line handed out last.</summary>
    public long LineOffset { get; private set; }

    /// <summary>Gets the length of that line as it was handed out.</summary>
    public int LineLength { get; private set; }

    /// <summary>Hands out the next line without its end; false where there is no complete one.</summary>
    public bool TryRead(scoped ref LineSource source, bool isFinalBlock, out ReadOnlySpan<byte> line)
    {
        if (!_isStarted && !TryStart(ref source, isFinalBlock))
        {
            line = default;
            return false;
        }

        if ((_searched == 0 || _isInRecord) && !_isDroppingRest && Encoding is not (KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian))
        {
            ReadOnlySpan<byte> rest = source.First[source.Position..];
            bool mayBeForwarded = MayBeForwarded(rest) || rest.IsEmpty || _isInsideLine || _isInRecord;
            int end = mayBeForwarded ? -1 : rest.IndexOf((byte)'\n');
            if ((uint)end <= (uint)maxLineBytes && SyslogFrames.IndexOfFrame(rest[..end]) < 0)
            {
                line = Trim(rest[..end]);
                source.Position += end + 1;
                LineOffset = Bytes;
                LineLength = line.Length;
                Bytes += end + 1;
                Lines += _isInsideLine ? 0 : 1;
                _isInsideLine = false;
                return true;
            }

            if (mayBeForwarded && TryReadRecord(ref source, isFinalBlock, out line) is { } isRead)
            {
                return isRead;
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
        // Records that follow each other on a line may do so to the end of the log: no line end is looked for at each of them.
        if (!_isStarted || _searched > 0 || _isDroppingRest || _isInsideLine || Encoding is KernelLogEncoding.Utf16LittleEndian or KernelLogEncoding.Utf16BigEndian)
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

    /// <summary>Moves behind whole lines that were read from the source without asking for each.</summary>
    public void Pass(scoped ref LineSource source, int bytes, long count, long lastOffset)
    {
        source.Position += bytes;
        Bytes += bytes;
        Lines += count;
        LineLength = (int)(Bytes - lastOffset - 1);
        LineOffset = lastOffset;
    }

    public void Reset()
    {
        _searched = 0;
        _isDroppingRest = false;
        _isStarted = _isInsideLine = _isInRecord = false;
        Encoding = KernelLogEncoding.Utf8;
        Bytes = Lines = OverlongLines = LineOffset = LineLength = 0;
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
            return TryRead(ref source, isFinalBlock, out line);
        }

        if (end < 0 && remaining.Length <= limit && (!isFinalBlock || remaining.IsEmpty))
        {
            _searched = remaining.Length - (remaining.Length % unit);
            line = default;
            return false;
        }

        long length = end < 0 ? remaining.Length : end;
        ReadOnlySequence<byte> taken = remaining.Slice(0, Math.Min(length, limit));
        ReadOnlySpan<byte> raw = taken.IsSingleSegment ? First(taken) : _scratch.Copy(taken);
        int frame = isUtf16 ? -1 : SyslogFrames.IndexOfFrame(raw);
        bool isOverlong = frame < 0 && length > limit;
        raw = frame < 0 ? raw : raw[..frame];
        line = Trim(isUtf16 ? Utf16Lines.Transcode(raw, Encoding, _transcoded) : raw);
        LineOffset = Bytes;
        LineLength = line.Length;
        Lines += _isInsideLine ? 0 : 1;
        OverlongLines += isOverlong ? 1 : 0;
        _isInsideLine = frame >= 0;
        _isDroppingRest = isOverlong && end < 0;
        Consume(ref source, frame >= 0 ? frame : end < 0 ? taken.Length : end + unit);
        return true;
    }

    /// <summary>Tells by a byte or two whether a line may be a forwarded record, which ends where the next begins.</summary>
    private static bool MayBeForwarded(ReadOnlySpan<byte> rest) => rest is [(byte)'<', ..] and not [_, _, (byte)'>', (byte)'[', ..] and not [_, _, _, (byte)'>', (byte)'[', ..]
        || (rest is [>= (byte)'1' and <= (byte)'9', ..] && MayBeLength(rest[..Math.Min(rest.Length, 9)]));

    // "123 <": the length of a frame, or as much of it as there is.
    private static bool MayBeLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length < 9 : text[end] == ' ' && (end + 1 == text.Length || text[end + 1] == '<');
    }

    /// <summary>Hands out a forwarded record; null where the bytes are none, or the record ends with its line.</summary>
    private bool? TryReadRecord(scoped ref LineSource source, bool isFinalBlock, out ReadOnlySpan<byte> line)
    {
        ReadOnlySequence<byte> remaining = source.Remaining;
        long whole = Math.Min(remaining.Length, maxLineBytes);

        // A record mostly ends in the segment where it begins; of the others no more is copied than it takes.
        long length = Math.Min(whole, Math.Max(source.First.Length - source.Position, 1));
        while (true)
        {
            ReadOnlySequence<byte> window = remaining.Slice(0, length);
            bool isAll = (isFinalBlock && length == remaining.Length) || (length == whole && remaining.Length > whole);
            ReadOnlySpan<byte> text = window.IsSingleSegment ? First(window) : _scratch.Copy(window);
            bool? isRead = TryCutRecord(text, isAll, out line, out int end);
            if (isRead == true)
            {
                bool endsLine = end < text.Length && text[end] == '\n';
                LineOffset = Bytes;
                LineLength = line.Length;
                Lines += _isInsideLine ? 0 : 1;
                _isInsideLine = !endsLine;
                _isInRecord = false;
                Consume(ref source, end + (endsLine ? 1 : 0));
                return true;
            }

            if (isRead is null || length == whole)
            {
                // Where there is no more yet, the search goes on from here.
                _isInRecord = isRead == false;
                _searched = _isInRecord ? length : 0;
                return isRead;
            }

            _searched = length;
            length = Math.Min(whole, length * 2);
        }
    }

    /// <summary>Cuts off the record that the text begins with; false where more must be seen, null where it ends with its line or is none.</summary>
    private bool? TryCutRecord(ReadOnlySpan<byte> text, bool isAll, out ReadOnlySpan<byte> line, out int end)
    {
        line = default;
        end = -1;
        if (!SyslogFrames.IsStart(text, out int head, out int length))
        {
            // A head that is cut off must be seen whole; a line end in it says that there is none.
            bool isCut = !isAll && text.Length < SyslogFrames.FrameHeadLength && !text.Contains((byte)'\n');
            return isCut ? false : null;
        }

        int from = Math.Max(head, (int)Math.Min(_searched, text.Length) - SyslogFrames.FrameHeadLength);
        if (length > 0)
        {
            // A length that leads over a line end is not believed, so that lines are read alike whatever came before them.
            end = head + length;
            if (end > text.Length)
            {
                if (!isAll && !text[from..].Contains((byte)'\n'))
                {
                    return false;
                }
            }
            else
            {
                ReadOnlySpan<byte> rest = text[end..];
                bool mustWait = !isAll && rest.Length < SyslogFrames.FrameHeadLength && !rest.Contains((byte)'\n');
                if ((mustWait || SyslogFrames.IsFrameEnd(rest)) && !text[head..end].Contains((byte)'\n'))
                {
                    line = Trim(text[head..end]);
                    return !mustWait;
                }
            }

            // What was waited for, up to the told end, has not been looked through.
            from = _searched < end + SyslogFrames.FrameHeadLength ? head : from;
        }

        int next = SyslogFrames.IndexOfEnd(text[from..], length > 0, isAll, out bool isUndecided);
        if (next < 0)
        {
            return isAll ? null : false;
        }

        end = from + next;
        line = Trim(text[head..end]);
        return !isUndecided;
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

        while (line is [0 or (byte)'\r', ..])
        {
            line = line[1..];
        }

        return line;
    }
}
