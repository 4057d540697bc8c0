using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MemcgStatsLineTests
{
    [Theory]
    [InlineData("Memory cgroup stats for /kubepods/pod200f55f9-b043-11ea-b578-fa163e82605e:", "/kubepods/pod200f55f9-b043-11ea-b578-fa163e82605e")]
    [InlineData("Memory cgroup stats for /:", "/")]
    [InlineData("Memory cgroup stats for /a: ", "/a")]
    [InlineData("Memory cgroup stats for /odd dir (1),x=y:", "/odd dir (1),x=y")]
    [InlineData("Memory cgroup stats for /system.slice/k.slice:cri-containerd:4f1c:", "/system.slice/k.slice:cri-containerd:4f1c")]
    public void Head_Since53_NamesTheCgroupAndHasNoValues(string message, string path)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(MemcgStatsLine.TryParse(text, out TextRange pathRange, out TextRange values));
        Assert.Equal(path, Latin1.Text(pathRange, text));
        Assert.Equal("", Latin1.Text(values, text)!.Trim());
    }

    [Theory]
    [InlineData("Memory cgroup stats for /0: cache:0KB rss:0KB rss_huge:0KB mapped_file:0KB swap:0KB inactive_anon:0KB active_anon:0KB inactive_file:0KB active_file:0KB unevictable:0KB",
        "/0", "cache=0 rss=0 rss_huge=0 mapped_file=0 swap=0 inactive_anon=0 active_anon=0 inactive_file=0 active_file=0 unevictable=0")]
    [InlineData("Memory cgroup stats for /a: cache:4KB rss:125952KB rss_huge:0KB shmem:0KB mapped_file:0KB dirty:0KB writeback:0KB inactive_anon:0KB",
        "/a", "cache=4 rss=125952 rss_huge=0 shmem=0 mapped_file=0 dirty=0 writeback=0 inactive_anon=0")]
    [InlineData("Memory cgroup stats for /system.slice/k.slice:cri-containerd:4f1c: cache:4KB rss:-8KB", "/system.slice/k.slice:cri-containerd:4f1c", "cache=4 rss=-8")]
    [InlineData("Memory cgroup stats for /: cache:4KB rss:8KB", "/", "cache=4 rss=8")]
    [InlineData("Memory cgroup stats: cache:4KB rss:8KB", null, "cache=4 rss=8")]
    [InlineData("Memory cgroup stats for /a: cache:4KB rss:8", "/a", "cache=4")]
    [InlineData("Memory cgroup stats for /a: cache:4KB ", "/a", "cache=4")]
    public void Head_Until52_HasTheValues(string message, string? path, string expected)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(MemcgStatsLine.TryParse(text, out TextRange pathRange, out TextRange values));
        Assert.Equal(path, Latin1.Text(pathRange, text));

        List<string> read = [];
        Utf8Cursor cursor = new(text) { Position = values.Start };
        while (MemcgStatsLine.TryTakeValue(ref cursor, out TextRange key, out long kiB))
        {
            read.Add($"{Latin1.Text(key, text)}={kiB}");
        }

        Assert.Equal(expected, string.Join(' ', read));
    }

    [Fact]
    public void Head_WithoutItsWords_IsNotRead() =>
        Assert.False(MemcgStatsLine.TryParse("Memory cgroup min protection 0kB -- low protection 0kB"u8, out _, out _));
}
