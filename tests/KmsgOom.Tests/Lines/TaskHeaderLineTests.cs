using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskHeaderLineTests
{
    [Theory]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj name", "Uid Tgid TotalVm Rss cpu oom_adj")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name", "Uid Tgid TotalVm Rss cpu oom_adj OomScoreAdj")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name", "Uid Tgid TotalVm Rss nr_ptes SwapEntries OomScoreAdj")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name", "Uid Tgid TotalVm Rss nr_ptes nr_pmds SwapEntries OomScoreAdj")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", "Uid Tgid TotalVm Rss PageTablesBytes SwapEntries OomScoreAdj")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", "Uid Tgid TotalVm Rss PageTablesBytes SwapEntries OomScoreAdj")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
        "Uid Tgid TotalVm Rss RssAnon RssFile RssShmem PageTablesBytes SwapEntries OomScoreAdj")]
    [InlineData("[ pid ] uid tgid total_vm rss nrss pgtables_bytes swapents oom_score_adj name ", "Uid Tgid TotalVm Rss nrss PageTablesBytes SwapEntries OomScoreAdj")]
    [InlineData("[\tpid\t]\t uid\ttgid total_vm\t\t\trss oom_score_adj name", "Uid Tgid TotalVm Rss OomScoreAdj")]
    [InlineData("[ pid ]   uid  tgid total_vm", "Uid Tgid TotalVm")]
    public void Header_OfEveryEra_NamesItsColumns(string message, string expected)
    {
        byte[] text = Latin1.Bytes(message);
        Assert.True(TaskHeaderLine.IsMatch(text));

        List<string> columns = [];
        Utf8Cursor cursor = new(text);
        cursor.TrySkipPast("]"u8);
        while (TaskHeaderLine.TryTakeColumn(ref cursor, text, out TaskColumn column, out TextRange name))
        {
            columns.Add(column == TaskColumn.Other ? Latin1.Text(name, text)! : column.ToString());
        }

        Assert.Equal(expected, string.Join(' ', columns));
    }

    [Theory]
    [InlineData("[  pid  ]")]
    [InlineData("[    156]     0   156   153531")]
    [InlineData("pid   uid  tgid total_vm")]
    [InlineData("[  pids ]   uid  tgid total_vm")]
    public void Header_WithoutItsWords_IsNone(string message) => Assert.False(TaskHeaderLine.IsMatch(Latin1.Bytes(message)));
}
