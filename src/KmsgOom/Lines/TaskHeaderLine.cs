using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>The header of the task table; it names the columns, so that tables of any kernel and vendor can be read.</summary>
/// <remarks>Kernel: <c>mm/oom_kill.c</c>, <c>dump_tasks()</c>.</remarks>
internal static class TaskHeaderLine
{
    // "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name"  6.8 and later
    // "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name"                                                          2.6.25 .. 2.6.35
    public static bool IsMatch(ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake((byte)'['))
        {
            return false;
        }

        cursor.SkipBlanks();
        if (!cursor.TryTake("pid"u8))
        {
            return false;
        }

        cursor.SkipBlanks();
        return cursor.TryTake((byte)']') && cursor.Rest.IndexOf("tgid"u8) > 0;
    }

    /// <summary>Takes the next column behind the pid; false at the end or at the name, which is always last.</summary>
    public static bool TryTakeColumn(ref Utf8Cursor cursor, ReadOnlySpan<byte> text, out TaskColumn column, out TextRange name)
    {
        cursor.SkipBlanks();
        int end = cursor.Rest.IndexOfAny((byte)' ', (byte)'\t');
        name = end < 0 ? cursor.RestRange : new TextRange(cursor.Position, end);
        cursor.Position += name.Length;
        if (name.Length == 0 || name.In(text).SequenceEqual("name"u8))
        {
            column = TaskColumn.Other;
            return false;
        }

        column = Find(name.In(text));
        return true;
    }

    private static TaskColumn Find(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("uid"u8) => TaskColumn.Uid,
        _ when name.SequenceEqual("tgid"u8) => TaskColumn.Tgid,
        _ when name.SequenceEqual("total_vm"u8) => TaskColumn.TotalVm,
        _ when name.SequenceEqual("rss"u8) => TaskColumn.Rss,
        _ when name.SequenceEqual("rss_anon"u8) => TaskColumn.RssAnon,
        _ when name.SequenceEqual("rss_file"u8) => TaskColumn.RssFile,
        _ when name.SequenceEqual("rss_shmem"u8) => TaskColumn.RssShmem,
        _ when name.SequenceEqual("pgtables_bytes"u8) => TaskColumn.PageTablesBytes,
        _ when name.SequenceEqual("swapents"u8) => TaskColumn.SwapEntries,
        _ when name.SequenceEqual("oom_score_adj"u8) => TaskColumn.OomScoreAdj,
        _ => TaskColumn.Other,
    };
}
