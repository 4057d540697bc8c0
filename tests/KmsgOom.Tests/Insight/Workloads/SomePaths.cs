namespace KmsgOom.Tests.Insight.Workloads;

/// <summary>Paths of cgroups as machines have them, and what they mean. C, D: ids of containers; U: the UID of a pod.</summary>
internal static class SomePaths
{
    public const string C = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    public const string D = "34186d9bd07706222bd427bb647ceed81e8e108eb653ff73c7137099fca1cab6";
    public const string U = "3f2a1c44-8d0b-4a6e-9a57-0c2f7f3f6b1e";
    public const string UInSlice = "3f2a1c44_8d0b_4a6e_9a57_0c2f7f3f6b1e";
    public const string Hash = "2a0f4d4ad6f1d3cb5e4c33bb5d3a0c5e";
    private const string UserManager = "/user.slice/user-1000.slice/user@1000.service";

    /// <summary>Gets each path with the workload in the words of <see cref="WorkloadText.Of"/>.</summary>
    public static TheoryData<string, string> All => new()
    {
        // Kubernetes, cgroupfs driver.
        { $"/kubepods/burstable/pod{U}/{C}", $"Kubernetes Container Burstable Cgroupfs pod={U} id={C}" },
        { $"/kubepods/burstable/pod{U}", $"Kubernetes Pod Burstable Cgroupfs pod={U}" },
        { $"/kubepods/besteffort/pod{U}/{C}", $"Kubernetes Container BestEffort Cgroupfs pod={U} id={C}" },
        { $"/kubepods/pod{U}/{C}", $"Kubernetes Container Guaranteed Cgroupfs pod={U} id={C}" },
        { $"/kubepods/guaranteed/pod{U}/{C}", $"Kubernetes Container Guaranteed Cgroupfs pod={U} id={C}" },
        { $"/kubepods/burstable/pod{Hash}/{C}", $"Kubernetes Container Burstable Cgroupfs hash={Hash} id={C}" },
        { $"/kubepods/burstable/pod{U}/crio-{C}", $"Kubernetes Container Burstable Cgroupfs pod={U} id={C} runtime=cri-o" },
        { $"/kubepods/burstable/pod{U}/kata_{C}", $"Kubernetes Container Burstable Cgroupfs pod={U} id={C} runtime=kata" },
        { "/kubepods/burstable/pod0f/4f1c", "Kubernetes Container Burstable Cgroupfs pod=0f id=4f1c" },
        { "/kubepods/burstable", "Kubernetes QosSlice Burstable Cgroupfs" },
        { "/kubepods", "Kubernetes AllPods Cgroupfs" },
        { $"/oomlab/kubepods/besteffort/pod{U}/{C}", $"Kubernetes Container BestEffort Cgroupfs pod={U} id={C}" },

        // Kubernetes, systemd driver.
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UInSlice}.slice/cri-containerd-{C}.scope", $"Kubernetes Container Burstable Systemd pod={U} id={C} runtime=containerd unit=cri-containerd-{C}.scope slice=kubepods-burstable-pod{UInSlice}.slice" },
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UInSlice}.slice", $"Kubernetes Pod Burstable Systemd pod={U} unit=kubepods-burstable-pod{UInSlice}.slice slice=kubepods-burstable-pod{UInSlice}.slice" },
        { $"/kubepods.slice/kubepods-pod{UInSlice}.slice/docker-{D}.scope", $"Kubernetes Container Guaranteed Systemd pod={U} id={D} runtime=docker unit=docker-{D}.scope slice=kubepods-pod{UInSlice}.slice" },
        { $"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UInSlice}.slice/crio-{C}.scope", $"Kubernetes Container BestEffort Systemd pod={U} id={C} runtime=cri-o unit=crio-{C}.scope slice=kubepods-besteffort-pod{UInSlice}.slice" },
        { $"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UInSlice}.slice/crio-{C}.scope/container", $"Kubernetes Container BestEffort Systemd pod={U} id={C} runtime=cri-o unit=crio-{C}.scope slice=kubepods-besteffort-pod{UInSlice}.slice sub=container" },
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UInSlice}.slice/crio-conmon-{C}.scope", $"Kubernetes Container Burstable Systemd pod={U} id={C} runtime=cri-o monitor unit=crio-conmon-{C}.scope slice=kubepods-burstable-pod{UInSlice}.slice" },
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Hash}.slice/cri-containerd-{C}.scope", $"Kubernetes Container Burstable Systemd hash={Hash} id={C} runtime=containerd unit=cri-containerd-{C}.scope slice=kubepods-burstable-pod{Hash}.slice" },
        { $"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UInSlice}.slice/cri-containerd-cabbede.scope", $"Kubernetes Container Burstable Systemd pod={U} id=cabbede runtime=containerd unit=cri-containerd-cabbede.scope slice=kubepods-burstable-pod{UInSlice}.slice" },
        { "/kubepods.slice/kubepods-besteffort.slice", "Kubernetes QosSlice BestEffort Systemd unit=kubepods-besteffort.slice slice=kubepods-besteffort.slice" },
        { "/kubepods.slice", "Kubernetes AllPods Systemd unit=kubepods.slice slice=kubepods.slice" },
        { $"/kubepods-burstable-pod{UInSlice}.slice:cri-containerd:{C}", $"Kubernetes Container Burstable Systemd pod={U} id={C} runtime=containerd unit=kubepods-burstable-pod{UInSlice}.slice slice=kubepods-burstable-pod{UInSlice}.slice" },
        { $"/system.slice/containerd.service/kubepods-besteffort-pod{UInSlice}.slice:cri-containerd:{C}", $"Kubernetes Container BestEffort Systemd pod={U} id={C} runtime=containerd unit=kubepods-besteffort-pod{UInSlice}.slice slice=kubepods-besteffort-pod{UInSlice}.slice" },
        { $"/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{UInSlice}.slice/cri-containerd-{C}.scope", $"Kubernetes Container Burstable Systemd pod={U} id={C} runtime=containerd unit=cri-containerd-{C}.scope slice=kubelet-kubepods-burstable-pod{UInSlice}.slice" },

        // kind, and other containers in containers.
        { $"/docker/{D}/kubelet/kubepods/burstable/pod{U}/{C}", $"Kubernetes Container Burstable Cgroupfs pod={U} id={C} < Container Container Cgroupfs id={D} runtime=docker" },
        { $"/system.slice/docker-{D}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod{UInSlice}.slice/cri-containerd-{C}.scope", $"Kubernetes Container Guaranteed Systemd pod={U} id={C} runtime=containerd unit=cri-containerd-{C}.scope slice=kubelet-kubepods-pod{UInSlice}.slice < Container Container Systemd id={D} runtime=docker unit=docker-{D}.scope slice=system.slice" },
        { $"/kubepods/burstable/pod{U}/{C}/docker/{D}", $"Container Container Cgroupfs id={D} runtime=docker < Kubernetes Container Burstable Cgroupfs pod={U} id={C}" },
        { $"/docker/{D}/docker/{C}", $"Container Container Cgroupfs id={C} runtime=docker < Container Container Cgroupfs id={D} runtime=docker" },
        { $"/lxc/39004/ns/system.slice/docker-{D}.scope", $"Container Container Systemd id={D} runtime=docker unit=docker-{D}.scope slice=system.slice < SystemContainer Container \"39004\" Cgroupfs runtime=lxc" },
        { "/lxc.payload.web/system.slice/nginx.service", "Service Service \"nginx\" Systemd unit=nginx.service slice=system.slice < SystemContainer Container \"web\" Cgroupfs runtime=lxc" },
        { $"/docker/{D}/init.scope", $"Container Container Cgroupfs id={D} runtime=docker sub=init.scope" },
        { $"/docker/{D}/system.slice", $"Container Container Cgroupfs id={D} runtime=docker sub=system.slice" },

        // Docker, containerd, Podman.
        { $"/docker/{D}", $"Container Container Cgroupfs id={D} runtime=docker" },
        { $"/system.slice/docker-{D}.scope", $"Container Container Systemd id={D} runtime=docker unit=docker-{D}.scope slice=system.slice" },
        { "/system.slice/docker-0074.scope", "Container Container Systemd id=0074 runtime=docker unit=docker-0074.scope slice=system.slice" },
        { $"{UserManager}/user.slice/docker-{D}.scope", $"Container Container Systemd id={D} runtime=docker rootless unit=docker-{D}.scope slice=user.slice uid=1000" },
        { "/docker/buildkit/q4y5kz2lmd7f8w0s9x1a3b6ce", "Container Container Cgroupfs id=q4y5kz2lmd7f8w0s9x1a3b6ce runtime=buildkit" },
        { $"/actions_job/{D}", $"Container Container Cgroupfs id={D}" },
        { $"/default/{D}", $"Container Container Cgroupfs id={D}" },
        { $"/system.slice/nerdctl-{D}.scope", $"Container Container Systemd id={D} runtime=containerd unit=nerdctl-{D}.scope slice=system.slice" },
        { $"/system.slice/crio-{D}.scope", $"Container Container Systemd id={D} runtime=cri-o unit=crio-{D}.scope slice=system.slice" },
        { $"/system.slice/newruntime-{D}.scope", $"Container Container Systemd id={D} runtime=newruntime unit=newruntime-{D}.scope slice=system.slice" },
        { $"/machine.slice/libpod-{D}.scope", $"Container Container Systemd id={D} runtime=podman unit=libpod-{D}.scope slice=machine.slice" },
        { $"/machine.slice/libpod-{D}.scope/container", $"Container Container Systemd id={D} runtime=podman unit=libpod-{D}.scope slice=machine.slice sub=container" },
        { $"/machine.slice/libpod-conmon-{D}.scope", $"Container Container Systemd id={D} runtime=podman monitor unit=libpod-conmon-{D}.scope slice=machine.slice" },
        { $"/machine.slice/machine-libpod_pod_{C}.slice/libpod-{D}.scope", $"Container Container Systemd id={D} runtime=podman unit=libpod-{D}.scope slice=machine-libpod_pod_{C}.slice" },
        { $"{UserManager}/user.slice/libpod-{D}.scope/container", $"Container Container Systemd id={D} runtime=podman rootless unit=libpod-{D}.scope slice=user.slice uid=1000 sub=container" },
        { $"/system.slice/web.service/libpod-payload-{D}", $"Container Container \"web\" Systemd id={D} runtime=podman unit=web.service slice=system.slice" },
        { $"/libpod_parent/libpod-{D}", $"Container Container Cgroupfs id={D} runtime=podman" },
        { "/libpod_parent/conmon", "Container Container \"conmon\" Cgroupfs runtime=podman monitor" },
        { $"/kata_overhead/{D}", $"VirtualMachine VirtualMachine Cgroupfs id={D} runtime=kata" },

        // LXC, LXD, Incus, Proxmox, nspawn.
        { "/lxc/web", "SystemContainer Container \"web\" Cgroupfs runtime=lxc" },
        { "/lxc/39004", "SystemContainer Container \"39004\" Cgroupfs runtime=lxc" },
        { "/lxc/39004/ns", "SystemContainer Container \"39004\" Cgroupfs runtime=lxc sub=ns" },
        { "/lxc.payload/web", "SystemContainer Container \"web\" Cgroupfs runtime=lxc" },
        { "/lxc.payload.shop_web/init.scope", "SystemContainer Container \"shop_web\" Cgroupfs runtime=lxc sub=init.scope" },
        { "/lxc.monitor.web", "SystemContainer Container \"web\" Cgroupfs runtime=lxc monitor" },
        { "/lxc.monitor/101", "SystemContainer Container \"101\" Cgroupfs runtime=lxc monitor" },
        { @"/machine.slice/machine-my\x2dbox.scope/payload", @"SystemContainer Container ""my-box"" Systemd runtime=systemd-nspawn unit=machine-my\x2dbox.scope slice=machine.slice sub=payload" },
        { "/machine.slice/systemd-nspawn@buster.service", "SystemContainer Container \"buster\" Systemd runtime=systemd-nspawn unit=systemd-nspawn@buster.service instance=buster slice=machine.slice" },
        { "/machine.slice/systemd-nspawn@buster.service/payload/system.slice/ssh.service", "Service Service \"ssh\" Systemd unit=ssh.service slice=system.slice < SystemContainer Container \"buster\" Systemd runtime=systemd-nspawn unit=systemd-nspawn@buster.service instance=buster slice=machine.slice" },

        // Virtual machines.
        { @"/machine.slice/machine-qemu\x2d1\x2dname.scope", @"VirtualMachine VirtualMachine ""name"" Systemd runtime=qemu unit=machine-qemu\x2d1\x2dname.scope slice=machine.slice" },
        { @"/machine.slice/machine-qemu\x2d12\x2ddb\x2dmain.scope/libvirt/vcpu0", @"VirtualMachine VirtualMachine ""db-main"" Systemd runtime=qemu unit=machine-qemu\x2d12\x2ddb\x2dmain.scope slice=machine.slice sub=libvirt/vcpu0" },
        { @"/machine.slice/machine-lxc\x2d4711\x2dbox.scope", @"SystemContainer Container ""box"" Systemd runtime=libvirt-lxc unit=machine-lxc\x2d4711\x2dbox.scope slice=machine.slice" },
        { "/machine/qemu-3-win10.libvirt-qemu/emulator", "VirtualMachine VirtualMachine \"win10\" Cgroupfs runtime=qemu sub=emulator" },
        { "/libvirt/qemu/centos7", "VirtualMachine VirtualMachine \"centos7\" Cgroupfs runtime=qemu" },
        { "/qemu.slice/100.scope", "VirtualMachine VirtualMachine \"100\" Systemd runtime=qemu unit=100.scope slice=qemu.slice" },

        // Schedulers.
        { $"/ecs/4c01db0b339c47e6b5a2e5d1d0c1f9aa/{D}", $"EcsTask Container Cgroupfs id={D} runtime=docker job=4c01db0b339c47e6b5a2e5d1d0c1f9aa" },
        { $"/ecs/{U}/{D}", $"EcsTask Container Cgroupfs id={D} runtime=docker job={U}" },
        { $"/ecs/prod/4c01db0b339c47e6b5a2e5d1d0c1f9aa/{D}", $"EcsTask Container Cgroupfs id={D} runtime=docker job=4c01db0b339c47e6b5a2e5d1d0c1f9aa" },
        { "/ecs/4c01db0b339c47e6b5a2e5d1d0c1f9aa", "EcsTask Job Cgroupfs runtime=docker job=4c01db0b339c47e6b5a2e5d1d0c1f9aa" },
        { "/ecs/4c01db0b339c47e6b5a2e5d1d0c1f9aa/4c01db0b339c47e6b5a2e5d1d0c1f9aa-1234567890", "EcsTask Container Cgroupfs id=4c01db0b339c47e6b5a2e5d1d0c1f9aa-1234567890 runtime=docker job=4c01db0b339c47e6b5a2e5d1d0c1f9aa" },
        { $"/ecstasks.slice/ecstasks-4c01db0b339c47e6b5a2e5d1d0c1f9aa.slice/docker-{D}.scope", $"EcsTask Container Systemd id={D} runtime=docker unit=docker-{D}.scope slice=ecstasks-4c01db0b339c47e6b5a2e5d1d0c1f9aa.slice job=4c01db0b339c47e6b5a2e5d1d0c1f9aa" },
        { $"/nomad.slice/share.slice/{U}.redis.scope", $"NomadTask Job \"redis\" Systemd runtime=nomad unit={U}.redis.scope job={U} task=redis" },
        { $"/nomad.slice/{U}.web.scope", $"NomadTask Job \"web\" Systemd runtime=nomad unit={U}.web.scope job={U} task=web" },
        { $"/nomad/{U}", $"NomadTask Job Cgroupfs runtime=nomad job={U}" },
        { "/slurm/uid_1001/job_4242/step_0/task_3", "SlurmJob Job runtime=slurm uid=1001 job=4242 step=0 task=3" },
        { "/slurm_node17/uid_1001/job_4242/step_batch", "SlurmJob Job runtime=slurm uid=1001 job=4242 step=batch" },
        { "/slurm/uid_1001/job_4242", "SlurmJob Job runtime=slurm uid=1001 job=4242" },
        { "/system.slice/slurmstepd.scope/job_77/step_extern/user/task_0", "SlurmJob Job runtime=slurm slice=system.slice job=77 step=extern task=0" },
        { "/system.slice/node17_slurmstepd.scope/job_77/step_1/slurm", "SlurmJob Job runtime=slurm monitor slice=system.slice job=77 step=1" },
        { "/system.slice/slurmstepd.scope", "Scope Service \"slurmstepd\" Systemd unit=slurmstepd.scope slice=system.slice" },
        { "/garden/5b2c7d8e-aa11-4c22-6f00-1234", "GardenContainer Container \"5b2c7d8e-aa11-4c22-6f00-1234\" Cgroupfs id=5b2c7d8e-aa11-4c22-6f00-1234 runtime=garden" },
        { "/system.slice/garden.service/garden/good/17q7o3kkk2b", "GardenContainer Container \"17q7o3kkk2b\" Cgroupfs id=17q7o3kkk2b runtime=garden slice=system.slice" },
        { "/hadoop-yarn/container_1410901177871_0001_01_000005", "YarnContainer Job \"container_1410901177871_0001_01_000005\" Cgroupfs id=container_1410901177871_0001_01_000005 runtime=yarn job=application_1410901177871_0001" },
        { "/yarn/container_e17_1410901177871_0001_01_000005", "YarnContainer Job \"container_e17_1410901177871_0001_01_000005\" Cgroupfs id=container_e17_1410901177871_0001_01_000005 runtime=yarn job=application_1410901177871_0001" },

        // systemd: services, scopes, sessions, applications, snaps, Flatpaks.
        { "/system.slice/webapp.service", "Service Service \"webapp\" Systemd unit=webapp.service slice=system.slice" },
        { "/system.slice/system-postgresql.slice/postgresql@14-main.service", "Service Service \"postgresql\" Systemd unit=postgresql@14-main.service instance=14-main slice=system-postgresql.slice" },
        { @"/system.slice/system-getty.slice/serial\x2dgetty@tty\x2dUSB0.service", @"Service Service ""serial-getty"" Systemd unit=serial\x2dgetty@tty\x2dUSB0.service instance=tty-USB0 slice=system-getty.slice" },
        { @"/system.slice/caf\xc3\xa9.service", @"Service Service ""café"" Systemd unit=caf\xc3\xa9.service slice=system.slice" },
        { @"/system.slice/odd\x2.service", @"Service Service ""odd\x2"" Systemd unit=odd\x2.service slice=system.slice" },
        { "/system.slice/foo.service/worker/1", "Service Service \"foo\" Systemd unit=foo.service slice=system.slice sub=worker/1" },
        { "/system.slice/dev-hugepages.mount", "Service Service \"dev-hugepages\" Systemd unit=dev-hugepages.mount slice=system.slice" },
        { "/system.slice/run-r9f1c0e2d.scope", "Scope Service \"run-r9f1c0e2d\" Systemd unit=run-r9f1c0e2d.scope slice=system.slice" },
        { "/init.scope", "Scope Service \"init\" Systemd unit=init.scope" },
        { "/system.slice/snap.lxd.daemon.service", "Snap Service \"lxd.daemon\" Systemd unit=snap.lxd.daemon.service slice=system.slice" },
        { $"{UserManager}/app.slice/snap.firefox.firefox-{U}.scope", $"Snap Service \"firefox.firefox\" Systemd unit=snap.firefox.firefox-{U}.scope slice=app.slice uid=1000" },
        { $"{UserManager}/snap.firefox.firefox.{U}.scope", $"Snap Service \"firefox.firefox\" Systemd unit=snap.firefox.firefox.{U}.scope slice=user-1000.slice uid=1000" },
        { $"{UserManager}/app.slice/app-flatpak-org.mozilla.firefox-4711.scope", "Flatpak Service \"org.mozilla.firefox\" Systemd unit=app-flatpak-org.mozilla.firefox-4711.scope slice=app.slice uid=1000" },
        { $@"{UserManager}/app.slice/app-gnome-google\x2dchrome-4711.scope", @"Application Service ""google-chrome"" Systemd unit=app-gnome-google\x2dchrome-4711.scope slice=app.slice uid=1000" },
        { $"{UserManager}/app.slice/app-org.kde.konsole-10418.scope/tab(2336326).scope", "Application Service \"org.kde.konsole\" Systemd unit=app-org.kde.konsole-10418.scope slice=app.slice uid=1000 sub=tab(2336326).scope" },
        { $"{UserManager}/app.slice/app-gnome-org.gnome.Evolution@autostart.service", "Application Service \"org.gnome.Evolution\" Systemd unit=app-gnome-org.gnome.Evolution@autostart.service instance=autostart slice=app.slice uid=1000" },
        { "/user.slice/user-1000.slice/session-40.scope", "UserSession User \"40\" Systemd unit=session-40.scope slice=user-1000.slice uid=1000" },
        { "/user.slice/user-1000.slice", "User User \"user-1000\" Systemd unit=user-1000.slice slice=user-1000.slice uid=1000" },
        { UserManager, "User User \"user@1000\" Systemd unit=user@1000.service instance=1000 slice=user-1000.slice uid=1000" },
        { $"{UserManager}/init.scope", "User User \"user@1000\" Systemd unit=user@1000.service instance=1000 slice=user-1000.slice uid=1000 sub=init.scope" },
        { "/user/1000.user/c2.session", "UserSession User \"c2\" uid=1000" },
        { "/user.slice", "Slice Slice \"user\" Systemd unit=user.slice slice=user.slice" },
        { "/node1.slice", "Slice Slice \"node1\" Systemd unit=node1.slice slice=node1.slice" },

        // No known shape.
        { "/svc", "Cgroup Cgroup \"svc\"" },
        { "/a/b/c", "Cgroup Cgroup \"c\"" },
        { "/odd dir (1),x=y", "Cgroup Cgroup \"odd dir (1),x=y\"" },
        { "/docker", "Cgroup Cgroup \"docker\"" },
        { "/ecs/prod", "Cgroup Cgroup \"prod\"" },
        { "/system.slice/handmade", "Cgroup Cgroup \"handmade\" slice=system.slice" },
        { "/hadoop-yarn/container_", "Cgroup Cgroup \"container_\"" },
        { "/podracer", "Cgroup Cgroup \"podracer\"" },
    };
}
