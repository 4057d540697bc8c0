using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>The driver's record of four lines says the same however a wrapper lays it out.</summary>
public sealed class LowmemorykillerTests
{
    private static readonly string[] Four =
    [
        "lowmemorykiller: Killing 'com.example.app' (5120), adj 900,",
        "   to free 36736kB on behalf of 'kswapd0' (57) because",
        "   cache 91236kB is below limit 92160kB for oom_score_adj 900",
        "   Free memory is 4660kB above reserved",
    ];

    [Theory]
    [InlineData("[ 8214.512345] ", "               ")]
    [InlineData("[ 8214.512345] ", "[ 8214.512345] ")]
    [InlineData("<4>[ 8214.512345] ", "<4>[ 8214.512345] ")]
    [InlineData("Mar  5 11:02:17 tab kernel: [ 8214.512345] ", "Mar  5 11:02:17 tab kernel: [ 8214.512345] ")]
    [InlineData("Mar  5 11:02:17 tab kernel: ", "                            ")]
    [InlineData("", "")]
    public void Kill_InAnyForm_IsTheSame(string first, string next)
    {
        OomEvent found = Assert.Single(Parse([first + Four[0], .. Four[1..].Select(line => next + line)]));

        OomVictim victim = Assert.Single(found.Victims);
        Assert.Equal((5120, "com.example.app", 900, 36736L), (victim.Pid, victim.Name.ToString(), victim.OomScoreAdj, victim.WholeRssKiB));
        Assert.Equal(("kswapd0", 57), (found.Trigger?.Name?.ToString(), found.Trigger?.Pid));
        Assert.Equal(4, found.Source.LineCount);
    }

    [Fact]
    public void Kill_ByTheKernel_OfTheSamePid_IsAnotherEvent()
    {
        ImmutableArray<OomEvent> events = Parse(
        [
            "[ 8214.512345] " + Four[0],
            "[ 8214.512399] Out of memory: Killed process 5120 (com.example.app) total-vm:72852kB, anon-rss:64768kB, file-rss:1280kB, shmem-rss:0kB",
        ]);

        Assert.Equal([OomEventKind.UserspaceKill, OomEventKind.Oom], events.Select(static one => one.Kind));
        Assert.All(events, static one => Assert.Equal(5120, Assert.Single(one.Victims).Pid));
    }

    private static ImmutableArray<OomEvent> Parse(string[] lines) => OomLog.Parse(Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"), Golden.Options);
}
