using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Workloads;

/// <summary>Paths of control groups as the runtimes make them.</summary>
public sealed class WorkloadTests
{
    private const string Id = "a2ed67c63e828da3849bf9f506ae2b36b4dac5b402a57f2981c9bdc07b23e672";
    private const string Uid = "bc001ffa-68fc-11e9-92d7-5ef9efd9374c";
    private const string UidOfSlice = "bc001ffa_68fc_11e9_92d7_5ef9efd9374c";
    private const string Hash = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData($"/kubepods/burstable/pod{Uid}/{Id}", OomQos.Burstable, Uid, Id, null, "cgroupfs")]
    [InlineData($"/kubepods/besteffort/pod{Uid}/{Id}", OomQos.BestEffort, Uid, Id, null, "cgroupfs")]
    [InlineData($"/kubepods/pod{Uid}/{Id}", OomQos.Guaranteed, Uid, Id, null, "cgroupfs")]
    [InlineData($"/kubepods/burstable/pod{Uid}", OomQos.Burstable, Uid, null, null, "cgroupfs")]
    [InlineData($"/kubepods/burstable/pod{Hash}/{Id}", OomQos.Burstable, Hash, Id, null, "cgroupfs")]
    [InlineData("/kubepods/burstable", OomQos.Burstable, null, null, null, "cgroupfs")]
    [InlineData("/kubepods", null, null, null, null, "cgroupfs")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UidOfSlice}.slice/cri-containerd-{Id}.scope", OomQos.Burstable, Uid, Id, "containerd", "systemd")]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UidOfSlice}.slice/crio-{Id}.scope", OomQos.BestEffort, Uid, Id, "cri-o", "systemd")]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UidOfSlice}.slice/crio-{Id}.scope/container", OomQos.BestEffort, Uid, Id, "cri-o", "systemd")]
    [InlineData($"/kubepods.slice/kubepods-pod{UidOfSlice}.slice/docker-{Id}.scope", OomQos.Guaranteed, Uid, Id, "docker", "systemd")]
    [InlineData($"/kubepods.slice/kubepods-pod{UidOfSlice}.slice", OomQos.Guaranteed, Uid, null, null, "systemd")]
    [InlineData("/kubepods.slice/kubepods-burstable.slice", OomQos.Burstable, null, null, null, "systemd")]
    [InlineData("/kubepods.slice", null, null, null, null, "systemd")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UidOfSlice}.slice/cri-containerd-cabbede.scope", OomQos.Burstable, Uid, "cabbede", "containerd", "systemd")]
    [InlineData($"/kubepods-burstable-pod{UidOfSlice}.slice:cri-containerd:{Id}", OomQos.Burstable, Uid, Id, "containerd", "systemd")]
    [InlineData($"/system.slice/containerd.service/kubepods-besteffort-pod{UidOfSlice}.slice:cri-containerd:{Id}", OomQos.BestEffort, Uid, Id, "containerd", "systemd")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Hash}.slice/cri-containerd-{Id}.scope", OomQos.Burstable, Hash, Id, "containerd", "systemd")]
    [InlineData($"/docker/{Id}/kubepods/burstable/pod{Uid}/{Id}", OomQos.Burstable, Uid, Id, null, "cgroupfs")]
    [InlineData($"/docker/{Id}/kubelet/kubepods/pod{Uid}/{Id}", OomQos.Guaranteed, Uid, Id, null, "cgroupfs")]
    [InlineData($"/system.slice/docker-{Id}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{UidOfSlice}.slice/cri-containerd-{Id}.scope", OomQos.Burstable, Uid, Id, "containerd", "systemd")]
    [InlineData($"/oomlab/kubepods/besteffort/pod{Uid}/{Id}", OomQos.BestEffort, Uid, Id, null, "cgroupfs")]
    public void KubernetesPaths(string path, OomQos? qos, string? uid, string? id, string? runtime, string driver)
    {
        OomWorkload workload = OomWorkload.Parse(path)!;
        Assert.Equal(
            (OomWorkloadKind.Kubernetes, qos, uid, id, runtime, driver),
            (workload.Kind, workload.Qos, workload.PodUid, workload.ContainerId, workload.Runtime, workload.Driver));
        Assert.Equal(uid == Hash, workload.IsStaticPod);
    }

    [Theory]
    [InlineData($"/docker/{Id}", OomWorkloadKind.Container, "docker", Id, null)]
    [InlineData($"/system.slice/docker-{Id}.scope", OomWorkloadKind.Container, "docker", Id, null)]
    [InlineData($"/system.slice:docker:{Id}", OomWorkloadKind.Container, "docker", Id, null)]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-{Id}.scope", OomWorkloadKind.Container, "docker", Id, null)]
    [InlineData($"/machine.slice/libpod-{Id}.scope", OomWorkloadKind.Container, "podman", Id, null)]
    [InlineData($"/machine.slice/libpod-{Id}.scope/container", OomWorkloadKind.Container, "podman", Id, null)]
    [InlineData($"/machine.slice/libpod-conmon-{Id}.scope", OomWorkloadKind.Container, "podman", Id, null)]
    [InlineData($"/libpod_parent/libpod-{Id}", OomWorkloadKind.Container, "podman", Id, null)]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Id}.scope", OomWorkloadKind.Container, "podman", Id, null)]
    [InlineData($"/system.slice/nerdctl-{Id}.scope", OomWorkloadKind.Container, "containerd", Id, null)]
    [InlineData($"/default/{Id}", OomWorkloadKind.Container, null, Id, null)]
    [InlineData($"/ecs/0f9d3a5e-8f5e-4c1b-9d5c-1a2b3c4d5e6f/{Id}", OomWorkloadKind.Ecs, "ecs", Id, "0f9d3a5e-8f5e-4c1b-9d5c-1a2b3c4d5e6f")]
    [InlineData($"/ecs/prod/0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f/{Id}", OomWorkloadKind.Ecs, "ecs", Id, "0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f")]
    [InlineData("/ecs/0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f/0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f-2531612879", OomWorkloadKind.Ecs, "ecs", "0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f-2531612879", "0f9d3a5e8f5e4c1b9d5c1a2b3c4d5e6f")]
    [InlineData("/lxc/web01", OomWorkloadKind.SystemContainer, "lxc", "web01", "web01")]
    [InlineData("/lxc/39004/ns", OomWorkloadKind.SystemContainer, "lxc", "39004", "39004")]
    [InlineData("/lxc.payload.web01", OomWorkloadKind.SystemContainer, "lxc", "web01", "web01")]
    [InlineData("/lxc.payload/web01", OomWorkloadKind.SystemContainer, "lxc", "web01", "web01")]
    [InlineData("/lxc.payload.web01/system.slice/mysql.service", OomWorkloadKind.Service, null, null, "mysql")]
    [InlineData("/lxc/39004/ns/system.slice/docker-" + Id + ".scope", OomWorkloadKind.Container, "docker", Id, null)]
    [InlineData("/qemu.slice/100.scope", OomWorkloadKind.VirtualMachine, "qemu", null, "100")]
    [InlineData(@"/machine.slice/machine-qemu\x2d1\x2dweb\x2dserver.scope", OomWorkloadKind.VirtualMachine, "libvirt-qemu", null, "web-server")]
    [InlineData(@"/machine.slice/machine-qemu\x2d12\x2ddb.scope/libvirt/emulator", OomWorkloadKind.VirtualMachine, "libvirt-qemu", null, "db")]
    [InlineData(@"/machine.slice/machine-lxc\x2d7\x2dci.scope", OomWorkloadKind.SystemContainer, "libvirt-lxc", null, "ci")]
    [InlineData("/machine.slice/machine-fedora.scope", OomWorkloadKind.Machine, null, null, "fedora")]
    [InlineData("/machine.slice/systemd-nspawn@debian.service", OomWorkloadKind.Machine, "systemd-nspawn", null, "debian")]
    [InlineData("/machine.slice/systemd-nspawn@debian.service/payload", OomWorkloadKind.Machine, "systemd-nspawn", null, "debian")]
    [InlineData("/slurm/uid_1000/job_42/step_0/task_1", OomWorkloadKind.Slurm, "slurm", null, "job_42/step_0/task_1")]
    [InlineData("/slurm/uid_1000/job_42", OomWorkloadKind.Slurm, "slurm", null, "job_42")]
    [InlineData("/system.slice/slurmstepd.scope/job_42/step_batch/user/task_0", OomWorkloadKind.Slurm, "slurm", null, "job_42/step_batch/task_0")]
    [InlineData("/nomad/share/5ac1e4b2-e3a5-8b8e-0a4e-0d1c2b3a4f5e.web.scope", OomWorkloadKind.Nomad, "nomad", null, "5ac1e4b2-e3a5-8b8e-0a4e-0d1c2b3a4f5e.web")]
    [InlineData("/nomad.slice/share.slice/5ac1e4b2-e3a5-8b8e-0a4e-0d1c2b3a4f5e.web.scope", OomWorkloadKind.Nomad, "nomad", null, "5ac1e4b2-e3a5-8b8e-0a4e-0d1c2b3a4f5e.web")]
    [InlineData("/hadoop-yarn/container_1410901177871_0001_01_000005", OomWorkloadKind.Yarn, "yarn", "container_1410901177871_0001_01_000005", "container_1410901177871_0001_01_000005")]
    [InlineData("/garden/8f1c2d3e-aaaa-bbbb-cccc-0123456789ab", OomWorkloadKind.Garden, "garden", "8f1c2d3e-aaaa-bbbb-cccc-0123456789ab", "8f1c2d3e-aaaa-bbbb-cccc-0123456789ab")]
    [InlineData("/system.slice/webapp.service", OomWorkloadKind.Service, null, null, "webapp")]
    [InlineData("/system.slice/system-postgresql.slice/postgresql@14-main.service", OomWorkloadKind.Service, null, null, "postgresql@14-main")]
    [InlineData(@"/system.slice/dev\x2dhugepages.mount", OomWorkloadKind.Unit, null, null, "dev-hugepages")]
    [InlineData("/user.slice/user-504.slice/session-2.scope", OomWorkloadKind.Session, null, null, "session-2")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.kde.konsole-10418.scope/tab(2336326).scope", OomWorkloadKind.UserUnit, null, null, "tab(2336326)")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.mozilla.firefox-1234.scope", OomWorkloadKind.Flatpak, null, null, "org.mozilla.firefox")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-abc.scope", OomWorkloadKind.Snap, null, null, "firefox")]
    [InlineData("/system.slice/snap.lxd.daemon.service", OomWorkloadKind.Snap, null, null, "lxd")]
    [InlineData("/init.scope", OomWorkloadKind.Unit, null, null, "init")]
    [InlineData("/system.slice", OomWorkloadKind.Slice, null, null, "system.slice")]
    [InlineData("/odd dir (1),x=y", OomWorkloadKind.Cgroup, null, null, "odd dir (1),x=y")]
    [InlineData("/a/b/c", OomWorkloadKind.Cgroup, null, null, "c")]
    public void OtherPaths(string path, OomWorkloadKind kind, string? runtime, string? id, string? name)
    {
        OomWorkload workload = OomWorkload.Parse(path)!;
        Assert.Equal((kind, runtime, id, name), (workload.Kind, workload.Runtime, workload.ContainerId, workload.Name));
    }

    [Fact]
    public void Root_IsNothing() => Assert.Null(OomWorkload.Parse("/"));

    [Fact]
    public void Users_AndSlices_AreFound()
    {
        OomWorkload session = OomWorkload.Parse("/user.slice/user-504.slice/session-2.scope")!;
        Assert.Equal((504L, "user-504.slice", "session-2.scope"), (session.UserId, session.Slice, session.Unit));
        Assert.Equal(1000, OomWorkload.Parse("/slurm/uid_1000/job_42")!.UserId);
        Assert.Equal("system-postgresql.slice", OomWorkload.Parse("/system.slice/system-postgresql.slice/postgresql@14-main.service")!.Slice);
    }

    /// <summary>A cluster in a container: the pod is what counts, and the container around it is told too.</summary>
    [Fact]
    public void NestedWorkloads_KeepWhatIsAround()
    {
        OomWorkload workload = OomWorkload.Parse($"/docker/{Id}/kubelet/kubepods/burstable/pod{Uid}/0123456789ab")!;
        Assert.Equal((Uid, "0123456789ab"), (workload.PodUid, workload.ContainerId));
        Assert.Equal((OomWorkloadKind.Container, "docker", Id), (workload.Outer!.Kind, workload.Outer.Runtime, workload.Outer.ContainerId));
        Assert.Equal("web01", OomWorkload.Parse("/lxc.payload.web01/system.slice/mysql.service")!.Outer!.Name);
    }

    [Fact]
    public void HostilePaths_NeverThrow()
    {
        string[] words = ["/", "kubepods", ".slice", "pod", Uid, UidOfSlice, "docker-", Id, ".scope", ":", "ecs", "lxc", "slurm", "uid_", "nomad", "\\x", "\\x2", "\\x2d", "user@", ".service", "machine-", "garden", "", " ", "\u0000", "yarn", "app-flatpak-", "snap."];
        Gen.Int[0, words.Length - 1].Select(at => words[at]).Array[0, 12].Sample(parts => _ = OomWorkload.Parse(string.Concat(parts)), iter: 20_000);
    }

    [CapturesFact]
    public void Levels_OfCaptures_AreThoseOfTheirScenarios()
    {
        Dictionary<string, OomLimitLevel> wanted = new()
        {
            ["v2-k8s"] = OomLimitLevel.Container,
            ["v1-k8s"] = OomLimitLevel.Container,
            ["v2-k8s-podlimit"] = OomLimitLevel.Pod,
            ["v1-k8s-podlimit"] = OomLimitLevel.Pod,
            ["global-swap"] = OomLimitLevel.Machine,
            ["numa-cpuset"] = OomLimitLevel.Nodes,
            ["numa-mempolicy"] = OomLimitLevel.Nodes,
        };
        int compared = 0;
        foreach (string path in CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"))
        {
            if (wanted.TryGetValue(Path.GetFileName(CaptureLogs.Scenario(path)), out OomLimitLevel level))
            {
                foreach (OomEvent oomEvent in CaptureLogs.Parse(path).Where(oomEvent => oomEvent is { Kind: OomEventKind.Oom, Scope: not OomScope.Unknown }))
                {
                    Assert.Equal((path, level), (path, OomWorkloadFinding.Of(oomEvent).Level));
                    compared++;
                }
            }
        }

        Assert.True(compared > 20, $"{compared} compared");
    }
}
