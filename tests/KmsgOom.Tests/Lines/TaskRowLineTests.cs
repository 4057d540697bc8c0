using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskRowLineTests
{
    private const string T1 = "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name";
    private const string T2 = "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name";
    private const string T3 = "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name";
    private const string T4 = "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name";
    private const string T5 = "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name";
    private const string T7 = "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name";

    [Theory]
    [InlineData(T1, "[ 1532]     0  1532    27053      412   1         -17 sshd", "1532 1532 0 27053 412 - 0 0 0", "1,-17", "sshd")]
    [InlineData(T2, "[ 1532]     0  1532    27053      412   1     -17         -1000 sshd", "1532 1532 0 27053 412 - 0 0 -1000", "1,-17", "sshd")]
    [InlineData(T3, "[18177]  1000 18177  4950827   635077    1311        0             0 java", "18177 18177 1000 4950827 635077 - 0 0 0", "1311", "java")]
    [InlineData(T4, "[18177]  1000 18177  4950827   635077    1311      17        0           300 java", "18177 18177 1000 4950827 635077 - 0 0 300", "1311,17", "java")]
    [InlineData(T5, "[24953]     0 24953   187044    24953   253952        7           939 node", "24953 24953 0 187044 24953 - 253952 7 939", "", "node")]
    [InlineData(T5, "[  19331]  1000 19331   226026    29603  1314816        0           999 npm start", "19331 19331 1000 226026 29603 - 1314816 0 999", "", "npm start")]
    [InlineData(T7, "[    156]     0   156   153531   153345   153340        4         1  1269760        0             0 mm_test",
        "156 156 0 153531 153345 153340/4/1 1269760 0 0", "", "mm_test")]
    [InlineData(T5, "[12345678] -2 12345670 123456789012 123456789013 -4096 123456789014 -998 x", "12345678 12345670 4294967294 123456789012 123456789013 - -4096 123456789014 -998", "", "x")]
    public void Row_OfEveryEra_IsReadByItsHeader(string header, string message, string numbers, string others, string name)
    {
        byte[] text = Latin1.Bytes(message);
        TaskColumn[] columns = Columns(header, out int otherCount);
        long[] other = new long[otherCount];

        Assert.True(TaskRowLine.IsMatch(text));
        long[] known = new long[(int)TaskColumn.Count];
        Assert.True(TaskRowLine.TryParse(text, columns, known, other, out TextRange nameRange));
        string split = columns.Contains(TaskColumn.RssAnon)
            ? $"{known[(int)TaskColumn.RssAnon]}/{known[(int)TaskColumn.RssFile]}/{known[(int)TaskColumn.RssShmem]}"
            : "-";
        Assert.Equal(
            numbers,
            $"{known[(int)TaskColumn.Pid]} {known[(int)TaskColumn.Tgid]} {unchecked((uint)known[(int)TaskColumn.Uid])} {known[(int)TaskColumn.TotalVm]} {known[(int)TaskColumn.Rss]} {split} "
            + $"{known[(int)TaskColumn.PageTablesBytes]} {known[(int)TaskColumn.SwapEntries]} {known[(int)TaskColumn.OomScoreAdj]}");
        Assert.Equal(others, string.Join(',', other));
        Assert.Equal(name, Latin1.Text(nameRange, text));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    [InlineData("0 7z")]
    public void Row_WithHostileName_KeepsItWhole(string name)
    {
        byte[] text = Latin1.Bytes("[    156]     0   156   153531   153345  1269760        0             0 " + name);

        long[] known = new long[(int)TaskColumn.Count];
        Assert.True(TaskRowLine.TryParse(text, Columns(T5, out _), known, [], out TextRange nameRange));
        Assert.Equal(name, Latin1.Text(nameRange, text));
        Assert.Equal(156, known[(int)TaskColumn.Pid]);
        Assert.Equal(1269760, known[(int)TaskColumn.PageTablesBytes]);
    }

    [Fact]
    public void Row_WithTrimmedEmptyName_HasAnEmptyName()
    {
        Assert.True(TaskRowLine.TryParse("[ 156] 0 156 153531 153345 1269760 0 0"u8, Columns(T5, out _), new long[(int)TaskColumn.Count], [], out TextRange name));
        Assert.True(name.IsPresent);
        Assert.Equal(0, name.Length);
    }

    [Theory]
    [InlineData("[    156]     0   156   153531   153345  1269760        0")]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             -")]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0x mm_test")]
    [InlineData("[    156]     0   156   15x531   153345  1269760        0             0 mm_test")]
    [InlineData("[    156]     0   156   153531   99999999999999999999  1269760        0             0 mm_test")]
    [InlineData("[    156")]
    [InlineData("[99999999999]     0   156   153531   153345  1269760        0             0 mm_test")]
    public void Row_ThatDoesNotFitItsHeader_IsNotRead(string message) =>
        Assert.False(TaskRowLine.TryParse(Latin1.Bytes(message), Columns(T5, out _), new long[(int)TaskColumn.Count], [], out _));

    [Theory]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0 (unreliable)")]
    [InlineData("[<0000000000113fbe>] show_stack+0x56/0x80 ")]
    [InlineData("[0000000000664a20] handle_pte_fault+0xe0/0x200")]
    [InlineData("[  pid  ]   uid  tgid total_vm")]
    [InlineData("[   12.345678] text")]
    [InlineData("[]")]
    public void Row_OfATraceOrHeader_IsNone(string message) => Assert.False(TaskRowLine.IsMatch(Latin1.Bytes(message)));

    private static TaskColumn[] Columns(string header, out int otherCount)
    {
        byte[] text = Latin1.Bytes(header);
        List<TaskColumn> columns = [];
        Utf8Cursor cursor = new(text);
        cursor.TrySkipPast("]"u8);
        while (TaskHeaderLine.TryTakeColumn(ref cursor, text, out TaskColumn column, out _))
        {
            columns.Add(column);
        }

        otherCount = columns.Count(static column => column == TaskColumn.Other);
        return [.. columns];
    }
}
