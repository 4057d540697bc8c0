using System.Text;
using KmsgOom.Text;

namespace KmsgOom.Envelopes;

/// <summary>What syslog files and the journal print between the time and the message: <c>host kernel: </c>.</summary>
internal static class SyslogEnvelope
{
    public const int MaxHostLength = 255;
    private const int MaxTagLength = 64;

    private static readonly byte[][] Levels =
    [
        "emerg"u8.ToArray(), "alert"u8.ToArray(), "crit"u8.ToArray(), "err"u8.ToArray(), "error"u8.ToArray(), "warn"u8.ToArray(), "warning"u8.ToArray(), "notice"u8.ToArray(),
        "info"u8.ToArray(), "debug"u8.ToArray(),
    ];

    /// <summary>What metalog prints in place of host and tag.</summary>
    private static ReadOnlySpan<byte> Metalog => "[kernel] "u8;

    /// <summary>Takes host and tag; says how many bytes that were, zero for "not this".</summary>
    public static int TakeHostAndTag(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (text.StartsWith(Metalog))
        {
            envelope.Origin = EnvelopeOrigin.Kernel;
            return Metalog.Length;
        }

        int first = TokenLength(text);
        if (first == 0 || (text[0] is (byte)'[' or (byte)'<' or (byte)'{' && !IsMaskedHost(text, first)))
        {
            return 0;
        }

        if (text[first - 1] == ':')
        {
            // Without a host, only the kernel's tag or one with a pid is a tag: the message itself may begin with "CPU:".
            ReadOnlySpan<byte> alone = text[..(first - 1)];
            if (!IsKernel(alone) && (alone is not [.., (byte)']'] || IsArray(alone)))
            {
                return 0;
            }

            TakeTag(alone, default, ref envelope);
            return Math.Min(first + 1, text.Length);
        }

        // A tag has no blank, so that a kernel message behind a bare time is not taken for host and tag.
        ReadOnlySpan<byte> tagged = text[Math.Min(first + 1, text.Length)..];
        if (first <= MaxHostLength && tagged.StartsWith("kernel:"u8) && tagged is not [_, _, _, _, _, _, _, (byte)' ', ..])
        {
            // "host kernel:text": a template of rsyslog's users that leaves the blank out.
            TakeTag("kernel"u8, text[..first], ref envelope);
            return first + 1 + "kernel:".Length;
        }

        int end = TokenLength(tagged);
        bool isTag = first <= MaxHostLength && end is > 1 and <= MaxTagLength && tagged[end - 1] == ':' && !IsKernelText(text) && !IsArray(tagged[..(end - 1)])
            && !tagged.StartsWith("oom-killer: gfp_mask="u8) && !IsKernelWord(tagged[..(end - 1)]);
        if (isTag)
        {
            TakeTag(tagged[..(end - 1)], text[..first], ref envelope);
            return Math.Min(first + 1 + end + 1, text.Length);
        }

        // "host kern.warn kernel: " (BusyBox), "host warning kernel: " (F5), "10.0.0.5 host kernel: " (relays).
        if (end > 0 && first <= MaxHostLength && tagged[Math.Min(end, tagged.Length)..].StartsWith(" kernel: "u8))
        {
            envelope.Host = IsLevel(tagged[..end]) || IsLevelName(tagged[..end]) ? text[..first] : tagged[..Math.Min(end, MaxHostLength)];
            envelope.Origin = EnvelopeOrigin.Kernel;
            return first + 1 + end + " kernel: ".Length;
        }

        return 0;
    }

    /// <summary>Takes host, application, process, message id and structured data behind a time: <c> host kernel - - - </c> (RFC 5424).</summary>
    public static int TakeRfc5424(ReadOnlySpan<byte> text, int taken, WallClock clock, ref Envelope envelope)
    {
        if (taken >= text.Length || text[taken] != ' ')
        {
            return 0;
        }

        Utf8Cursor cursor = new(text) { Position = taken + 1 };
        if (!cursor.TryTakeToken(out TextRange host) || !cursor.TryTake((byte)' ') || !cursor.TryTakeToken(out TextRange application) || !cursor.TryTake((byte)' ')
            || !cursor.TryTakeToken(out _) || !cursor.TryTake((byte)' ') || !cursor.TryTakeToken(out _) || !cursor.TryTake((byte)' ')
            || host.Length > MaxHostLength)
        {
            return 0;
        }

        if (!cursor.TryTake((byte)'-') && !(cursor.Peek == '[' && cursor.TrySkipPast("]"u8)))
        {
            return 0;
        }

        cursor.TryTake((byte)' ');
        envelope.Wall = clock;
        envelope.Wrappers |= KernelLogWrappers.SyslogRfc5424;
        envelope.HasOctalEscapes = true;
        envelope.Host = host.In(text) is [(byte)'-'] ? default : host.In(text);
        envelope.Origin = IsKernel(application.In(text)) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
        return cursor.Position;
    }

    /// <summary>Tells a kernel's line of that form from the rest of other lines.</summary>
    public static bool IsRfc5424OfKernel(ReadOnlySpan<byte> text) => text[Math.Min(TokenLength(text), text.Length)..].StartsWith(" kernel - - - "u8);

    /// <summary>Takes <c>Mon Nov 23 18:17:16 2026 kern.warn kernel: </c> (OpenWrt's <c>logread</c>).</summary>
    public static int TakeLogread(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        int taken = WallClockText.TakeCtime(text, out WallClock clock);
        ReadOnlySpan<byte> rest = text[taken..];
        if (taken == 0 || rest is not [(byte)' ', ..])
        {
            return 0;
        }

        int level = TokenLength(rest[1..]) + 1;
        ReadOnlySpan<byte> tag = rest[Math.Min(level + 1, rest.Length)..];
        tag = tag[..TokenLength(tag)];
        if (!rest[..level].Contains((byte)'.') || tag is not [.., (byte)':'] || tag.Length > MaxTagLength)
        {
            return 0;
        }

        envelope.Wall = clock;
        envelope.Wrappers |= KernelLogWrappers.Ctime | KernelLogWrappers.FacilityLevel;
        TakeTag(tag[..^1], default, ref envelope);
        return Math.Min(taken + level + 1 + tag.Length + 1, text.Length);
    }

    private static void TakeTag(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> host, ref Envelope envelope)
    {
        envelope.Host = IsLevel(host) ? default : host;
        envelope.Origin = IsKernel(tag) ? EnvelopeOrigin.Kernel : EnvelopeOrigin.Program;
    }

    /// <summary>Tells a level, which Chrome OS and BusyBox put where others have the host: <c>WARNING</c>, <c>kern.warn</c>.</summary>
    private static bool IsLevel(ReadOnlySpan<byte> host)
    {
        ReadOnlySpan<byte> level = host[(host.LastIndexOf((byte)'.') + 1)..];
        if (level.Length is < 3 or > 7 || (level.Length == host.Length && level[0] is < (byte)'A' or > (byte)'Z'))
        {
            return false;
        }

        return IsLevelName(level);
    }

    /// <summary>Tells the name of a level, in letters of any size.</summary>
    public static bool IsLevelName(ReadOnlySpan<byte> text)
    {
        foreach (byte[] known in Levels)
        {
            if (Ascii.EqualsIgnoreCase(known, text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Tells <c>[hostname]</c>, <c>&lt;host&gt;</c>, <c>{host}</c>, which people put in place of their host's name, from the kernel's stamps, levels and addresses: the
    /// kernel's tag follows, or a program's with its pid.
    /// </summary>
    private static bool IsMaskedHost(ReadOnlySpan<byte> text, int first)
    {
        byte closing = text[0] switch
        {
            (byte)'[' => (byte)']',
            (byte)'<' => (byte)'>',
            _ => (byte)'}',
        };
        if (first < 3 || text[first - 1] != closing || !char.IsAsciiLetter((char)text[1]) || first == text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[(first + 1)..];
        int tag = TokenLength(rest);
        return rest.StartsWith("kernel:"u8) || (tag > 0 && rest[..tag].EndsWith("]:"u8) && !IsArray(rest[..(tag - 1)])) || rest[tag..].StartsWith(" kernel: "u8);
    }

    /// <summary>Tells <c>lowmem_reserve[]:</c> from a tag, whose brackets hold a number.</summary>
    private static bool IsArray(ReadOnlySpan<byte> tag) => tag is [.., (byte)'[', (byte)']'];

    /// <summary>Tells kernel lines that look like a host and a tag.</summary>
    private static bool IsKernelText(ReadOnlySpan<byte> text) =>
        text.StartsWith("Call Trace:"u8) || text.StartsWith("Call trace:"u8) || text.StartsWith("Hardware name:"u8);

    /// <summary>Tells words at which lines of a report begin, from the tags of programs: some logs have no tag behind the host.</summary>
    private static bool IsKernelWord(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("Mem-Info"u8) || word.SequenceEqual("Mem-info"u8) || word.SequenceEqual("CPU"u8) || word.SequenceEqual("Pid"u8)
        || word.SequenceEqual("DMA"u8) || word.SequenceEqual("DMA32"u8) || word.SequenceEqual("Normal"u8) || word.SequenceEqual("HighMem"u8);

    /// <summary>Takes <c>host kernel: </c> behind an uptime (<c>journalctl -o short-monotonic</c>), where a message could stand as well.</summary>
    public static int TakeHostAndKernel(ReadOnlySpan<byte> text, ref Envelope envelope)
    {
        if (text.StartsWith("kernel: "u8))
        {
            envelope.Origin = EnvelopeOrigin.Kernel;
            return "kernel: "u8.Length;
        }

        // Frames and table rows, which come by the thousand, begin with what no host begins with.
        int first = text is [] or [(byte)' ' or (byte)'[', ..] ? 0 : TokenLength(text);
        if (first is 0 or > MaxHostLength || text[..first].Contains((byte)'='))
        {
            // "oom-kill:constraint=…,task=a kernel: b,pid=1": a task's name.
            return 0;
        }

        ReadOnlySpan<byte> rest = text[Math.Min(first + 1, text.Length)..];
        if (rest.StartsWith("kernel: "u8))
        {
            envelope.Host = text[..first];
            envelope.Origin = EnvelopeOrigin.Kernel;
            return first + 1 + "kernel: "u8.Length;
        }

        // "systemd[1]: " behind a word without colon: a program's line of the same journal.
        int tag = TokenLength(rest);
        if (tag is > 4 and < 64 && rest[tag - 1] == ':' && rest[tag - 2] == ']' && text[first - 1] != ':'
            && rest[..tag].LastIndexOf((byte)'[') is var open and > 0 && tag - open is > 3 and < 12
            && !rest[(open + 1)..(tag - 2)].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            envelope.Host = text[..first];
            envelope.Origin = EnvelopeOrigin.Program;
            return Math.Min(text.Length, first + 1 + tag + 1);
        }

        return 0;
    }

    /// <summary>Tells the kernel's tag from those of programs, of which some are called <c>kerneloops</c>.</summary>
    public static bool IsKernel(ReadOnlySpan<byte> tag) => (tag.StartsWith("kernel"u8) && (tag.Length == 6 || tag[6] is (byte)'[' or (byte)' ')) || tag.SequenceEqual("klogd"u8);

    private static int TokenLength(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf((byte)' ');
        return at < 0 ? text.Length : at;
    }
}
