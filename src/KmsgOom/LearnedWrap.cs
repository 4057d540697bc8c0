using KmsgOom.Envelopes;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Takes a wrapper off that nobody told us of: what stands before one line that is surely the kernel's stands before the others of the report, too.</summary>
/// <remarks>The numbers in it may change from line to line, and the level of the message. It is forgotten with the report.</remarks>
internal sealed class LearnedWrap
{
    private const int MaxLength = 256;

    private static readonly System.Buffers.SearchValues<byte> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private readonly byte[] _wrap = new byte[MaxLength];
    private int _length;
    private OomReport? _report;
    private int _generation;

    /// <summary>Tells whether the lines of a report have such a wrapper.</summary>
    public bool IsOf(OomReport? report) => report is not null && ReferenceEquals(report, _report) && report.Generation == _generation;

    /// <summary>Gets whether there is such a report still: open, or waiting for its reaper.</summary>
    public bool IsLive => _report is { } report && report.Generation == _generation && report.Facts.State != ReportState.Done;

    /// <summary>Remembers what stands before the lines of a report.</summary>
    public void Remember(OomReport report, ReadOnlySpan<byte> wrap)
    {
        if (wrap.Length <= MaxLength)
        {
            (_report, _generation, _length) = (report, report.Generation, wrap.Length);
            wrap.CopyTo(_wrap);
        }
    }

    /// <summary>Keeps it for another report, which began behind it too.</summary>
    public void GoOnWith(OomReport report) => (_report, _generation) = (report, report.Generation);

    public void Forget() => _report = null;

    /// <summary>Says where the kernel's text stands in a line that is wrapped so; default where it is not.</summary>
    public TextRange Find(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> wrap = _wrap.AsSpan(0, _length);
        int start = Match(wrap, line);
        if (start > 0 && start + 1 < line.Length && line[start] == '"' && line[^1] == '"' && wrap[^1] != '"')
        {
            // CSV has marks only where there is a comma.
            start++;
        }

        return start <= 0 ? default : new TextRange(start, QuotedText.UntilClosing(line, start).Length);
    }

    /// <summary>Tells whether a line begins with such a wrapper.</summary>
    public static bool IsBefore(ReadOnlySpan<byte> wrap, ReadOnlySpan<byte> line) => Match(wrap, line) > 0;

    /// <summary>Tells whether a text is such a wrapper and nothing else.</summary>
    public static bool IsLike(ReadOnlySpan<byte> wrap, ReadOnlySpan<byte> text) => Match(wrap, text) == text.Length;

    /// <summary>Tells whether two have learned the same.</summary>
    public bool IsSameStateAs(LearnedWrap other, LiveReports live, LiveReports otherLive) => IsOf(_report)
        ? other.IsOf(other._report) && live.IndexOf(_report) == otherLive.IndexOf(other._report) && _wrap.AsSpan(0, _length).SequenceEqual(other._wrap.AsSpan(0, other._length))
        : !other.IsOf(other._report);

    /// <summary>Says how much of a line is like the wrapper; negative where it is not.</summary>
    private static int Match(ReadOnlySpan<byte> wrap, ReadOnlySpan<byte> line)
    {
        int at = 0;
        while (!wrap.IsEmpty)
        {
            int length = RunLength(wrap);
            int found = at < line.Length ? RunLength(line[at..]) : 0;
            ReadOnlySpan<byte> run = line.Slice(at, found);
            bool isLast = length == wrap.Length;
            int taken = wrap[0] switch
            {
                >= (byte)'0' and <= (byte)'9' => run is [>= (byte)'0' and <= (byte)'9', ..] ? found : -1,

                // Blanks may fill a number up; those before the text are the kernel's but for as many as it was learned with.
                (byte)' ' when isLast => run.StartsWith(wrap) ? length : -1,
                (byte)' ' => run is [(byte)' ', ..] ? found : wrap[length] is >= (byte)'0' and <= (byte)'9' ? 0 : -1,
                _ => run.SequenceEqual(wrap[..length]) || (SyslogEnvelope.IsLevelName(run) && SyslogEnvelope.IsLevelName(wrap[..length])) ? found : -1,
            };
            if (taken < 0)
            {
                return -1;
            }

            at += isLast ? Math.Min(taken, length) : taken;
            wrap = wrap[length..];
        }

        return at;
    }

    /// <summary>Says how many bytes go together: digits, letters, blanks, or any other one.</summary>
    private static int RunLength(ReadOnlySpan<byte> text)
    {
        int end = text[0] switch
        {
            >= (byte)'0' and <= (byte)'9' => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9'),
            (byte)' ' => text.IndexOfAnyExcept((byte)' '),
            (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') => text.IndexOfAnyExcept(Letters),
            _ => 1,
        };
        return end < 0 ? text.Length : end;
    }
}
