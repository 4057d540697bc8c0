using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The lines that name a victim: the announcement (up to 5.0) and the kill.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>__oom_kill_process()</c> (<c>oom_kill_process()</c>, <c>__oom_kill_task()</c> in older kernels).</remarks>
internal struct KilledLine
{
    // "%s: Killed process %d (%s) total-vm:%lukB, anon-rss:%lukB, file-rss:%lukB, shmem-rss:%lukB, UID:%u pgtables:%lukB oom_score_adj:%hd"
    // "Killed process %d (%s) total-vm:%lukB, anon-rss:%lukB, file-rss:%lukB[, shmem-rss:%lukB]"        2.6.36 .. 5.0 ("vsz:" 2.6.33 .. 2.6.35)
    // "Killed process %d, UID %d, (%s) total-vm:…" (RHEL 6), "Killed process %d (%s), UID %d, total-vm:…" (RHEL 7)
    // "Killed process %d (%s) in VE \"%s\" total-vm:…" (Virtuozzo 7)
    // "%s in UB %d: OOM killed process %d (%s) score %lu vm:%lukB, rss:%lukB, swap:%lukB" (OpenVZ 6; "OOM killed process …" alone for the machine)
    // "%s: Kill process %d (%s) score %u or sacrifice child" (2.6.36 .. 5.0), "%s: kill process %d (%s) score %li or a child"
    public Message Prefix;
    public TextRange Name;
    public int Pid;
    public long? Score;
    public long? TotalVmKiB;
    public long? WholeRssKiB;
    public long? AnonRssKiB;
    public long? FileRssKiB;
    public long? ShmemRssKiB;
    public long? PageTablesKiB;
    public uint? Uid;
    public int? OomScoreAdj;

    // A wrapper, and what the kernel says before a kill.
    private const int MaxOtherLength = 320;
    private const int MaxReasonLength = 64;

    private static readonly (byte[] Text, Message Message)[] Prefixes =
    [
        ([.. "Memory cgroup out of memory: "u8], Message.MemoryCgroup),
        ([.. "Out of memory: "u8], Message.OutOfMemory),
        ([.. "Out of Memory: "u8], Message.OutOfMemory),
        ([.. "Out of memory (oom_kill_allocating_task): "u8], Message.AllocatingTask),
        ([.. "No available memory (MPOL_BIND): "u8], Message.MemoryPolicy),
        ([.. "No available memory in cpuset: "u8], Message.Cpuset),
    ];

    /// <summary>What stands before the kill: it tells memcg from global.</summary>
    internal enum Message : byte
    {
        None,
        OutOfMemory,
        AllocatingTask,
        MemoryCgroup,
        MemoryPolicy,
        Cpuset,
    }

    /// <summary>Gets the name in a program that makes kill lines.</summary>
    private static ReadOnlySpan<byte> Placeholder => "%s"u8;

    /// <summary>Gets the words that all kill lines have.</summary>
    public static ReadOnlySpan<byte> Killed => "Killed process "u8;

    /// <summary>Gets the words of OpenVZ 6.</summary>
    public static ReadOnlySpan<byte> OomKilled => "OOM killed process "u8;

    /// <summary>Tells whether a line ends before the pid, as a mail program may break it.</summary>
    /// <remarks>Only behind the words that nobody passes over (<see cref="Framing.SkipAhead"/>).</remarks>
    public static bool IsCut(ReadOnlySpan<byte> text)
    {
        if (text is not [.., (byte)'d' or (byte)'l' or (byte)'s' or (byte)' '])
        {
            return false;
        }

        text = text.TrimEnd((byte)' ');
        text = text.EndsWith(" process"u8) ? text[..^" process"u8.Length] : text;
        return text.EndsWith("emory: Killed"u8) || text.EndsWith("emory: Kill"u8);
    }

    public static OomLineKind Classify(ReadOnlySpan<byte> text)
    {
        SkipPrefix(text, out int start);
        ReadOnlySpan<byte> rest = text[start..];
        if (start > 0 && IsCut(text))
        {
            return rest.StartsWith("Killed"u8) ? OomLineKind.Killed : OomLineKind.KillAnnounced;
        }

        if (rest.StartsWith(Killed) || IsOfContainer(text))
        {
            return OomLineKind.Killed;
        }

        if (rest.StartsWith("Kill process "u8) || rest.StartsWith("kill process "u8))
        {
            return rest.EndsWith(" sharing same memory"u8) ? OomLineKind.KillRemark : OomLineKind.KillAnnounced;
        }

        return rest.StartsWith("OOM victim "u8) ? OomLineKind.AlreadyExiting : OomLineKind.Unrelated;
    }

    /// <summary>Tells whether a kill stands behind words that no kernel read so far prints (a BPF policy's, a vendor's), or a wrapper that nobody told us of.</summary>
    /// <remarks>Without the word memory, a monitor may tell of a kill that is in the log already.</remarks>
    public static bool IsBehindOther(ReadOnlySpan<byte> message)
    {
        int at = message.IndexOf(Killed);
        if (at is < 0 or > MaxOtherLength)
        {
            return false;
        }

        ReadOnlySpan<byte> before = message[..at];
        return (before.EndsWith(": "u8) && before[Math.Max(0, at - MaxReasonLength)..].IndexOf("emory"u8) >= 0)
            || (before is [.., (byte)'"'] && TryParse(message[at..], out KilledLine line) && line.TotalVmKiB is not null && !line.Name.In(message[at..]).SequenceEqual(Placeholder));
    }

    /// <summary>Finds a whole announcement behind a wrapper that nobody told us of; negative where there is none.</summary>
    public static int FindAnnouncement(ReadOnlySpan<byte> message)
    {
        int at = message.IndexOf("ill process "u8) - 1;
        if (at is < 1 or > MaxOtherLength)
        {
            return -1;
        }

        foreach ((byte[] prefix, _) in Prefixes)
        {
            int start = at - prefix.Length;
            if (start > 0 && message[..at].EndsWith(prefix) && !char.IsAsciiLetterOrDigit((char)message[start - 1]))
            {
                // Who goes on behind it tells of a kill.
                ReadOnlySpan<byte> text = message[start..].TrimEnd(" \"'"u8);
                bool isEnded = text.EndsWith("child"u8) || text[^1] is >= (byte)'0' and <= (byte)'9';
                return isEnded && TryParseAnnouncement(text, out _) ? start : -1;
            }
        }

        return -1;
    }

    /// <summary>Reads a kill line; false where a newline in the name cuts it off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out KilledLine line)
    {
        line = default;
        line.Prefix = SkipPrefix(text, out int start);
        Utf8Cursor cursor = new(text) { Position = start };
        if (!cursor.TryTake(Killed) && !TryTakeOomKilled(ref cursor, text))
        {
            if (!cursor.TrySkipPast(Killed))
            {
                return false;
            }

            line.Prefix = PrefixAtEnd(text[..(cursor.Position - Killed.Length)]);
        }

        if (!cursor.TryTakeInt32(out line.Pid))
        {
            return false;
        }

        TakeUid(ref cursor, ref line);
        if (!cursor.TryTake(" ("u8))
        {
            // "Killed process 1234," without a name: still a kill.
            line.Name = new TextRange(cursor.Position, 0);
            TakeValues(ref cursor, ref line);
            return true;
        }

        int closing = FindEndOfName(cursor.Rest);
        if (closing < 0)
        {
            line.Name = cursor.RestRange;
            return false;
        }

        line.Name = new TextRange(cursor.Position, closing);
        cursor.Position += closing + 1;
        TakeUid(ref cursor, ref line);
        TakeValues(ref cursor, ref line);
        return true;
    }

    /// <summary>Reads an announcement: who was chosen, with its score.</summary>
    public static bool TryParseAnnouncement(ReadOnlySpan<byte> text, out KilledLine line)
    {
        line = default;
        line.Prefix = SkipPrefix(text, out int start);
        Utf8Cursor cursor = new(text) { Position = start };
        if (!(cursor.TryTake("Kill process "u8) || cursor.TryTake("kill process "u8))
            || !cursor.TryTakeInt32(out line.Pid) || !cursor.TryTake(" ("u8))
        {
            return false;
        }

        // A vendor's kernel tells the state of the task, too: "(name) [State: 0 Flags: 4202752] score 977".
        if (!cursor.TryTakeUntilLast(") score "u8, out line.Name)
            && !(cursor.TryTakeUntilLast(") [State: "u8, out line.Name) && cursor.TrySkipPast("] score "u8)))
        {
            // Cut in its name by a newline, or behind it by somebody.
            line.Name = new TextRange(cursor.Position, cursor.Rest.Length - (cursor.Rest is [.., (byte)')'] ? 1 : 0));
            return false;
        }

        // The score of a task that was picked for exiting wraps around; it is kept as it stands where it fits.
        line.Score = cursor.TryTakeInt64(out long score) ? score : null;
        return true;
    }

    /// <summary>Reads "OOM victim %d (%s) is already exiting. Skip killing the task".</summary>
    public static bool TryParseAlreadyExiting(ReadOnlySpan<byte> text, out KilledLine line)
    {
        line = default;
        line.Prefix = SkipPrefix(text, out int start);
        Utf8Cursor cursor = new(text) { Position = start };
        return cursor.TryTake("OOM victim "u8) && cursor.TryTakeInt32(out line.Pid) && cursor.TryTake(" ("u8)
            && cursor.TryTakeUntilLast(") is already exiting"u8, out line.Name);
    }

    private static Message SkipPrefix(ReadOnlySpan<byte> text, out int length)
    {
        foreach ((byte[] prefix, Message message) in Prefixes)
        {
            if (text.StartsWith(prefix))
            {
                length = prefix.Length;
                return message;
            }
        }

        length = 0;
        return Message.None;
    }

    /// <summary>Finds the kernel's words behind a wrapper that is not known.</summary>
    private static Message PrefixAtEnd(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] prefix, Message message) in Prefixes)
        {
            if (text.EndsWith(prefix))
            {
                return message;
            }
        }

        return Message.None;
    }

    /// <summary>Finds the parenthesis that closes the name, which may hold parentheses and the very words that follow it.</summary>
    private static int FindEndOfName(ReadOnlySpan<byte> rest)
    {
        int last = rest.LastIndexOf((byte)')');
        if (last < 0 || rest[last..].StartsWith(") total-vm:"u8))
        {
            return last;
        }

        int end = Math.Max(rest.LastIndexOf(") total-vm:"u8), Math.Max(rest.LastIndexOf(") vsz:"u8), rest.LastIndexOf(") vm:"u8)));
        end = Math.Max(end, Math.Max(rest.LastIndexOf("), UID "u8), Math.Max(rest.LastIndexOf(") VE \""u8), rest.LastIndexOf(") in VE \""u8))));
        ReadOnlySpan<byte> undotted = rest is [.., (byte)'.'] ? rest[..^1] : rest;
        int chosen = end < 0 || undotted is [.., (byte)')'] ? last : end;

        // Somebody's parenthesis behind the line, or a second line run into it, makes no name longer than the kernel's; one with escapes may look longer.
        if (chosen <= TaskName.MaxLength || rest[..chosen].ContainsAny((byte)'\\', (byte)'#'))
        {
            return chosen;
        }

        int within = end is >= 0 and <= TaskName.MaxLength ? end : rest[..(TaskName.MaxLength + 1)].LastIndexOf((byte)')');
        return within < 0 ? chosen : within;
    }

    private static void TakeUid(ref Utf8Cursor cursor, ref KilledLine line)
    {
        int start = cursor.Position;
        if (cursor.TryTake(", UID "u8) && cursor.TryTakeUid(out uint uid) && cursor.TryTake((byte)','))
        {
            line.Uid = uid;
            return;
        }

        cursor.Position = start;
    }

    /// <summary>Tells the line of OpenVZ 6, whose limit is a container's: nothing is said of the machine or of a control group.</summary>
    private static bool IsOfContainer(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        return TryTakeOomKilled(ref cursor, text) && TryParse(text, out KilledLine line) && line.TotalVmKiB is not null;
    }

    private static bool TryTakeOomKilled(ref Utf8Cursor cursor, ReadOnlySpan<byte> text)
    {
        int at = text.StartsWith(OomKilled) ? 0 : text.StartsWith("Out of memory in UB"u8) ? text.IndexOf(OomKilled) : -1;
        cursor.Position = at < 0 ? cursor.Position : at + OomKilled.Length;
        return at >= 0;
    }

    private static void TakeValues(ref Utf8Cursor cursor, ref KilledLine line)
    {
        if (cursor.TryTake(" VE \""u8) || cursor.TryTake(" in VE \""u8))
        {
            cursor.TrySkipPast("\""u8);
        }

        if (cursor.TryTake(" score "u8))
        {
            line.Score = cursor.TryTakeInt64(out long score) ? score : null;
        }

        while (!cursor.IsAtEnd)
        {
            cursor.TryTake((byte)',');
            cursor.SkipBlanks();
            if (!TryTakeValue(ref cursor, ref line))
            {
                return;
            }
        }
    }

    private static bool TryTakeValue(ref Utf8Cursor cursor, ref KilledLine line)
    {
        switch (cursor.Peek)
        {
            case (byte)'U' when cursor.TryTake("UID:"u8):
                line.Uid = cursor.TryTakeUid(out uint uid) ? uid : line.Uid;
                return true;
            case (byte)'o' when cursor.TryTake("oom_score_adj:"u8):
                line.OomScoreAdj = cursor.TryTakeInt32(out int adj) ? adj : null;
                return true;
            case (byte)'t':
                return TryTakeKiB(ref cursor, "total-vm:"u8, ref line.TotalVmKiB);
            case (byte)'v':
                return TryTakeKiB(ref cursor, "vsz:"u8, ref line.TotalVmKiB) || TryTakeKiB(ref cursor, "vm:"u8, ref line.TotalVmKiB);
            case (byte)'r':
                return TryTakeKiB(ref cursor, "rss:"u8, ref line.WholeRssKiB);
            case (byte)'a':
                return TryTakeKiB(ref cursor, "anon-rss:"u8, ref line.AnonRssKiB);
            case (byte)'f':
                return TryTakeKiB(ref cursor, "file-rss:"u8, ref line.FileRssKiB);
            case (byte)'s':
                return TryTakeKiB(ref cursor, "shmem-rss:"u8, ref line.ShmemRssKiB);
            case (byte)'p':
                return TryTakeKiB(ref cursor, "pgtables:"u8, ref line.PageTablesKiB);
            default:
                return false;
        }
    }

    private static bool TryTakeKiB(ref Utf8Cursor cursor, ReadOnlySpan<byte> key, ref long? kiB)
    {
        if (!cursor.TryTake(key))
        {
            return false;
        }

        // An unsigned count that went below zero says nothing, but hides nothing behind it.
        long? read = cursor.TryTakeInt64(out long value) ? value : null;
        if ((read is null && !cursor.TryTakeUInt64(out _)) || !cursor.TryTake("kB"u8))
        {
            return false;
        }

        kiB = read;
        return true;
    }
}
