using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class GroupKillLineTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/kubepods/burstable/pod0f")]
    [InlineData("/odd dir (1),x=y")]
    [InlineData("/a are going to be killed")]
    public void GroupKill_OfACgroup_NamesIt(string path)
    {
        byte[] text = Latin1.Bytes($"Tasks in {path} are going to be killed due to memory.oom.group set");

        Assert.True(GroupKillLine.IsMatch(text));
        Assert.Equal(path, Latin1.Text(GroupKillLine.ParsePath(text), text));
    }

    [Theory]
    [InlineData("Tasks state (memory values in pages):")]
    [InlineData("Tasks in /a are going to be killed")]
    [InlineData("Task in /a killed as a result of limit of /a")]
    public void GroupKill_WithoutItsWords_IsNone(string message) => Assert.False(GroupKillLine.IsMatch(Latin1.Bytes(message)));
}
