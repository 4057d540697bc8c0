using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>A kill for want of memory that is not the OOM killer's: by systemd-oomd, earlyoom, or Android's driver and daemon.</summary>
/// <remarks>
/// systemd: <c>src/oom/oomd-manager.c</c>; earlyoom: <c>kill.c</c>, <c>kill_process()</c>; Android: <c>lmkd.cpp</c>, <c>kill_one_process()</c>.
/// Kernel: <c>drivers/staging/android/lowmemorykiller.c</c>, <c>lowmem_scan()</c>, up to 4.11.
/// </remarks>
internal struct UserKillLine
{
    // "Killed %s due to memory pressure for %s being %lu.%02lu%% > %lu.%02lu%% for > %s with reclaim activity"        systemd-oomd
    // "Killed %s due to memory used (%lu) / total (%lu) and swap used (%lu) / total (%lu) being more than …%%", "Marked %s for killing due to …"
    // "sending %s to process %d uid %d \"%s\": oom_score %d, oom_score_adj %d, VmRSS %lld MiB, cmdline \"%s\""          earlyoom
    // "sending %s to process %d uid %d \"%s\": badness %d, VmRSS %lld MiB"                                               earlyoom up to 1.7
    // "killing process %d \"%s\" with signal %d: badness %d, VmRSS %lu MiB"                                              earlyoom 1.1
    // "Killing process '%s' with signal %d, pid: %d, badness: %d, VmRSS: %lu MiB"                                       ports of earlyoom
    // "Kill '%s' (%d), uid %d, oom_score_adj %d to free %ldkB rss, %ldkB swap; reason: %s"                              lmkd; "oom_adj" up to Android 11
    // "Killing '%s' (%d), uid %d, adj %d\n   to free %ldkB because …"                                                   lmkd of Android 8 and 9
    // "send sigkill to %d (%s), adj %d, size %d"                                                                         2.6.29 .. 3.10
    // "Killing '%s' (%d), adj %hd,\n   to free %ldkB on behalf of '%s' (%d) because\n …"                                3.10 .. 4.11
    public int Pid;
    public TextRange Name;
    public TextRange Cgroup;
    public uint? Uid;
    public long? Score;
    public int? OomScoreAdj;
    public long? ResidentKiB;
    public long? ResidentPages;
    public TextRange TriggerName;
    public int? TriggerPid;

    /// <summary>Where a wrapper makes lines of their own of the record's four, the others follow.</summary>
    public bool IsCut;

    private static ReadOnlySpan<byte> Cause => " due to memory "u8;

    private static ReadOnlySpan<byte> Marked => " for killing due to memory "u8;

    private static ReadOnlySpan<byte> Adjusted => "), adj "u8;

    /// <summary>Tells the lines that follow the first of the driver's four.</summary>
    // "   to free %ldkB on behalf of '%s' (%d) because"   "   cache %ldkB is below limit %ldkB for oom_score_adj %hd"   "   Free memory is %ldkB above reserved"
    public static bool IsRest(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> words = OomLineClassifier.SkipIndent(text);
        return (words.StartsWith("to free "u8) && words.IndexOf("kB on behalf of '"u8) > 0)
            || (words.StartsWith("cache "u8) && words.IndexOf("kB is below limit "u8) > 0)
            || words.StartsWith("Free memory is "u8);
    }

    /// <summary>Tells the line by its first words, behind the tag of a program that another wrapper left there.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> text = SkipTag(message, out _);
        return text is [(byte)'K' or (byte)'k' or (byte)'M' or (byte)'s', ..] && TryParse(message, out _);
    }

    public static bool TryParse(ReadOnlySpan<byte> message, out UserKillLine line)
    {
        line = default;
        _ = SkipTag(message, out int start);
        Utf8Cursor cursor = new(message) { Position = start };
        if (cursor.TryTake("sending SIGTERM to process "u8) || cursor.TryTake("sending SIGKILL to process "u8))
        {
            return TryTakeEarlyoom(ref cursor, ref line);
        }

        if (cursor.TryTake("send sigkill to "u8))
        {
            return TryTakeSigkill(ref cursor, ref line);
        }

        if (cursor.TryTake("Killing '"u8))
        {
            start = cursor.Position;
            return TryTakeKilling(ref cursor, ref line) || TryTakeLmkd(start, ref cursor, ref line);
        }

        if (cursor.TryTake("Kill '"u8))
        {
            return TryTakeLmkd(cursor.Position, ref cursor, ref line);
        }

        if (cursor.TryTake("killing process "u8) || cursor.TryTake("Killing process "u8))
        {
            return cursor.TryTake((byte)'\'') ? TryTakePort(ref cursor, ref line) : TryTakeOldEarlyoom(ref cursor, ref line);
        }

        return (cursor.TryTake("Killed "u8) && cursor.Peek == '/' && cursor.TryTakeUntil(Cause, out line.Cgroup))
            || (cursor.TryTake("Marked "u8) && cursor.Peek == '/' && cursor.TryTakeUntil(Marked, out line.Cgroup));
    }

    private static ReadOnlySpan<byte> SkipTag(ReadOnlySpan<byte> message, out int start)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(message);
        bool isTagged = text.StartsWith("systemd-oomd["u8) || text.StartsWith("earlyoom["u8) || text.StartsWith("earlyoom: "u8)
            || text.StartsWith("lowmemorykiller: "u8) || text.StartsWith("lmkd: "u8);
        int end = isTagged ? text.IndexOf(": "u8) : -1;
        text = end < 0 ? text : text[(end + ": "u8.Length)..];
        start = message.Length - text.Length;
        return text;
    }

    private static bool TryTakeEarlyoom(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        if (!cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0)
        {
            return false;
        }

        if (cursor.TryTake(" uid "u8))
        {
            line.Uid = cursor.TryTakeUid(out uint uid) ? uid : null;
        }

        if (!cursor.TryTake(" \""u8) || !(cursor.TryTakeUntil("\": oom_score "u8, out line.Name) || cursor.TryTakeUntil("\": badness "u8, out line.Name)))
        {
            return false;
        }

        line.Score = cursor.TryTakeInt64(out long score) ? score : null;
        if (cursor.TryTake(", oom_score_adj "u8))
        {
            line.OomScoreAdj = cursor.TryTakeInt32(out int adjustment) ? adjustment : null;
        }

        return cursor.TryTake(", VmRSS "u8) && TryTakeMiB(ref cursor, ref line);
    }

    private static bool TryTakeMiB(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        if (!cursor.TryTakeInt64(out long mib) || mib is < 0 or > long.MaxValue / (1024 * 1024))
        {
            return false;
        }

        line.ResidentKiB = mib * 1024;
        return true;
    }

    private static bool TryTakeOldEarlyoom(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        if (!cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0 || !cursor.TryTake(" \""u8) || !cursor.TryTakeUntilLast("\" with signal "u8, out line.Name) || !TryTakeSignal(ref cursor))
        {
            return false;
        }

        // The oldest say no more.
        if (cursor.TryTake(": badness "u8))
        {
            line.Score = cursor.TryTakeInt64(out long score) ? score : null;
            _ = cursor.TryTake(", VmRSS "u8) && TryTakeMiB(ref cursor, ref line);
        }

        return true;
    }

    private static bool TryTakePort(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        if (!cursor.TryTakeUntilLast("' with signal "u8, out line.Name) || !TryTakeSignal(ref cursor)
            || !cursor.TryTake(", pid: "u8) || !cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0)
        {
            return false;
        }

        line.Score = cursor.TryTake(", badness: "u8) && cursor.TryTakeInt64(out long score) ? score : null;
        _ = cursor.TryTake(", VmRSS: "u8) && TryTakeMiB(ref cursor, ref line);
        return true;
    }

    /// <summary>Takes the number of a signal; signal 0 only asks whether a process is there, and kills nobody.</summary>
    private static bool TryTakeSignal(ref Utf8Cursor cursor) => cursor.TryTakeInt32(out int signal) && signal > 0;

    private static bool TryTakeLmkd(int start, ref Utf8Cursor cursor, ref UserKillLine line)
    {
        line = default;
        cursor.Position = start;
        if (!cursor.TryTakeUntil("' ("u8, out line.Name) || !cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0 || !cursor.TryTake("), uid "u8)
            || !cursor.TryTakeUid(out uint uid))
        {
            return false;
        }

        // Android calls a process by the end of its name, which tells more, where the kernel has room for no more.
        int more = Math.Max(0, line.Name.Length - TaskName.MaxLength);
        line.Name = new TextRange(line.Name.Start + more, line.Name.Length - more);
        line.Uid = uid;
        if (!cursor.TryTake(", oom_score_adj "u8) && !cursor.TryTake(", oom_adj "u8) && !cursor.TryTake(", adj "u8))
        {
            return false;
        }

        line.OomScoreAdj = cursor.TryTakeInt32(out int adjustment) ? adjustment : null;
        line.ResidentKiB = cursor.TrySkipPast("to free "u8) && cursor.TryTakeInt64(out long kiB) && cursor.TryTake("kB"u8) ? kiB : null;
        return true;
    }

    private static bool TryTakeSigkill(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        if (!cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0 || !cursor.TryTake(" ("u8) || !cursor.TryTakeUntilLast(Adjusted, out line.Name))
        {
            return false;
        }

        line.OomScoreAdj = cursor.TryTakeInt32(out int adjustment) ? adjustment : null;
        line.ResidentPages = cursor.TryTake(", size "u8) && cursor.TryTakeInt64(out long pages) ? pages : null;
        return true;
    }

    private static bool TryTakeKilling(ref Utf8Cursor cursor, ref UserKillLine line)
    {
        int start = cursor.Position;
        int end = cursor.Rest.IndexOf(Adjusted);
        int open = end < 0 ? -1 : cursor.Rest[..end].LastIndexOf("' ("u8);
        if (open < 0)
        {
            return false;
        }

        line.Name = new TextRange(start, open);
        cursor.Position = start + open + "' ("u8.Length;
        if (!cursor.TryTakeInt32(out line.Pid) || line.Pid <= 0 || !cursor.TryTake(Adjusted))
        {
            return false;
        }

        line.OomScoreAdj = cursor.TryTakeInt32(out int adjustment) ? adjustment : null;
        line.IsCut = cursor.Rest.IndexOf("Free memory is "u8) < 0;
        if (cursor.TrySkipPast("to free "u8) && cursor.TryTakeInt64(out long kiB) && cursor.TryTake("kB on behalf of '"u8))
        {
            line.ResidentKiB = kiB;
            if (cursor.TryTakeUntil("' ("u8, out line.TriggerName) && cursor.TryTakeInt32(out int pid))
            {
                line.TriggerPid = pid;
            }
        }

        return true;
    }
}
