using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class OomLineClassifierTests
{
    [Theory]
    [InlineData("oom_kill_process: 14 callbacks suppressed", nameof(OomLineKind.Suppressed))]
    [InlineData("mem invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", nameof(OomLineKind.Trigger))]
    [InlineData(" invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", nameof(OomLineKind.Trigger))]
    [InlineData("new\nline invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", nameof(OomLineKind.Trigger))]
    [InlineData("oom-killer: gfp_mask=0xd0, order=0", nameof(OomLineKind.Trigger))]
    [InlineData("java: page allocation failure: order:4, mode:0x40d0", nameof(OomLineKind.AllocationFailure))]
    [InlineData("Pid: 1234, comm: java Not tainted 2.6.32 #1", nameof(OomLineKind.Cpu))]
    [InlineData("CPU: 0 PID: 141 Comm: memhog Not tainted 6.1.0 #1", nameof(OomLineKind.Cpu))]
    [InlineData("CPU: 0 UID: 0 PID: 141 Comm: memhog Not tainted 6.12.0 #1", nameof(OomLineKind.Cpu))]
    [InlineData("Hardware name: QEMU", nameof(OomLineKind.Hardware))]
    [InlineData("Workqueue: events moom_callback", nameof(OomLineKind.StackRemark))]
    [InlineData("Stopper: multi_cpu_stop+0x0/0x140 <- 0x0", nameof(OomLineKind.StackRemark))]
    [InlineData("Sched_ext: simple (enabled)", nameof(OomLineKind.StackRemark))]
    [InlineData("Tainted: [P]=PROPRIETARY_MODULE, [O]=OOT_MODULE", nameof(OomLineKind.StackRemark))]
    [InlineData("COMPACTION is disabled!!!", nameof(OomLineKind.StackRemark))]
    [InlineData("Call Trace:", nameof(OomLineKind.CallTrace))]
    [InlineData("Call trace:", nameof(OomLineKind.CallTrace))]
    [InlineData("Task in /a killed as a result of limit of /a", nameof(OomLineKind.TaskIn))]
    [InlineData("Memory limit reached of cgroup /a", nameof(OomLineKind.LimitReached))]
    [InlineData("memory: usage 1kB, limit 1kB, failcnt 0", nameof(OomLineKind.MemcgUsage))]
    [InlineData("memory+swap: usage 1kB, limit 1kB, failcnt 0", nameof(OomLineKind.MemcgUsage))]
    [InlineData("swap: usage 1kB, limit 1kB, failcnt 0", nameof(OomLineKind.MemcgUsage))]
    [InlineData("kmem: usage 1kB, limit 1kB, failcnt 0", nameof(OomLineKind.MemcgUsage))]
    [InlineData("Memory cgroup stats for /a:", nameof(OomLineKind.MemcgStats))]
    [InlineData("Memory cgroup stats: cache:0KB", nameof(OomLineKind.MemcgStats))]
    [InlineData("Memory cgroup min protection 0kB -- low protection 0kB", nameof(OomLineKind.MemcgProtection))]
    [InlineData("Mem-Info:", nameof(OomLineKind.MemInfoStart))]
    [InlineData("Mem-info:", nameof(OomLineKind.MemInfoStart))]
    [InlineData("active_anon:1 inactive_anon:2 isolated_anon:0", nameof(OomLineKind.MemInfo))]
    [InlineData("Active:1 inactive:2 dirty:0 writeback:0 unstable:0", nameof(OomLineKind.MemInfo))]
    [InlineData("Active_anon:1 active_file:2 inactive_anon:3", nameof(OomLineKind.MemInfo))]
    [InlineData("Node 0 DMA free:15360kB min:268kB", nameof(OomLineKind.MemInfo))]
    [InlineData("Normal free:15360kB min:268kB", nameof(OomLineKind.MemInfo))]
    [InlineData("HighMem per-cpu:", nameof(OomLineKind.MemInfo))]
    [InlineData("Tasks state (memory values in pages):", nameof(OomLineKind.TasksTitle))]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj name", nameof(OomLineKind.TasksHeader))]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", nameof(OomLineKind.TasksHeader))]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=a,pid=5,uid=0", nameof(OomLineKind.Constraint))]
    [InlineData("Out of memory: Kill process 5 (a) score 7 or sacrifice child", nameof(OomLineKind.KillAnnounced))]
    [InlineData("Memory cgroup out of memory: Kill process 5 (a) score 7 or sacrifice child", nameof(OomLineKind.KillAnnounced))]
    [InlineData("Out of Memory: Kill process 5 (a) score 7 and children.", nameof(OomLineKind.KillAnnounced))]
    [InlineData("Killed process 5 (a) total-vm:1kB", nameof(OomLineKind.Killed))]
    [InlineData("Out of memory: Killed process 5 (a) total-vm:1kB", nameof(OomLineKind.Killed))]
    [InlineData("Out of memory (oom_kill_allocating_task): Killed process 5 (a) total-vm:1kB", nameof(OomLineKind.Killed))]
    [InlineData("Memory cgroup out of memory: Killed process 5 (a) total-vm:1kB", nameof(OomLineKind.Killed))]
    [InlineData("No available memory in cpuset: Killed process 5 (a).", nameof(OomLineKind.Killed))]
    [InlineData("Tasks in /a are going to be killed due to memory.oom.group set", nameof(OomLineKind.GroupKill))]
    [InlineData("Kill process 5 (a) sharing same memory", nameof(OomLineKind.KillRemark))]
    [InlineData("oom killer 5 (a) has mm pinned by 6 (b)", nameof(OomLineKind.Remark))]
    [InlineData("Would have killed process 5 (a). But continuing instead.", nameof(OomLineKind.Remark))]
    [InlineData("Out of memory: OOM victim 5 (a) is already exiting. Skip killing the task", nameof(OomLineKind.AlreadyExiting))]
    [InlineData("Out of memory and no killable processes...", nameof(OomLineKind.NoKillable))]
    [InlineData("Kernel panic - not syncing: System is deadlocked on memory", nameof(OomLineKind.Panic))]
    [InlineData("oom_reaper: reaped process 5 (a), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB", nameof(OomLineKind.Reaper))]
    [InlineData("** 12 printk messages dropped **", nameof(OomLineKind.MessagesDropped))]
    [InlineData("SLUB: Unable to allocate memory on CPU 1 (of node 0) on node -1, gfp=0x920(GFP_ATOMIC|__GFP_ZERO)", nameof(OomLineKind.SlubRemark))]
    [InlineData("  cache: kmalloc-64, object size: 64, buffer size: 64, default order: 0, min order: 0", nameof(OomLineKind.SlubRemark))]
    [InlineData("  node 0: slabs: 5, objs: 20, free: 0", nameof(OomLineKind.SlubRemark))]
    [InlineData("Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF", nameof(OomLineKind.VmFault))]
    [InlineData("VM: killing process httpd", nameof(OomLineKind.VmFault))]
    [InlineData("lowmemorykiller: Killing 'a' (5), adj 900,", nameof(OomLineKind.UserKill))]
    [InlineData("send sigkill to 5 (a), adj 12, size 9184", nameof(OomLineKind.UserKill))]
    [InlineData("earlyoom[7]: sending SIGTERM to process 5 uid 0 \"a\": oom_score 9, oom_score_adj 0, VmRSS 7 MiB, cmdline \"a\"", nameof(OomLineKind.UserKill))]
    [InlineData("Killed /a due to memory used (7) / total (8) and swap used (7) / total (8) being more than 90%", nameof(OomLineKind.UserKill))]
    public void Anchor_InEverySection_IsRecognised(string message, string kind)
    {
        foreach (OomSections section in Enum.GetValues<OomSections>())
        {
            Assert.Equal(kind, Classify(message, section));
        }
    }

    [Theory]
    [InlineData("mem cpuset=/ mems_allowed=0", OomSections.Trigger, nameof(OomLineKind.Cpuset))]
    [InlineData(" dump_stack+0x5c/0x78", OomSections.CallTrace, nameof(OomLineKind.Frame))]
    [InlineData(" dump_stack+0x5c/0x78", OomSections.Trigger, nameof(OomLineKind.Frame))]
    [InlineData(" <TASK>", OomSections.CallTrace, nameof(OomLineKind.TraceMark))]
    [InlineData("RIP: 0033:0x7f7fb0b1a9ca", OomSections.CallTrace, nameof(OomLineKind.Register))]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0", OomSections.CallTrace, nameof(OomLineKind.Frame))]
    [InlineData("anon 1062739968", OomSections.Memcg, nameof(OomLineKind.MemcgStat))]
    [InlineData(" anon 1062739968", OomSections.Memcg, nameof(OomLineKind.MemcgStat))]
    [InlineData(" active_file:1 inactive_file:2", OomSections.MemInfo, nameof(OomLineKind.MemInfo))]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0 x", OomSections.Tasks, nameof(OomLineKind.TaskRow))]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0 oom_reaper:", OomSections.Tasks, nameof(OomLineKind.TaskRow))]
    [InlineData("anon 1062739968", OomSections.Tasks, nameof(OomLineKind.Unrelated))]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0 x", OomSections.CallTrace, nameof(OomLineKind.Unrelated))]
    [InlineData(" dump_stack+0x5c/0x78", OomSections.Tasks, nameof(OomLineKind.Unrelated))]
    public void Line_OfCommonWords_IsToldByTheSection(string message, OomSections section, string kind) =>
        Assert.Equal(kind, Classify(message, section));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData("e1000: eth0 NIC Link is Up 1000 Mbps Full Duplex")]
    [InlineData("usb 1-1: new high-speed USB device number 2 using xhci_hcd")]
    [InlineData("EXT4-fs (sda1): mounted filesystem with ordered data mode")]
    [InlineData("audit: type=1400 audit(1700000000.123:45): apparmor=\"DENIED\"")]
    [InlineData("docker0: port 1(veth12345) entered disabled state")]
    [InlineData("perf: interrupt took too long (2501 > 2500), lowering kernel.perf_event_max_sample_rate to 79750")]
    [InlineData("IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready")]
    [InlineData("device eth0 entered promiscuous mode")]
    [InlineData("systemd[1]: foo.service: A process of this unit has been killed by the OOM killer.")]
    [InlineData("systemd[1]: foo.service: Failed with result 'oom-kill'.")]
    [InlineData("Memory: 2012345K/2097152K available (16384K kernel code)")]
    public void Line_OfAnythingElse_IsUnrelatedInEverySection(string message)
    {
        foreach (OomSections section in Enum.GetValues<OomSections>())
        {
            Assert.Equal(nameof(OomLineKind.Unrelated), Classify(message, section));
        }
    }

    /// <summary>A remark says the same wherever it stands.</summary>
    [Theory]
    [InlineData("OOM killer disabled.")]
    [InlineData("sysrq: OOM request ignored. No task eligible")]
    [InlineData("Purging GPU memory, 0 pages freed, 12 pages still pinned, 0 pages left available.")]
    [InlineData("Rebooting in 10 seconds..")]
    [InlineData("---[ end Kernel panic - not syncing: System is deadlocked on memory ]---")]
    [InlineData("Kernel panic - not syncing: Fatal exception in interrupt")]
    [InlineData("task:a               state:D stack:    0 pid:  411 ppid:   400 flags:0x00004004")]
    public void Remark_InEverySection_IsOne(string message)
    {
        foreach (OomSections section in Enum.GetValues<OomSections>())
        {
            Assert.Equal(nameof(OomLineKind.Remark), Classify(message, section));
        }
    }

    /// <summary>These lines begin with a name, which must not be taken for the kernel's words.</summary>
    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void Line_BehindHostileName_IsToldByTheKernelsWords(string name)
    {
        foreach (OomSections section in Enum.GetValues<OomSections>())
        {
            Assert.Equal(nameof(OomLineKind.Trigger), Classify(name + " invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", section));
        }

        Assert.Equal(nameof(OomLineKind.Cpuset), Classify(name + " cpuset=/ mems_allowed=0", OomSections.Trigger));
        Assert.Equal(nameof(OomLineKind.AllocationFailure), Classify(name + ": page allocation failure: order:0, mode:0xcc0(GFP_KERNEL)", OomSections.None));
    }

    private static string Classify(string message, OomSections section) =>
        OomLineClassifier.Classify(Latin1.Bytes(message), section).ToString();
}
