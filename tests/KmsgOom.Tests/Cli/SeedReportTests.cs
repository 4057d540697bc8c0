using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Cli;

/// <summary>The report that this project began with: every fact of it is on the screen.</summary>
public sealed class SeedReportTests
{
    [Fact]
    public async Task Text_HasEveryFactOfTheLog()
    {
        string path = Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log");

        ToolRun run = await ToolRun.StartAsync("scan", path);

        // Paths are wrapped at their slashes, sentences at blanks.
        string text = run.Output.Replace("/\n           ", "/").Replace("\n           ", " ").Replace("\nmachine", " machine");
        string[] facts =
        [
            "== 2019-04-27 22:56:09 ==",
            "A memory cgroup hit its limit of 123 MiB (container or service, not the machine): stress (pid 32308) was killed.",
            "Limit      /kubepods/burstable/podbc001ffa-68fc-11e9-92d7-5ef9efd9374c memory 123 MiB used of 123 MiB (125952 of 125952 kB), failcnt 3632",
            "kernel memory 2.3 MiB used, limit none (2352 kB), failcnt 0",
            "rss 121 MiB in /a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672",
            "rss 48 KiB in /79fae7c2724ea1b19caa343fed8da3ea84bbe5eb370e5af8a6a94a090d9e4ac2",
            "Task in    /kubepods/burstable/podbc001ffa-68fc-11e9-92d7-5ef9efd9374c/a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672",
            "by stress (pid 32332, oom_score_adj 939, on CPU 0) asked for 4 KiB (order 0), gfp_mask 0x14000c0 GFP_KERNEL",
            "Killed     stress (pid 32308, score 1718) held 97.5 MiB: anon 97.3 MiB (99620 kB), file 192 KiB, shmem 0 address space 108 MiB",
            "Reaper     freed all of it (left: anon 0, file 0, shmem 0)",
            "*    32308      97.5         0          0.2           939  stress",
            "     25160       0.0         0          0.0          -998  pause",
            "6 tasks",
            "Kernel     4.15.0-46-generic #49-Ubuntu, Not tainted",
            "Hardware   BHYVE, BIOS 1.00 03/14/2014",
        ];
        Assert.All(facts, fact => Assert.Contains(fact, text));
        Assert.DoesNotContain("Note", text);
        Assert.Equal("kmsgoom: 1 file, 4 KiB, dmesg -T; 1 OOM event, 1 kill", Assert.Single(run.ErrorLines));
    }
}
