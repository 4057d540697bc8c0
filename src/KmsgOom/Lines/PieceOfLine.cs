namespace KmsgOom.Lines;

/// <summary>The pieces that some lines are printed in: another CPU's message in between makes records of their own of them.</summary>
/// <remarks>
/// Kernel: <c>pr_cont()</c> in <c>dump_header()</c>, <c>cpuset_print_current_mems_allowed()</c>, <c>mem_cgroup_print_oom_info()</c>, <c>dump_oom_summary()</c>.
/// </remarks>
internal static class PieceOfLine
{
    // "%s invoked oom-killer: gfp_mask=%#x(%pGg), nodemask=" "%*pbl" | "(null)" ",  order=%d, oom_score_adj=%hd"   4.11 .. 4.14
    // "%s cpuset=" "%s" " mems_allowed=%*pbl"                                                                      3.15 .. 4.20
    // "Task in " "%s" " killed as a result of limit of " "%s"                                                      2.6.30 .. 4.20
    // "oom-kill:constraint=%s,nodemask=%*pbl" ",cpuset=%s,mems_allowed=%*pbl" ",oom_memcg=%s" | ",global_oom" ",task_memcg=%s" ",task=%s,pid=%d,uid=%d"
    // "Killing '%s' (%d), adj %hd,\n" "   to free %ldkB …": four lines in one record (lowmemorykiller), where a wrapper makes lines of their own of them
    /// <summary>Tells whether a text that is nothing by itself goes on with a line that was cut.</summary>
    public static bool IsMatch(OomLineKind kind, ReadOnlySpan<byte> cut, ReadOnlySpan<byte> text) => kind switch
    {
        OomLineKind.Trigger => cut.EndsWith("nodemask="u8) ? IsNodeList(text) : IsOrder(text),
        OomLineKind.Cpuset => text.StartsWith(" mems_allowed="u8)
            || (cut.EndsWith("cpuset="u8) && (!text.ContainsAny(" :"u8) || text.IndexOf(" mems_allowed="u8) >= 0)),
        OomLineKind.TaskIn => text.StartsWith("/"u8) && cut.EndsWith(" "u8),
        OomLineKind.Constraint => text.StartsWith(",cpuset="u8) || text.StartsWith(",oom_memcg="u8) || text.StartsWith(",global_oom"u8)
            || text.StartsWith(",task_memcg="u8) || text.StartsWith(",task="u8),
        OomLineKind.UserKill => UserKillLine.IsRest(text),
        _ => false,
    };

    private static bool IsOrder(ReadOnlySpan<byte> text) => text.StartsWith(",  order="u8) || text.StartsWith(", order="u8);

    private static bool IsNodeList(ReadOnlySpan<byte> text)
    {
        // The comma before the order looks like one of a list.
        ReadOnlySpan<byte> rest = text.StartsWith("(null)"u8) ? text["(null)"u8.Length..] : text.TrimStart("0123456789-"u8);
        while (rest.Length > 1 && rest[0] == ',' && rest[1] is >= (byte)'0' and <= (byte)'9')
        {
            rest = rest[1..].TrimStart("0123456789-"u8);
        }

        return rest.Length < text.Length && (rest.IsEmpty || IsOrder(rest));
    }
}
