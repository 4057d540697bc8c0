using System.Text;
using System.Text.Json;
using KmsgOom.Cli.Text;
using KmsgOom.Json;
using KmsgOom.Tests.Cli;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Workloads;

public sealed class OomWorkloadFindingTests
{
    private const string PodUid = "bc001ffa-68fc-11e9-92d7-5ef9efd9374c";
    private const string TaskContainer = "a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672";
    private const string PauseContainer = "79fae7c2724ea1b19caa343fed8da3ea84bbe5eb370e5af8a6a94a090d9e4ac2";
    private const long MiB = 1 << 20;
    private static readonly OomAnalysisOptions NodeKnown = new() { NodeMemoryBytes = 2041888L * 1024 };
    private static readonly OomAnalysisOptions AllKnown = NodeKnown with { Pods = OomPodListTests.Pods };

    private static OomEvent Seed { get; } = Assert.Single(OomLog.Parse(Golden.Read("4.15-k8s-pod-oom.dmesg-T.log"), Golden.Options));

    [Fact]
    public void Of_Seed_ThePodsLimitWasHitByOneOfItsContainers()
    {
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions());
        Assert.Equal(OomLimitLevel.Pod, finding.Level);
        Assert.Equal(123 * MiB, finding.LimitBytes);
        Assert.Equal((PodUid, null, OomQos.Burstable), (finding.Limit!.PodUid, finding.Limit.ContainerId, finding.Limit.Qos));
        Assert.Equal((PodUid, TaskContainer), (finding.Task!.PodUid, finding.Task.ContainerId));
        Assert.Contains(finding.Evidence, evidence => evidence.Line > 0 && evidence.Text.StartsWith("Task in /kubepods/burstable/pod" + PodUid, StringComparison.Ordinal));
        Assert.Contains(finding.Evidence, evidence => evidence.Line > 0 && evidence.Text == "memory: usage 125952kB, limit 125952kB, failcnt 3632");
    }

    [Fact]
    public void Of_TasksCalledLikeTheKernelsWords_TheKernelsLineIsTheProof()
    {
        const string Report = """
            [    1.000000] oom_memcg=/x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [    1.000001] memory: usage 1024kB, limit 1024kB, failcnt 1
            [    1.000002] Memory cgroup stats for /svc:
            [    1.000003] anon 1048576
            [    1.000004] Tasks state (memory values in pages):
            [    1.000005] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
            [    1.000006] [     77]     0    77      400      256    45056        0             0 oom_memcg=/x
            [    1.000007] [     78]     0    78      400      256    45056        0             0 task_memcg=/y
            [    1.000008] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/svc,task_memcg=/svc,task=sh,pid=78,uid=0
            [    1.000009] Memory cgroup out of memory: Killed process 78 (task_memcg=/y) total-vm:1600kB, anon-rss:1024kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:44kB oom_score_adj:0
            """;
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Assert.Single(OomLog.Parse(Report)), new OomAnalysisOptions());
        Assert.Equal([9L, 2L], finding.Evidence.Select(evidence => evidence.Line).Take(2));
    }

    [Fact]
    public void Of_Seed_TheSecondCgroupIsThePauseContainers()
    {
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions());
        OomContainerShare pause = Assert.Single(finding.Shares, share => share.IsPause);
        Assert.Equal((PauseContainer, 48 * 1024), (pause.Workload!.ContainerId, pause.Bytes));
        OomContainerShare home = Assert.Single(finding.Shares, share => share.IsTaskHome);
        Assert.Equal((TaskContainer, 123552 * 1024), (home.Workload!.ContainerId, home.Bytes));
        Assert.Equal(3, finding.Shares.Length);
    }

    [Fact]
    public void Of_Seed_ExplainsTheAdjustment()
    {
        KubernetesOomScore score = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions()).OomScore!;
        Assert.Equal((939, OomQos.Burstable, 61, 62), (score.Adj, score.Qos, score.MinPermille, score.BelowPermille));
        Assert.Null(score.MinRequestBytes);
        score = OomWorkloadFinding.Of(Seed, NodeKnown).OomScore!;
        Assert.InRange(123 * MiB, score.MinRequestBytes!.Value, score.MaxRequestBytes!.Value);
        Assert.Equal(127544493, score.MinRequestBytes);     // 0.061 * 2090893312 = 127544492.032, and up
    }

    /// <summary>Before 1.20 all of a guaranteed or critical pod has the value of its pause container: the name tells them apart.</summary>
    [Theory]
    [InlineData("backup", "-998: what kubelets before 1.20 give to guaranteed and to critical pods, and all give to the pause container of a pod")]
    [InlineData("pause", "-998: the pause container of a pod: not chosen while the pod has other processes")]
    public void Of_TheValueOfPauseContainers_IsTheirsByName(string name, string expected)
    {
        OomTask Row(OomTask row) => row.OomScoreAdj == 939 ? row with { OomScoreAdj = -998 } : row;
        OomEvent oomEvent = Seed with
        {
            Tasks = [.. Seed.Tasks.Select(Row)],
            Victims = [Seed.Victims[0] with { Name = new TaskName(name) }],
        };
        OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions());

        Assert.Contains(expected, Render(finding).Replace("\n           ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(PauseContainer, Assert.Single(finding.Shares, share => share.IsPause).Workload!.ContainerId);
    }

    /// <summary>A burstable value in a pod of another class means nothing: no request may be read from it.</summary>
    [Fact]
    public void Of_AnAdjustmentThatSomebodySet_ReadsNoRequestFromIt()
    {
        OomEvent oomEvent = Seed with { Memcg = Seed.Memcg! with { Path = "/kubepods/besteffort/pod" + PodUid, TaskPath = $"/kubepods/besteffort/pod{PodUid}/{TaskContainer}" } };
        OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, NodeKnown);
        Assert.Equal((939, null, null, null), (finding.OomScore!.Adj, finding.OomScore.Qos, finding.OomScore.MinPermille, finding.OomScore.MinRequestBytes));
        Assert.Contains("939: not what the kubelet gives", Render(finding), StringComparison.Ordinal);
    }

    /// <summary>The limit of a group that a workload has made inside its own is not the workload's; groups of the container's manager are.</summary>
    [Theory]
    [InlineData("/system.slice/postgresql.service", "", OomLimitLevel.Service, "the unit postgresql.service reached")]
    [InlineData("/system.slice/postgresql.service/analytics", "", OomLimitLevel.Cgroup, "the group analytics inside the unit postgresql.service reached")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice", "/app-firefox-42.scope", OomLimitLevel.Ancestor, "the group app.slice inside the unit user@1000.service reached")]
    [InlineData("/docker/" + TaskContainer, "", OomLimitLevel.Container, "the container reached")]
    [InlineData("/docker/" + TaskContainer + "/worker", "", OomLimitLevel.Cgroup, "the group worker inside the container reached")]
    [InlineData("/machine.slice/libpod-" + TaskContainer + ".scope/container", "", OomLimitLevel.Container, "the container reached")]
    [InlineData("/lxc/101/ns", "/system.slice/cron.service", OomLimitLevel.Container, "the container 101 reached")]
    [InlineData("/slurm/uid_1000", "/job_42/step_0/task_0", OomLimitLevel.User, "all that user 1000 runs reached")]
    public void LimitInsideAWorkload_IsNotTheWorkloads(string path, string below, OomLimitLevel level, string sentence)
    {
        OomEvent oomEvent = Seed with { Memcg = Seed.Memcg! with { Path = path, TaskPath = path + below } };
        OomAnalysis analysis = OomAnalysis.Of(oomEvent);

        Assert.Equal(level, analysis.Workload.Level);
        Assert.Contains(sentence, analysis.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeedWithPods_HasTheNamesAndTheSpecAgrees()
    {
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, AllKnown);
        Assert.Equal(("load", "stress-7d4b9c-x2x4k", "stress"), (finding.Pod!.Namespace, finding.Pod.Name, finding.Container!.Name));
        Assert.Null(finding.Difference);
        Assert.Equal(939, finding.ExpectedOomScoreAdj);
        Assert.Equal("stress", finding.Shares.Single(share => share.IsTaskHome).Name);
        Assert.Empty(finding.Unknowns);
    }

    [Fact]
    public void Of_LimitThatIsNotTheSpecs_SaysBoth()
    {
        OomPod pod = OomPodListTests.Pods.Pods[0];
        OomPod changed = pod with { Containers = [pod.Containers[0] with { LimitBytes = 200 * MiB }] };
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions { Pods = new OomPodList(changed) });
        Assert.Equal(new OomLimitDifference(123 * MiB, 200 * MiB, "pod"), finding.Difference);

        // The kernel drops what is no whole page.
        OomPod odd = pod with { Containers = [pod.Containers[0] with { LimitBytes = (123 * MiB) + 4095 }] };
        Assert.Null(OomWorkloadFinding.Of(Seed, new OomAnalysisOptions { Pods = new OomPodList(odd) }).Difference);
    }

    [Fact]
    public void Of_PodThatIsNotListed_SaysSo()
    {
        OomWorkloadFinding finding = OomWorkloadFinding.Of(Seed, new OomAnalysisOptions { Pods = new OomPodList() });
        Assert.Null(finding.Pod);
        Assert.Contains(finding.Unknowns, text => text.Contains(PodUid, StringComparison.Ordinal) && text.Contains("not in the list", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/docker/aaaa/docker/bbbb", "/docker/aaaa", OomLimitLevel.OuterContainer)]
    [InlineData("/docker/aaaa/docker/bbbb", "/docker/aaaa/docker/bbbb", OomLimitLevel.Container)]
    [InlineData("/lxc/39004/ns/system.slice/docker-a59e.scope", "/lxc/39004", OomLimitLevel.OuterContainer)]
    [InlineData("/docker/aaaa/system.slice/nginx.service", "/docker/aaaa", OomLimitLevel.Container)]
    [InlineData("/docker/aaaa/init.scope", "/docker/aaaa", OomLimitLevel.Container)]
    [InlineData("/kubepods/burstable/podab/cdef", "/kubepods/burstable", OomLimitLevel.QosSlice)]
    [InlineData("/kubepods/burstable/podab/cdef", "/kubepods", OomLimitLevel.AllPods)]
    [InlineData("/kubepods/burstable/podab/cdef", "/kubepods/burstable/podab/cdef", OomLimitLevel.Container)]
    [InlineData("/kubepods/burstable/podab/cdef", "/kubepods/burstable/podab", OomLimitLevel.Pod)]
    [InlineData("/a/b/c", "/a", OomLimitLevel.Ancestor)]
    [InlineData("/a/b/c", "/a/b/c", OomLimitLevel.Cgroup)]
    [InlineData("/ab", "/a", OomLimitLevel.Cgroup)]
    [InlineData(null, "/a", OomLimitLevel.Cgroup)]
    [InlineData("/", "/", OomLimitLevel.Machine)]
    [InlineData("/system.slice/x.service", "/system.slice", OomLimitLevel.Slice)]
    [InlineData("/system.slice/x.service/y", "/system.slice/x.service", OomLimitLevel.Service)]
    [InlineData("/user.slice/user-1000.slice/session-2.scope", "/user.slice/user-1000.slice", OomLimitLevel.User)]
    [InlineData("/slurm/uid_1/job_2/step_0", "/slurm/uid_1/job_2", OomLimitLevel.Job)]
    [InlineData(@"/machine.slice/machine-qemu\x2d1\x2da.scope/libvirt/vcpu0", @"/machine.slice/machine-qemu\x2d1\x2da.scope", OomLimitLevel.VirtualMachine)]
    [InlineData("/a", "(name too long)", OomLimitLevel.Unknown)]
    [InlineData("/a", null, OomLimitLevel.Unknown)]
    public void Of_LimitAndTaskPaths_GiveTheLevel(string? task, string? limit, OomLimitLevel level)
    {
        OomEvent oomEvent = SomeEvents.ContainerKill() with { Memcg = new OomMemcg { Path = limit, TaskPath = task } };
        Assert.Equal(level, OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions()).Level);
    }

    [Theory]
    [InlineData(OomScope.Global, OomLimitLevel.Machine)]
    [InlineData(OomScope.Cpuset, OomLimitLevel.Nodes)]
    [InlineData(OomScope.Mempolicy, OomLimitLevel.Nodes)]
    [InlineData(OomScope.Unknown, OomLimitLevel.Unknown)]
    [InlineData(OomScope.Memcg, OomLimitLevel.Unknown)]
    public void Of_ScopeWithoutCgroup_GivesTheLevel(OomScope scope, OomLimitLevel level)
    {
        OomEvent oomEvent = SomeEvents.Bare(OomOutcome.Killed) with { Scope = scope };
        Assert.Equal(level, OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions()).Level);
        Assert.Equal(OomLimitLevel.None, OomWorkloadFinding.Of(oomEvent with { Kind = OomEventKind.UserspaceKill }, new OomAnalysisOptions()).Level);
        Assert.Equal(OomLimitLevel.None, OomWorkloadFinding.Of(oomEvent with { Trigger = new OomTrigger { Order = -1 } }, new OomAnalysisOptions()).Level);
    }

    [Fact]
    public void Of_GlobalKillInAPod_TakesTheNodesMemoryFromTheLog()
    {
        OomEvent oomEvent = SomeEvents.ContainerKill() with
        {
            Scope = OomScope.Global,
            Memory = new OomMemory { RamPages = 520000, ReservedPages = 520000 - (2041888 / 4) },
            Memcg = new OomMemcg { TaskPath = SomeEvents.Container },
        };
        OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions());
        Assert.Equal((OomLimitLevel.Machine, 2041888L * 1024), (finding.Level, finding.OomScore!.CapacityBytes));

        // 3.11 to 3.13 count the reserved pages of the last zone only.
        OomEvent old = oomEvent with { Kernel = new OomKernel { Release = "3.13.0-24-generic" } };
        Assert.Null(OomWorkloadFinding.Of(old, new OomAnalysisOptions()).OomScore!.CapacityBytes);
    }

    [Fact]
    public void Write_Seed_IsTheContractsWorkload()
    {
        using JsonDocument json = JsonDocument.Parse(ToJson(OomWorkloadFinding.Of(Seed, AllKnown)));
        JsonElement workload = json.RootElement.GetProperty("workload");
        Assert.Equal("kubernetes", workload.GetProperty("kind").GetString());
        Assert.Equal("burstable", workload.GetProperty("qos").GetString());
        Assert.Equal(PodUid, workload.GetProperty("pod_uid").GetString());
        Assert.Equal(TaskContainer, workload.GetProperty("container_id").GetString());
        Assert.Equal("pod", workload.GetProperty("limit_level").GetString());
        Assert.False(workload.TryGetProperty("runtime", out _));
        Assert.Equal("stress-7d4b9c-x2x4k", workload.GetProperty("pod").GetProperty("name").GetString());
        Assert.Equal(61, workload.GetProperty("oom_score_adj").GetProperty("min_permille").GetInt32());
        Assert.Equal(Enum.GetValues<OomWorkloadKind>().Length, WorkloadNames.Kinds.Count);
        Assert.Equal(Enum.GetValues<OomLimitLevel>().Length, WorkloadNames.Levels.Count);
        Assert.Equal("{}", ToJson(new OomWorkloadFinding { Level = OomLimitLevel.Machine }));
    }

    [Fact]
    public void Text_Seed_SaysItInFewLines()
    {
        string expected = """
            Whose      Kubernetes pod bc001ffa-68fc-11e9-92d7-5ef9efd9374c (burstable),
                       container a2ed67c63e82
            Hit        the limit of the pod (123 MiB), all its containers together; the task
                       lived in one of them
            Adj        939: burstable: the container requests at least 6.1 % and less than
                       6.2 % of the node's memory

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), Render(OomWorkloadFinding.Of(Seed, new OomAnalysisOptions())));
        Assert.StartsWith("Whose      pod load/stress-7d4b9c-x2x4k, container stress (burstable), of\n", Render(OomWorkloadFinding.Of(Seed, AllKnown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EveryGolden_NeverThrowsAndCanBeWritten() => Assert.InRange(Golden.Names.Sum(name => Visit(OomLog.Parse(Golden.Read(name), Golden.Options))), 100, int.MaxValue);

    [Fact]
    public void Of_GeneratedEvent_NeverThrowsAndCanBeWritten() =>
        CsCheck.Check.Sample(GenEvent.Event, oomEvent => Visit([oomEvent]) == 1, iter: 3000);

    [CapturesFact]
    public void Of_EveryCapture_AgreesWithTheFacts()
    {
        StringBuilder problems = new();
        int pods = 0;
        foreach (string path in CaptureLogs.All())
        {
            string scenario = Path.GetFileName(path).Split('.')[0];
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path))
            {
                Visit([oomEvent]);
                OomLimitLevel? truth = TrueLevel(scenario, oomEvent);
                OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions());
                pods += truth is OomLimitLevel.Pod ? 1 : 0;
                if (truth is not null && truth != finding.Level)
                {
                    problems.AppendLine($"{CaptureLogs.Name(path)}:{oomEvent.Source.Line}: {finding.Level}, truly {truth}");
                }
            }
        }

        Assert.Equal("", problems.ToString());
        Assert.InRange(pods, 10, int.MaxValue);
    }

    [CorpusFact]
    public void Of_EveryPostedLog_NeverThrowsAndNamesEachPathOfKubernetesAndDocker()
    {
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log"))
        {
            foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
            {
                Visit([oomEvent]);
                OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, new OomAnalysisOptions());
                string cgroup = oomEvent.Memcg?.TaskPath ?? "";
                Assert.Equal(cgroup.Contains("pod", StringComparison.Ordinal), finding.Task?.PodUid is not null);
                Assert.Equal(cgroup.Contains("docker", StringComparison.Ordinal), finding.Task?.Runtime == "docker");
            }
        }
    }

    // What the scenario set up (memcg_limit, path and notes of the .facts), for reports of which the log has a cgroup.
    private static OomLimitLevel? TrueLevel(string scenario, OomEvent oomEvent)
    {
        if (oomEvent.Memcg?.Path is null || oomEvent.Kind != OomEventKind.Oom)
        {
            return null;
        }

        return scenario switch
        {
            "v1-k8s-podlimit" or "v2-k8s-podlimit" => OomLimitLevel.Pod,
            "v1-k8s" or "v2-k8s" or "v1-k8s-swap" or "v2-k8s-swap" or "v1-k8s-noswapaccounting" or "host-v1-k8s" => OomLimitLevel.Container,
            "bookworm-systemd-pod" or "bullseye-systemd-pod" or "v1-kmem-dockerlike" => OomLimitLevel.Container,
            "bookworm-systemd-unit" or "bullseye-systemd-unit" => OomLimitLevel.Service,
            "v1-oom-disabled-nested" => OomLimitLevel.Ancestor,
            _ => null,
        };
    }

    private static int Visit(IEnumerable<OomEvent> events)
    {
        int count = 0;
        foreach (OomEvent oomEvent in events)
        {
            foreach (OomAnalysisOptions options in (OomAnalysisOptions[])[new(), AllKnown])
            {
                OomWorkloadFinding finding = OomWorkloadFinding.Of(oomEvent, options);
                Assert.NotNull(ToJson(finding));
                Assert.All(Render(finding).Split('\n'), line => Assert.True(line.Length <= 80, line));
                Assert.Equal(finding, OomWorkloadFinding.Of(oomEvent, options));
            }

            count++;
        }

        return count;
    }

    private static string ToJson(OomWorkloadFinding finding)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            WorkloadWriter.Write(writer, finding);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Render(OomWorkloadFinding finding)
    {
        Screen screen = new(usesColors: false);
        KmsgOom.Cli.Text.WorkloadText.Write(screen, finding, balance: null);
        return screen.Take();
    }
}
