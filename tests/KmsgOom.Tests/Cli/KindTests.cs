using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Cli;

/// <summary>The events that are no kernel OOM: shown on request, and never counted as one.</summary>
public sealed class KindTests
{
    private const string Kills = "userspace-kills.rsyslog.log";

    [Fact]
    public async Task OtherKinds_AreNotShown_ButTold()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--fail-on-oom", Path.Combine(Repository.Goldens, Kills));

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("; no OOM event in this kernel log, 7 events of other kinds (--all-kinds)", run.Errors);
    }

    [Fact]
    public async Task AllKinds_ShowsThem_AndFailOnOomDoesNotCountThem()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--fail-on-oom", "--all-kinds", Path.Combine(Repository.Goldens, Kills));

        Assert.Equal(0, run.ExitCode);
        string text = string.Join(' ', run.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("not by the kernel's OOM killer: all of cgroup /system.slice/batch.service.", text);
        Assert.Contains("not by the kernel's OOM killer: Web Content (pid 23456).", text);
        Assert.Contains("Killed Web Content (pid 23456, uid 1000, score 1205, oom_score_adj 300) held 2048 MiB", text);
        Assert.Contains("held 9184 pages", text);
        Assert.Contains("A page fault found no memory and was tried again: nothing was killed for it.", text);
        Assert.DoesNotContain("Reaper", text);
    }

    [Fact]
    public async Task AllocationFailure_NamesWhoAsked()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--all-kinds", Path.Combine(Repository.Goldens, "6.12-amd64-vmalloc-error.dmesg.log"));

        Assert.Contains("The kernel could not allocate memory: nothing was killed for it.", run.Output);
        Assert.Contains("by insmod (pid 511, uid 0, on CPU 1)", run.Output);
        Assert.Contains("gfp_mask 0xcc0 GFP_KERNEL", run.Output);
    }

    [Fact]
    public async Task Ndjson_NamesTheKind()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--all-kinds", "--format", "ndjson", Path.Combine(Repository.Goldens, Kills));

        Assert.Equal(7, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"kind\":\"userspace_kill\"", run.Output);
        Assert.Contains("\"kind\":\"vm_fault\"", run.Output);
    }
}
