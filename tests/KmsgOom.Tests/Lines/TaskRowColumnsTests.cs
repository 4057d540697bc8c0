using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskRowColumnsTests
{
    [Theory]
    [InlineData("[ 1532]     0  1532    27053      412   1     -17 sshd", 6, TaskColumn.Unknown)]
    [InlineData("[ 1532]     0  1532    27053      412   1     -17         -1000 sshd", 7, TaskColumn.Unknown)]
    [InlineData("[18177]  1000 18177  4950827   635077    1311       17             0 java", 7, TaskColumn.Unknown)]
    [InlineData("[18177]  1000 18177  4950827   635077    1311      17        0           300 java", 8, TaskColumn.Unknown)]
    [InlineData("[24953]     0 24953   187044    24953   253952        0           939 node", 7, TaskColumn.PageTablesBytes)]
    [InlineData("[  19331]  1000 19331   226026    29603  1314816        0           999 npm start", 7, TaskColumn.PageTablesBytes)]
    [InlineData("[    156]    -2   156   153531   153345   153345        0         0  1269760        0             0 7z", 10, TaskColumn.RssAnon)]
    [InlineData("[    156]     0   156   153531   153345        0        0             0  9 lives", 7, TaskColumn.PageTablesBytes)]
    [InlineData("[ 1532] 0 1532 27053 412 1 -17 -1000 sshd", 0, TaskColumn.Unknown)]
    [InlineData("[ 1532]     0  1532    27053      412", 0, TaskColumn.Unknown)]
    [InlineData("[ 1532]     0  1532      412    27053   1     -17         -1000 sshd", 0, TaskColumn.Unknown)]
    [InlineData("[ 12.532]     0  1532    27053      412   1     -17         -1000 sshd", 0, TaskColumn.Unknown)]
    public void Padding_TellsTheColumns(string row, int count, object fifth)
    {
        TaskColumn[] columns = new TaskColumn[TaskRowColumns.MaxCount];

        Assert.Equal(count, TaskRowColumns.Find(Latin1.Bytes(row), columns));
        Assert.Equal(count > 0, TaskRowColumns.IsRow(Latin1.Bytes("  " + row)));
        if (count > 0)
        {
            Assert.Equal(fifth, columns[4]);
            Assert.Equal(count > 6 ? TaskColumn.OomScoreAdj : TaskColumn.Unknown, columns[count - 1]);
        }
    }
}
