using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Lines that a mail program, a book or an author broke, and what authors write between them.</summary>
public sealed class BrokenLineTests
{
    private static readonly string Before = string.Concat(Enumerable.Repeat("Nov  3 10:00:00 mill sshd[812]: Accepted publickey for miller from 10.0.0.7 port 22\n", 50));

    [Theory]
    [InlineData("...")]
    [InlineData("[...]")]
    [InlineData("[ ... ]")]
    [InlineData(".....")]
    [InlineData("\u2026")]
    [InlineData("[\u2026]")]
    [InlineData("[snip]")]
    [InlineData("<snip>")]
    [InlineData("-- snip --")]
    [InlineData("[")]
    public void Elision_BehindARow_IsNoPartOfTheName(string elision)
    {
        foreach (string head in new[] { "Nov  3 10:00:00 mill kernel: ", "" })
        {
            OomEvent oom = Single($"{head}[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
                + $"{head}[ 4711]     0  4711    45185    26567      90        0             0 quarry\n{elision}\n"
                + $"{head}Killed process 4711 (quarry) total-vm:34919552kB, anon-rss:33698680kB, file-rss:38340kB\n");

            Assert.Equal("quarry", Assert.Single(oom.Tasks).Name.ToString());
        }
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("snip")]
    [InlineData(".")]
    public void RestOfAName_ThatIsNoElision_IsReadAsOne(string rest)
    {
        OomEvent oom = Single("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
            + $"[ 4711]     0  4711    45185    26567      90        0             0 quarry\n{rest}\n"
            + "Killed process 4712 (other) total-vm:34919552kB, anon-rss:33698680kB, file-rss:38340kB\n");

        Assert.Equal(new TaskName($"quarry\n{rest}"), oom.Tasks[0].Name);
    }

    [Fact]
    public void AllocationFailure_Indented_HasTheNameOfItsCpuLine()
    {
        OomEvent oom = Single("  quarry/0: page allocation failure: order:5, mode:0xcc1(GFP_KERNEL|GFP_DMA), nodemask=(null),cpuset=/,mems_allowed=0\n  CPU: 0 PID: 1 Comm: quarry/0 Not tainted 5.13.0 #1\n");

        Assert.Equal(("quarry/0", 1, "5.13.0"), (oom.Trigger!.Name.ToString(), oom.Trigger.Pid, oom.Kernel?.Release));
    }

    /// <summary>Parses a log behind lines that are passed over, and proves that neither cuts nor passing over change what comes out.</summary>
    private static OomEvent Single(string text)
    {
        byte[] log = Encoding.UTF8.GetBytes(Before + text);
        OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseWithoutSkipping(log, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseInPieces(log, 1, Golden.Options));
        AssertEvents.Same([oom], Chunks.ParseInPieces(log, 61, Golden.Options));
        return oom;
    }
}
