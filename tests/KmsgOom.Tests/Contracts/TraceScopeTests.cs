namespace KmsgOom.Tests.Contracts;

/// <summary>Whose memory it was, where nothing but the way into the killer tells: no victim, a panic, the log's end.</summary>
public sealed class TraceScopeTests
{
    private const string Head = """
        [   81.000000] worker invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
        [   81.000001] CPU: 3 PID: 8284 Comm: worker Not tainted 3.10.0-229.el7.x86_64 #1
        [   81.000002] Call Trace:
        [   81.000003]  [<ffffffff81603d1c>] dump_header+0x8e/0x214

        """;

    private const string Panic = """
        [   81.000010] Mem-Info:
        [   81.000011] 12571005 pages RAM
        [   81.000012] Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled

        """;

    /// <summary>Kernels before 4.1 print the machine's Mem-Info before a panic for a cgroup too.</summary>
    [Theory]
    [InlineData(" [<ffffffff811c17bf>] mem_cgroup_oom_synchronize+0x34f/0x580", OomScope.Memcg)]
    [InlineData(" mem_cgroup_out_of_memory+0x134/0x150", OomScope.Memcg)]
    [InlineData(" [<ffffffff8117b1a0>] mem_cgroup_handle_oom+0x1b0/0x210", OomScope.Memcg)]
    [InlineData(" [<ffffffff811c17bf>] ? mem_cgroup_oom_synchronize+0x34f/0x580", OomScope.Global)]
    [InlineData(" [<ffffffff811c0db0>] mem_cgroup_charge_common+0xc0/0xc0", OomScope.Global)]
    [InlineData(" [<ffffffff8116c156>] __alloc_pages_nodemask+0xa96/0xb80", OomScope.Global)]
    public void Panic_IsOfACgroup_WhereTheTraceIs(string frame, OomScope scope) =>
        Assert.Equal(scope, Assert.Single(OomLog.Parse($"{Head}[   81.000004] {frame}\n{Panic}")).Scope);

    [Theory]
    [InlineData("", OomScope.Memcg)]
    [InlineData("[   81.000010] Out of memory and no killable processes...\n", OomScope.Memcg)]
    [InlineData("[   81.000010] Killed process 700 (cron) total-vm:4kB, anon-rss:4kB, file-rss:0kB\n", OomScope.Memcg)]
    [InlineData("[   81.000010] Out of memory: Killed process 700 (cron) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n", OomScope.Global)]
    public void Words_AreProofBeforeTheTrace(string end, OomScope scope) =>
        Assert.Equal(scope, Assert.Single(OomLog.Parse($"{Head}[   81.000004]  mem_cgroup_out_of_memory+0x134/0x150\n{end}")).Scope);

    /// <summary>The trace of another CPU's dump inside the report is not the report's.</summary>
    [Fact]
    public void Trace_OfAnother_ProvesNothing()
    {
        const string Other = """
            [   81.000005] Mem-Info:
            [   81.000006] 12571005 pages RAM
            [   81.000007] CPU: 1 PID: 99 Comm: other Not tainted 3.10.0-229.el7.x86_64 #1
            [   81.000008] Call Trace:
            [   81.000009]  [<ffffffff811c17bf>] mem_cgroup_oom_synchronize+0x34f/0x580

            """;

        Assert.Equal(OomScope.Global, Assert.Single(OomLog.Parse($"{Head}{Other}{Panic}")).Scope);
    }
}
