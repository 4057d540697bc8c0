using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>What the reaper achieved, since 4.6.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>oom_reap_task_mm()</c>, <c>oom_reap_task()</c>.</remarks>
internal struct ReaperLine
{
    // "oom_reaper: reaped process %d (%s), now anon-rss:%lukB, file-rss:%lukB, shmem-rss:%lukB"
    // "oom_reaper: unable to reap pid:%d (%s)", "oom_reaper: giving up pid:%d (%s)" (4.8)
    public int Pid;
    public OomReaperOutcome Outcome;
    public long? AnonRssKiB;
    public long? FileRssKiB;
    public long? ShmemRssKiB;
    public TextRange Name;

    /// <summary>Whether the line goes on to its end: a newline in the name may cut it.</summary>
    public bool IsWhole;

    /// <summary>Whether the name is followed by the sizes; the words between are longer than a name.</summary>
    public bool IsNameWhole;

    private static ReadOnlySpan<byte> Reaped => "oom_reaper: reaped process "u8;

    private static ReadOnlySpan<byte> Unable => "oom_reaper: unable to reap pid:"u8;

    private static ReadOnlySpan<byte> GivingUp => "oom_reaper: giving up pid:"u8;

    /// <summary>Tells a reaper line from others that begin with the reaper's name, which is a task that may fail an allocation itself.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> text) => text.StartsWith(Reaped) || text.StartsWith(Unable) || text.StartsWith(GivingUp);

    public static bool TryParse(ReadOnlySpan<byte> text, out ReaperLine line)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (cursor.TryTake(Reaped))
        {
            if (!cursor.TryTakeInt32(out line.Pid))
            {
                return false;
            }

            // The name stands between, and may hold these words itself.
            bool hasName = cursor.TryTake(" ("u8);
            line.Name = cursor.RestRange;
            if (hasName && cursor.TryTakeUntilLast("), now anon-rss:"u8, out TextRange whole))
            {
                line.Name = whole;
                line.IsNameWhole = true;
                line.IsWhole = TryTakeKiB(ref cursor, out line.AnonRssKiB)
                    && cursor.TryTake(", file-rss:"u8) && TryTakeKiB(ref cursor, out line.FileRssKiB)
                    && cursor.TryTake(", shmem-rss:"u8) && TryTakeKiB(ref cursor, out line.ShmemRssKiB);
            }

            return true;
        }

        line.Outcome = OomReaperOutcome.Unable;
        if ((!cursor.TryTake(Unable) && !cursor.TryTake(GivingUp)) || !cursor.TryTakeInt32(out line.Pid))
        {
            return false;
        }

        line.Name = cursor.TryTake(" ("u8) && cursor.TryTakeUntilLast(")"u8, out TextRange name) ? name : cursor.RestRange;
        line.IsWhole = text[^1] == ')';
        return true;
    }

    /// <summary>Takes a size; false where the line is cut in it.</summary>
    private static bool TryTakeKiB(ref Utf8Cursor cursor, out long? kiB)
    {
        // An unsigned count that went below zero says nothing, but hides nothing behind it.
        kiB = cursor.TryTakeInt64(out long value) ? value : null;
        bool isWhole = (kiB is not null || cursor.TryTakeUInt64(out _)) && cursor.TryTake("kB"u8);
        kiB = isWhole ? kiB : null;
        return isWhole;
    }
}
