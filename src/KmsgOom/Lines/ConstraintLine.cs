using System.Buffers;
using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The summary of a report, since 5.0.</summary>
/// <remarks>
/// Kernel: <c>mm/oom_kill.c</c>, <c>dump_oom_victim()</c> (<c>dump_oom_summary()</c> up to 6.12); <c>mm/memcontrol.c</c>,
/// <c>mem_cgroup_print_oom_context()</c>.
/// </remarks>
internal struct ConstraintLine
{
    // "oom-kill:constraint=%s,nodemask=%*pbl" ",cpuset=%s,mems_allowed=%*pbl" ",oom_memcg=%s" | ",global_oom"
    // ",task_memcg=%s" ",task=%s,pid=%d,uid=%d"
    public TextRange Constraint;
    public TextRange Nodemask;
    public TextRange Cpuset;
    public TextRange MemsAllowed;
    public TextRange LimitPath;
    public TextRange TaskPath;
    public TextRange Name;
    public int? Pid;
    public uint? Uid;
    public bool IsGlobal;

    private static readonly SearchValues<byte> ConstraintBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);
    private static readonly SearchValues<byte> NodeListBytes = SearchValues.Create("0123456789-,"u8);

    public static ReadOnlySpan<byte> Start => "oom-kill:constraint="u8;

    private static ReadOnlySpan<byte> CpusetKey => ",cpuset="u8;

    private static ReadOnlySpan<byte> MemsKey => ",mems_allowed="u8;

    private static ReadOnlySpan<byte> LimitKey => ",oom_memcg="u8;

    private static ReadOnlySpan<byte> GlobalKey => ",global_oom"u8;

    private static ReadOnlySpan<byte> TaskPathKey => ",task_memcg="u8;

    private static ReadOnlySpan<byte> TaskKey => ",task="u8;

    /// <summary>Reads the line; false where a newline in a name, or a mail program, cuts it off before its end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ConstraintLine line)
    {
        if (TryParse(text, isSpaced: false, out line))
        {
            return true;
        }

        // Who writes the line down by hand puts blanks behind its commas; a name may hold such, so this is asked last.
        if (text.IndexOf(", "u8) >= 0 && TryParse(text, isSpaced: true, out ConstraintLine spaced))
        {
            line = spaced;
            return true;
        }

        return false;
    }

    /// <summary>Tells whether a line was broken at one of its commas, which nothing in a name can do: only the task's holds newlines.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> text) => text.IndexOf("task="u8) < 0;

    /// <summary>Tells whether a text goes on with one of the keys.</summary>
    public static bool IsRest(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)',');
        return rest.StartsWith("nodemask="u8) || rest.StartsWith(CpusetKey[1..]) || rest.StartsWith(MemsKey[1..]) || rest.StartsWith(LimitKey[1..])
            || rest.StartsWith(GlobalKey[1..]) || rest.StartsWith(TaskPathKey[1..]) || rest.StartsWith(TaskKey[1..]) || rest.StartsWith("pid="u8) || rest.StartsWith("uid="u8);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, bool isSpaced, out ConstraintLine line)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake(Start))
        {
            return false;
        }

        // A word; what else stands before the next key was left out by somebody. The values behind it hold commas (node lists, odd cgroup names), so
        // each ends where the next key begins.
        int word = cursor.Rest.IndexOfAnyExcept(ConstraintBytes);
        line.Constraint = new TextRange(cursor.Position, word < 0 ? cursor.Rest.Length : word);
        cursor.Position += line.Constraint.Length;
        if (TryTake(ref cursor, ",nodemask="u8, isSpaced))
        {
            TextRange nodemask = TakeValue(ref cursor, isSpaced, CpusetKey, LimitKey, GlobalKey, TaskPathKey, TaskKey);
            line.Nodemask = nodemask.In(text).StartsWith("(null)"u8) ? default : new TextRange(nodemask.Start, NodeListLength(nodemask.In(text)));
        }

        if (TryTake(ref cursor, CpusetKey, isSpaced))
        {
            line.Cpuset = TakeValue(ref cursor, isSpaced, MemsKey);
            if (TryTake(ref cursor, MemsKey, isSpaced))
            {
                line.MemsAllowed = TakeValue(ref cursor, isSpaced, LimitKey, GlobalKey, TaskPathKey, TaskKey);
            }
        }

        if (TryTake(ref cursor, LimitKey, isSpaced))
        {
            line.LimitPath = TakeValue(ref cursor, isSpaced, TaskPathKey, TaskKey);
        }

        line.IsGlobal = TryTake(ref cursor, GlobalKey, isSpaced);
        if (TryTake(ref cursor, TaskPathKey, isSpaced))
        {
            line.TaskPath = TakeValue(ref cursor, isSpaced, TaskKey);
        }

        // A name may hold ",pid=1,uid=0"; the kernel's own is the last.
        if (!TryTake(ref cursor, TaskKey, isSpaced) || !cursor.TryTakeUntilLast(isSpaced ? ", pid="u8 : ",pid="u8, out line.Name) || !cursor.TryTakeInt32(out int pid))
        {
            return false;
        }

        line.Pid = pid;
        line.Uid = TryTake(ref cursor, ",uid="u8, isSpaced) && cursor.TryTakeUid(out uint uid) ? uid : null;
        return true;
    }

    private static int NodeListLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExcept(NodeListBytes);
        return text[..(end < 0 ? text.Length : end)].TrimEnd((byte)',').Length;
    }

    private static TextRange TakeValue(
        ref Utf8Cursor cursor, bool isSpaced, ReadOnlySpan<byte> end, ReadOnlySpan<byte> or1 = default, ReadOnlySpan<byte> or2 = default,
        ReadOnlySpan<byte> or3 = default, ReadOnlySpan<byte> or4 = default)
    {
        int start = cursor.Position;
        int comma = cursor.Rest.IndexOf((byte)',');
        while (comma >= 0)
        {
            cursor.Position += comma;
            ReadOnlySpan<byte> rest = cursor.Rest;
            if (KeyLength(rest, end, isSpaced) > 0 || KeyLength(rest, or1, isSpaced) > 0 || KeyLength(rest, or2, isSpaced) > 0
                || KeyLength(rest, or3, isSpaced) > 0 || KeyLength(rest, or4, isSpaced) > 0)
            {
                return new TextRange(start, cursor.Position - start);
            }

            cursor.Position++;
            comma = cursor.Rest.IndexOf((byte)',');
        }

        // The comma that the line was broken at is none of the value.
        int length = cursor.Rest.Length + cursor.Position - start;
        length -= cursor.Rest.IsEmpty && length > 0 ? 1 : 0;
        cursor.Position += cursor.Rest.Length;
        return new TextRange(start, length);
    }

    private static bool TryTake(ref Utf8Cursor cursor, ReadOnlySpan<byte> key, bool isSpaced)
    {
        int length = KeyLength(cursor.Rest, key, isSpaced);
        cursor.Position += length;
        return length > 0;
    }

    private static int KeyLength(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> key, bool isSpaced)
    {
        if (!key.IsEmpty && rest.StartsWith(key))
        {
            return key.Length;
        }

        if (!isSpaced || key.IsEmpty || rest is not [(byte)',', (byte)' ', ..])
        {
            return 0;
        }

        ReadOnlySpan<byte> word = rest[1..].TrimStart((byte)' ');
        return word.StartsWith(key[1..]) ? rest.Length - word.Length + key.Length - 1 : 0;
    }
}
