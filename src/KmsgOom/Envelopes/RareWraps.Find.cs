using System.Buffers;
using System.Runtime.CompilerServices;
using KmsgOom.Framing;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <content>Finding an ordinary wrapper that stands behind anything.</content>
internal sealed partial class RareWraps
{
    private const int MaxFileLength = 256;
    private const int MaxFileMarks = 8;

    // A key, a time, another argument.
    private const int MaxQuotationMarks = 6;

    // Host, second, day, month; a number of it may be a word of its own.
    private const int MaxHeaderWords = 16;

    // "WARNING collector "
    private const int MaxWordsLength = 48;

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(" -_.|ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> HeaderBytes = SearchValues.Create("0123456789:.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> Tag => " kernel: "u8;

    /// <summary>
    /// Takes what <c>grep</c> and <c>cat -n</c> put before a line of a file, if an ordinary wrapper stands behind it: "FILE:", "FILE-12-", "    12&lt;tab&gt;".
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeFile(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        int at = line[0] == ' ' ? Swar.CountBlanks(line) : 0;
        int end = Math.Min(line.Length - 1, MaxFileLength);
        if (at > 0 && (at >= end || line[at] is not (>= (byte)'0' and <= (byte)'9')))
        {
            // A frame.
            return false;
        }

        // A name may hold such marks itself, but nearly all lines have none before their first blank.
        int blank = line[at..].IndexOfAny((byte)' ', (byte)'=');
        end = blank < 0 ? end : Math.Min(end, at + blank);
        for (int marks = 0; marks < MaxFileMarks && at < end; marks++, at++)
        {
            int mark = line[at..end].IndexOfAny((byte)':', (byte)'-', (byte)'\t');
            if (mark < 0)
            {
                return false;
            }

            at += mark;
            if (line[at + 1] is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'[' or (byte)'<' && TryTakeOrdinary(line[(at + 1)..], ref envelope))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes an ordinary wrapper; on its own, since what it keeps on the stack is cleared at each call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeOrdinary(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        Envelope inner = EnvelopeParser.New();
        int prefix = prefixes.Take(text, ref inner);
        ReadOnlySpan<byte> message = inner.Sequence >= 0 ? inner.Message : text[prefix..];
        if (prefix == 0 || IsBareTime(in inner) || message.StartsWith(Invoked[1..]))
        {
            return false;
        }

        StampLength = prefix;
        inner.Message = message;
        inner.Wrappers |= KernelLogWrappers.Other;
        envelope = inner;
        return true;
    }

    /// <summary>Takes a time of any kind, a host and the kernel's tag: relays and templates have more of them than could be told apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFindTag(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        // "Nov 23 2026 18:17:43 …", "2026/11/23 …", or what stands behind a time.
        if (!envelope.Wall.IsPresent && line[0] is not (>= (byte)'0' and <= (byte)'9') && (line.Length < 4 || line[3] != ' '))
        {
            return false;
        }

        ReadOnlySpan<byte> head = line[..Math.Min(line.Length, MaxFileLength)];
        int tag = head.IndexOf(Tag);
        int colon = tag < 0 ? -1 : head[..tag].LastIndexOf((byte)':');
        int clock = colon - 5;
        if (clock < 0 || WallClockText.TakeClock(head[clock..]) == 0 || SkipAhead.Find(head[..tag], out _) >= 0)
        {
            return false;
        }

        int host = head[..tag].LastIndexOf((byte)' ') + 1;
        TakeTagged(host > clock ? head[host..tag] : default, line[(tag + Tag.Length)..], ref envelope);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeTagged(ReadOnlySpan<byte> host, ReadOnlySpan<byte> message, ref Envelope envelope)
    {
        Envelope inner = EnvelopeParser.New();
        int prefix = message is [(byte)'[', ..] ? prefixes.Take(message, ref inner) : 0;
        inner.Wall = envelope.Wall;
        inner.Host = host;
        inner.Origin = EnvelopeOrigin.Kernel;
        StampLength = prefix;
        inner.Message = message[prefix..];
        inner.Wrappers |= KernelLogWrappers.Other;
        envelope = inner;
    }

    /// <summary>Tells whether nothing but words stands before the first bracket: a level or a name behind a time, and no line of the kernel's, which may hold a stamp as well.</summary>
    private static bool BeginsWithWords(ReadOnlySpan<byte> line)
    {
        int bracket = line[..Math.Min(line.Length, MaxWordsLength)].IndexOf((byte)'[');
        return bracket > 0 && !line[..bracket].ContainsAnyExcept(WordBytes);
    }

    /// <summary>Takes whatever stands before the kernel's stamp, or a syslog header with the kernel's tag, if that are no words of interest themselves.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFindStamp(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        int stamp = WrapPeeler.FindStamp(line, newest);
        int start = stamp > 0 ? FindHeader(line, stamp) : -1;
        if (stamp < 0 && line[..Math.Min(line.Length, MaxFileLength)].IndexOf(Tag) is > 0 and int tag)
        {
            // Prose may tell of a line of syslog; a wrapper ends with a mark.
            int message = tag + Tag.Length;
            start = FindHeader(line, message);
            bool isProse = start > 0 && line[..start].TrimEnd((byte)' ') is [.., var last] && char.IsAsciiLetterOrDigit((char)last);
            start = start == message || isProse ? -1 : start;
        }

        if (start <= 0 || SkipAhead.Find(line[..Math.Max(start, stamp)], out _) >= 0)
        {
            return false;
        }

        return TryTakeOrdinary(QuotedText.UntilClosing(line, start), ref envelope);
    }

    /// <summary>Takes what stands before a quotation mark and an ordinary wrapper: a member of an object or an argument, in a program's text or in YAML.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeQuoted(ReadOnlySpan<byte> line, ref Envelope envelope)
    {
        int from = 0;
        for (int marks = 0; marks < MaxQuotationMarks; marks++)
        {
            int mark = line[from..Math.Min(line.Length, MaxFileLength)].IndexOfAny((byte)'"', (byte)'\'', (byte)'`');
            from += mark + 1;
            if (mark < 0 || from >= line.Length || SkipAhead.Find(line[..from], out _) >= 0)
            {
                return false;
            }

            if (TryTakeOrdinary(QuotedText.UntilClosing(line, from), ref envelope))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the syslog header that ends at the kernel's stamp, or at the message where there is none; the end itself where there is no header.</summary>
    private int FindHeader(ReadOnlySpan<byte> line, int end)
    {
        if (!line[..end].EndsWith(Tag))
        {
            return end;
        }

        // "Nov 23 18:17:43 node-1 kernel: ", "Nov 23 18:17:43.123456 kernel: ", "2026-11-23T18:17:43+00:00 node-1 kernel: ", "Mon 2026-11-23 18:17:43 UTC node-1 kernel: "
        int start = end - Tag.Length;
        for (int words = 0; words < MaxHeaderWords && start > 1; words++)
        {
            start = line[..(start - 1)].LastIndexOfAnyExcept(HeaderBytes) + 1;
            if (IsHeader(line, start, end))
            {
                // A weekday is the first of it.
                int weekday = start > 1 ? line[..(start - 1)].LastIndexOfAnyExcept(HeaderBytes) + 1 : start;
                return IsHeader(line, weekday, end) ? weekday : start;
            }
        }

        return end;
    }

    private bool IsHeader(ReadOnlySpan<byte> line, int start, int stamp)
    {
        Envelope inner = EnvelopeParser.New();
        return start > 0 && !char.IsAsciiLetterOrDigit((char)line[start - 1]) && prefixes.Take(line[start..], ref inner) >= stamp - start && inner.Wall.IsPresent;
    }
}
