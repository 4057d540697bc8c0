namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The examples of the format reference, and names that try to be the text around them.</summary>
public sealed class SecondOpinionTests
{
    private static readonly string[] Names =
    [
        "a) total-vm:1kB",
        "a,pid=1,uid=0",
        " Not tainted ",
        "x Tainted: G ",
        "invoked oom-ki",
        "oom_reaper:",
        "[  pid  ]",
        "say \"hi\"",
        "(sd-pam)",
        "((sd-pam))",
        "runc:[2:INIT]",
        "CPU 0/KVM",
        "new\nline",
        "h\u00c3\u00a9llo \u00e2",
        "a) score 1 or a",
        "7z",
        ") (",
        " lead",
        "trail ",
        "   ",
        "",
    ];

    public static TheoryData<string> HostileNames => [.. Names];

    [Theory]
    [InlineData("oom-killer: gfp_mask=0xd0", null, 0xd0, null, null, null, null, null)]
    [InlineData("oom-killer: gfp_mask=0xd0, order=0", null, 0xd0, null, null, 0, null, null)]
    [InlineData("httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0", "httpd", 0x201d2, null, null, 0, 0, null)]
    [InlineData("httpd invoked oom-killer: gfp_mask=0x201d2, order=0, oom_adj=-17", "httpd", 0x201d2, null, null, 0, -17, null)]
    [InlineData("osmcore_L invoked oom-killer: gfp_mask=0x200da, order=0, oom_adj=-17, oom_score_adj=-1000", "osmcore_L", 0x200da, null, null, 0, -17, -1000)]
    [InlineData("thrash invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0", "thrash", 0xd0, null, null, 0, null, 0)]
    [InlineData("mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null),  order=0, oom_score_adj=0", "mem", 0x14200ca, "GFP_HIGHUSER_MOVABLE", null, 0, null, 0)]
    [InlineData("mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE|0x40), nodemask=0,2-3,  order=0, oom_score_adj=0", "mem", 0x14200ca, "GFP_HIGHUSER_MOVABLE 0x40", "0,2-3", 0, null, 0)]
    [InlineData("mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=, order=0, oom_score_adj=0", "mem", 0x14200ca, "GFP_HIGHUSER_MOVABLE", "", 0, null, 0)]
    [InlineData("CPU 0/KVM invoked oom-killer: gfp_mask=0x15000c0(GFP_KERNEL_ACCOUNT), nodemask=(null), order=0, oom_score_adj=0", "CPU 0/KVM", 0x15000c0, "GFP_KERNEL_ACCOUNT", null, 0, null, 0)]
    [InlineData("python3 invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0", "python3", 0, "", null, 0, null, 0)]
    [InlineData("kworker/3:1 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0", "kworker/3:1", 0xcc0, "GFP_KERNEL", null, -1, null, 0)]
    public void Trigger(string message, string? comm, long mask, string? names, string? nodemask, int? order, int? adj, int? scoreAdj)
    {
        Trigger trigger = Read(TriggerGrammar.TryParse, message);

        Assert.Equal((comm, (uint)mask, nodemask), (trigger.Comm, trigger.GfpMask, trigger.Nodemask));
        Assert.Equal(names?.Split(' ', StringSplitOptions.RemoveEmptyEntries), trigger.GfpNames);
        Assert.Equal((order, adj, scoreAdj), (trigger.Order, trigger.OomAdj, trigger.OomScoreAdj));
    }

    [Theory]
    [InlineData("Pid: 1234, comm: java Not tainted 2.6.32-642.6.2.el6.x86_64 #1", null, null, 1234, "java", false, "Not tainted", "2.6.32-642.6.2.el6.x86_64", "#1")]
    [InlineData("CPU: 21 PID: 42423 Comm: memcg_test_1 Kdump: loaded Tainted: G        W  OE  ------------   3.10.0-1160.el7.x86_64 #1", 21, null, 42423, "memcg_test_1", true, "Tainted: G        W  OE  ------------", "3.10.0-1160.el7.x86_64", "#1")]
    [InlineData("CPU: 0 PID: 141 Comm: memhog Not tainted 6.1.0-50-s390x #1  Debian 6.1.176-1", 0, null, 141, "memhog", false, "Not tainted", "6.1.0-50-s390x", "#1  Debian 6.1.176-1")]
    [InlineData("CPU: 10 UID: 1000 PID: 20957 Comm: systemd Not tainted 6.17.3-arch2-1-lily #1 PREEMPT(full)  5546952e0558be8ad192ae6bf444bb1ecb351d96", 10, 1000, 20957, "systemd", false, "Not tainted", "6.17.3-arch2-1-lily", "#1 PREEMPT(full)  5546952e0558be8ad192ae6bf444bb1ecb351d96")]
    [InlineData("CPU: 0 UID: 0 PID: 361 Comm: a b) c Tainted: G           O     T  7.3.4+deb13-amd64 #1 PREEMPT(lazy)  Debian 7.3.4-1~bpo13+1 ", 0, 0, 361, "a b) c", false, "Tainted: G           O     T", "7.3.4+deb13-amd64", "#1 PREEMPT(lazy)  Debian 7.3.4-1~bpo13+1")]
    public void Cpu_line(string message, int? cpu, int? uid, int pid, string comm, bool kdump, string taint, string release, string version) =>
        Assert.Equal(new CpuLine(cpu, uid, pid, comm, kdump, taint, release, version), CpuLineGrammar.TryParse(message));

    [Fact]
    public void Lines_about_the_cgroup()
    {
        Assert.Equal(
            new CpusetLine("mem", "609e7ec068ac9642", "0"), CpusetGrammar.TryParse("mem cpuset=609e7ec068ac9642 mems_allowed=0"));
        Assert.Equal(
            new TaskIn("/docker/74be", "/docker/75"), TaskInGrammar.TryParse("Task in /docker/74be killed as a result of limit of /docker/75"));
        Assert.Equal(new TaskIn("/docker/74be", null), TaskInGrammar.TryParse("Task in /docker/74be"));
        Assert.Equal(new TaskIn(null, "/a b"), TaskInGrammar.TryParse(" killed as a result of limit of /a b"));
        Assert.Equal(new Usage("memory", 125952, 125952, 3632), UsageGrammar.TryParse("memory: usage 125952kB, limit 125952kB, failcnt 3632"));
        Assert.Equal(
            new Usage("memory+swap", 0, 9007199254740988, ulong.MaxValue),
            UsageGrammar.TryParse("memory+swap: usage 0kB, limit 9007199254740988kB, failcnt 18446744073709551615"));
        Assert.Equal(new Usage("kmem", 0, 9007199254740988, 0), UsageGrammar.TryParse("kmem: usage 0kB, limit 9007199254740988kB, failcnt 0"));
        Assert.Equal(
            new Protection(12, 3456), ProtectionGrammar.TryParse("Memory cgroup min protection 12kB -- low protection 3456kB"));
        Assert.Equal(
            new OomGroup("/odd dir (1),x=y"),
            OomGroupGrammar.TryParse("Tasks in /odd dir (1),x=y are going to be killed due to memory.oom.group set"));
    }

    [Theory]
    [InlineData("Memory cgroup stats for /0: cache:0KB rss:-4KB swap:12KB", true, "/0", "cache=0KB rss=-4KB swap=12KB", null)]
    [InlineData("Memory cgroup stats: cache:0KB rss:8KB", true, null, "cache=0KB rss=8KB", null)]
    [InlineData("Memory cgroup stats for /kubepods/pod200f55f9:", true, "/kubepods/pod200f55f9", "", null)]
    [InlineData("anon 1062739968\nfile 0", false, null, "anon=1062739968 file=0", null)]
    [InlineData("anon 1062739968\nfile 0\nthp_fau", false, null, "anon=1062739968 file=0", "thp_fau")]
    [InlineData("hierarchical_memory_limit 9223372036854771712", false, null, "hierarchical_memory_limit=9223372036854771712", null)]
    [InlineData(" inactive_file:0KB active_file:4KB", false, null, "inactive_file=0KB active_file=4KB", null)]
    public void Memcg_stats(string message, bool hasTitle, string? path, string values, string? fragment)
    {
        MemcgStats stats = Read(MemcgStatsGrammar.TryParse, message);

        Assert.Equal((hasTitle, path, fragment), (stats.HasTitle, stats.Path, stats.Fragment));
        Assert.Equal(values, string.Join(' ', stats.Values.Select(value => $"{value.Key}={value.Value}{value.Unit}")));
    }

    [Theory]
    [InlineData("[ pid ]   uid  tgid total_vm      rss cpu oom_adj name", "[ 1532]     0  1532    27053      412   1     -17 sshd", 1532, 412, "sshd")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name", "[18177]  1000 18177  4950827   635077    1311        0             0 java", 18177, 635077, "java")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name", "[18177]  1000 18177  4950827   635077    1311      17        0           300 java", 18177, 635077, "java")]
    [InlineData("[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", "[24953]     0 24953   187044    24953   253952        0           939 node", 24953, 24953, "node")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", "[  19331]  1000 19331   226026    29603  1314816        0           999 npm start", 19331, 29603, "npm start")]
    [InlineData("[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name", "[    156]     0   156   153531   153345   153345        0         0  1269760        0             0 mm_test", 156, 153345, "mm_test")]
    public void Task_table(string header, string row, int pid, long rss, string name)
    {
        TaskTableHeader columns = Read(TaskTableGrammar.TryParse, header);
        TaskTableRow? task = TaskTableGrammar.TryParse(row, columns);

        Assert.NotNull(task);
        Assert.Equal((pid, rss, name), (task.Pid, task.Values["rss"], task.Name));
        Assert.Equal(columns.Columns.Count - 2, task.Values.Count);
    }

    [Theory]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-containerd-4f1c.scope,mems_allowed=0-1,oom_memcg=/kubepods/burstable/pod0f,task_memcg=/kubepods/burstable/pod0f/4f1c,task=node,pid=19388,uid=1000", null, "cri-containerd-4f1c.scope", "0-1", "/kubepods/burstable/pod0f", "/kubepods/burstable/pod0f/4f1c", "node", 19388, 1000)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=aegis,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-0074.scope,task=java,pid=7134,uid=1000", null, "aegis", "0", null, "/system.slice/docker-0074.scope", "java", 7134, 1000)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=0,2-3,cpuset=/,mems_allowed=0-3,global_oom,task_memcg=/user.slice/user-0.slice/session-1.scope,task=CPU 0/KVM,pid=24430,uid=107", "0,2-3", "/", "0-3", null, "/user.slice/user-0.slice/session-1.scope", "CPU 0/KVM", 24430, 107)]
    [InlineData("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=odd dir (1),x=y,mems_allowed=0,oom_memcg=/odd dir (1),x=y,task_memcg=/odd dir (1),x=y,task=a,pid=1,uid=0,pid=33,uid=-2", null, "odd dir (1),x=y", "0", "/odd dir (1),x=y", "/odd dir (1),x=y", "a,pid=1,uid=0", 33, -2)]
    [InlineData("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=java,pid=7,uid=0", null, null, null, null, null, "java", 7, 0)]
    public void Constraint(string message, string? nodemask, string? cpuset, string? mems, string? oomMemcg, string? taskMemcg, string task, int pid, long uid)
    {
        ConstraintLine line = Read(ConstraintGrammar.TryParse, message);

        Assert.StartsWith("CONSTRAINT_", line.Constraint, StringComparison.Ordinal);
        Assert.Equal((nodemask, cpuset, mems), (line.Nodemask, line.Cpuset, line.MemsAllowed));
        Assert.Equal((oomMemcg, taskMemcg), (line.OomMemcg, line.TaskMemcg));
        Assert.Equal(message.Contains(",global_oom", StringComparison.Ordinal), line.IsGlobal);
        Assert.Equal((task, pid, uid), (line.Task, line.Pid, line.Uid));
    }

    [Fact]
    public void Announcements()
    {
        Assert.Equal(
            new Announcement(KillMessage.OutOfMemory, 2817, "httpd", 4711),
            AnnouncementGrammar.TryParse("Out of Memory: Kill process 2817 (httpd) score 4711 and children."));
        Assert.Equal(
            new Announcement(KillMessage.MempolicyBind, 2817, "httpd", 45678),
            AnnouncementGrammar.TryParse("No available memory (MPOL_BIND): kill process 2817 (httpd) score 45678 or a child"));
        Assert.Equal(
            new Announcement(KillMessage.MemoryCgroup, 24953, "node", 1718),
            AnnouncementGrammar.TryParse("Memory cgroup out of memory: Kill process 24953 (node) score 1718 or sacrifice child"));
    }

    public static TheoryData<string, string> KillTails => new()
    {
        { "Out of Memory: Killed process 7 (", ")." },
        { "No available memory in cpuset: Killed process 7 (", ")." },
        { "Killed process 7 (", ")" },
        { "Killed process 7 (", ") vsz:345678kB, anon-rss:23456kB, file-rss:12kB" },
        { "Killed process 7 (", ") total-vm:748176kB, anon-rss:99812kB, file-rss:0kB" },
        { "Killed process 7, UID 48, (", ") total-vm:748176kB, anon-rss:99812kB, file-rss:0kB" },
        { "Killed process 7 (", ") total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB" },
        { "Killed process 7 (", "), UID 0, total-vm:70347780kB, anon-rss:45563572kB, file-rss:0kB, shmem-rss:0kB" },
        { "Memory cgroup out of memory: Killed process 7 (", ") total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB" },
        { "Out of memory: Killed process 7 (", ") total-vm:748176kB, anon-rss:99812kB, file-rss:0kB, shmem-rss:0kB, UID:1000" },
        { "Out of memory (oom_kill_allocating_task): Killed process 7 (", ") total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:4294967294 pgtables:7880kB oom_score_adj:-999" },
        { "Memory cgroup out of memory: Killed process 7 (", ") VE \"ct (101)\" total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:8kB oom_score_adj:0" },
    };

    [Theory]
    [MemberData(nameof(KillTails))]
    public void Kill_in_every_variant(string head, string tail)
    {
        Assert.All(Names, name =>
        {
            Kill kill = Read(KillGrammar.TryParse, head + name + tail);
            Assert.Equal((7, name), (kill.Pid, kill.Comm));
            Assert.Equal(head.StartsWith('K'), kill.Message is null);
            Assert.Equal((head + tail).Contains("UID", StringComparison.Ordinal), kill.Uid is not null);
            Assert.Equal(tail.Contains("rss", StringComparison.Ordinal), kill.TotalVmKiB is not null);
            Assert.Equal(tail.Contains("shmem", StringComparison.Ordinal), kill.ShmemRssKiB is not null);
            Assert.Equal(tail.Contains("VE", StringComparison.Ordinal), kill.Ve == "ct (101)");
        });
    }

    [Fact]
    public void Kill_with_every_field() => Assert.Equal(
        new Kill(KillMessage.MemoryCgroup, 19388, "node", 1000, null, 22353736, 552020, 16, 4, 7880, 999),
        KillGrammar.TryParse("Memory cgroup out of memory: Killed process 19388 (node) total-vm:22353736kB, anon-rss:552020kB, file-rss:16kB, shmem-rss:4kB, UID:1000 pgtables:7880kB oom_score_adj:999"));

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_name_may_be_anything(string name)
    {
        Assert.Equal(name, TriggerGrammar.TryParse($"{name} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0")?.Comm);
        Assert.Equal(name, CpuLineGrammar.TryParse($"CPU: 0 PID: 1 Comm: {name} Not tainted 6.1.0 #1  Debian 6.1")?.Comm);
        Assert.Equal(name, CpuLineGrammar.TryParse($"CPU: 0 PID: 1 Comm: {name} Kdump: loaded Tainted: G  W  - 4.18.0 #1")?.Comm);
        Assert.Equal(name, CpusetGrammar.TryParse($"{name} cpuset=/ mems_allowed=0-1")?.Comm);
        Assert.Equal(name, AnnouncementGrammar.TryParse($"Out of memory: Kill process 1 ({name}) score 9 or sacrifice child")?.Comm);
        Assert.Equal(name, AlreadyExitingGrammar.TryParse($"Out of memory: OOM victim 1 ({name}) is already exiting. Skip killing the task")?.Comm);
        Assert.Equal(name, ReaperGrammar.TryParse($"oom_reaper: reaped process 1 ({name}), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB")?.Comm);
        Assert.Equal(name, ReaperGrammar.TryParse($"oom_reaper: unable to reap pid:1 ({name})")?.Comm);
        Assert.Equal(name, ConstraintGrammar.TryParse($"oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task={name},pid=5,uid=0")?.Task);
        Assert.Equal(name, AllocationFailureGrammar.TryParse($"{name}: page allocation failure: order:0, mode:0x20(GFP_ATOMIC), nodemask=(null),cpuset=/,mems_allowed=0")?.Comm);

        TaskTableHeader header = Read(TaskTableGrammar.TryParse, "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name");
        Assert.Equal(name, TaskTableGrammar.TryParse($"[    362]     0   362      317      144    36864        0             0 {name}", header)?.Name);
    }

    private static T Read<T>(Func<string, T?> tryParse, string message)
        where T : class
    {
        T? result = tryParse(message);
        Assert.NotNull(result);
        return result;
    }
}
