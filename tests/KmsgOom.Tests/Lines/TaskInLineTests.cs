using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskInLineTests
{
    [Theory]
    [InlineData("Task in /docker/74be killed as a result of limit of /docker", "/docker/74be", "/docker")]
    [InlineData("Task in / killed as a result of limit of /", "/", "/")]
    [InlineData("Task in /odd dir (1),x=y killed as a result of limit of /odd dir (1),x=y", "/odd dir (1),x=y", "/odd dir (1),x=y")]
    [InlineData("Task in <name too long> killed as a result of limit of /a", "<name too long>", "/a")]
    [InlineData("Task in /docker/74be", "/docker/74be", null)]
    [InlineData("Task in /den killed as a result of limit of /den  ", "/den", "/den")]
    [InlineData("Task in /den/fox killed as a result of limit of /den ", "/den/fox", "/den")]
    [InlineData("Task in /den /fox killed as a result of limit of /den ", "/den /fox", "/den ")]
    [InlineData("Task in /den killed as a result of limit of ", "/den", "")]
    public void Task_InACgroup_NamesBothCgroups(string message, string taskPath, string? limitPath)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(TaskInLine.TryParse(text, out TextRange task, out TextRange limit));
        Assert.Equal(taskPath, Latin1.Text(task, text));
        Assert.Equal(limitPath, Latin1.Text(limit, text));
    }

    [Theory]
    [InlineData("Tasks in /a are going to be killed due to memory.oom.group set")]
    [InlineData("Task: in /a")]
    public void Task_WithoutItsStart_IsNotRead(string message) =>
        Assert.False(TaskInLine.TryParse(Latin1.Bytes(message), out _, out _));

    /// <summary>3.15 .. 3.17 (Debian 8) print " killed as a result of limit of /docker" as a record of its own.</summary>
    [Fact]
    public void SecondHalf_OnALineOfItsOwn_IsPartOfTheMemcgBlock() =>
        Assert.Equal(
            OomSections.Memcg,
            OomLineClassifier.Classify(" killed as a result of limit of /docker"u8, OomSections.Memcg).Section());
}
