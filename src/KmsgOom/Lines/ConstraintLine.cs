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

    public static ReadOnlySpan<byte> Start => "oom-kill:constraint="u8;

    private static ReadOnlySpan<byte> CpusetKey => ",cpuset="u8;

    private static ReadOnlySpan<byte> MemsKey => ",mems_allowed="u8;

    private static ReadOnlySpan<byte> LimitKey => ",oom_memcg="u8;

    private static ReadOnlySpan<byte> GlobalKey => ",global_oom"u8;

    private static ReadOnlySpan<byte> TaskPathKey => ",task_memcg="u8;

    private static ReadOnlySpan<byte> TaskKey => ",task="u8;

    /// <summary>Reads the line; false where a newline in a name cuts it off before its end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ConstraintLine line)
    {
        line = default;
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake(Start))
        {
            return false;
        }

        // Values hold commas (node lists, odd cgroup names), so each ends where the next key begins.
        line.Constraint = TakeValue(ref cursor, ",nodemask="u8);
        if (cursor.TryTake(",nodemask="u8))
        {
            TextRange nodemask = TakeValue(ref cursor, CpusetKey, LimitKey, GlobalKey, TaskPathKey, TaskKey);
            line.Nodemask = nodemask.In(text).SequenceEqual("(null)"u8) ? default : nodemask;
        }

        if (cursor.TryTake(CpusetKey))
        {
            line.Cpuset = TakeValue(ref cursor, MemsKey);
            if (cursor.TryTake(MemsKey))
            {
                line.MemsAllowed = TakeValue(ref cursor, LimitKey, GlobalKey, TaskPathKey, TaskKey);
            }
        }

        if (cursor.TryTake(LimitKey))
        {
            line.LimitPath = TakeValue(ref cursor, TaskPathKey, TaskKey);
        }

        line.IsGlobal = cursor.TryTake(GlobalKey);
        if (cursor.TryTake(TaskPathKey))
        {
            line.TaskPath = TakeValue(ref cursor, TaskKey);
        }

        // A name may hold ",pid=1,uid=0"; the kernel's own is the last.
        if (!cursor.TryTake(TaskKey) || !cursor.TryTakeUntilLast(",pid="u8, out line.Name) || !cursor.TryTakeInt32(out int pid))
        {
            return false;
        }

        line.Pid = pid;
        line.Uid = cursor.TryTake(",uid="u8) && cursor.TryTakeUid(out uint uid) ? uid : null;
        return true;
    }

    private static TextRange TakeValue(
        ref Utf8Cursor cursor, ReadOnlySpan<byte> end, ReadOnlySpan<byte> or1 = default, ReadOnlySpan<byte> or2 = default,
        ReadOnlySpan<byte> or3 = default, ReadOnlySpan<byte> or4 = default)
    {
        int start = cursor.Position;
        int comma = cursor.Rest.IndexOf((byte)',');
        while (comma >= 0)
        {
            cursor.Position += comma;
            ReadOnlySpan<byte> rest = cursor.Rest;
            if (rest.StartsWith(end) || IsKey(rest, or1) || IsKey(rest, or2) || IsKey(rest, or3) || IsKey(rest, or4))
            {
                return new TextRange(start, cursor.Position - start);
            }

            cursor.Position++;
            comma = cursor.Rest.IndexOf((byte)',');
        }

        cursor.Position += cursor.Rest.Length;
        return new TextRange(start, cursor.Position - start);
    }

    private static bool IsKey(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> key) => !key.IsEmpty && rest.StartsWith(key);
}
