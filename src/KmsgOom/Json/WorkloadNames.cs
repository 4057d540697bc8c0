using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names and words of the member <c>workload</c>. They are part of the schema and never change meaning.</summary>
internal static class WorkloadNames
{
    public static readonly JsonEncodedText Workload = JsonEncodedText.Encode("workload");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Qos = JsonEncodedText.Encode("qos");
    public static readonly JsonEncodedText PodUid = JsonEncodedText.Encode("pod_uid");
    public static readonly JsonEncodedText StaticPodHash = JsonEncodedText.Encode("static_pod_hash");
    public static readonly JsonEncodedText ContainerId = JsonEncodedText.Encode("container_id");
    public static readonly JsonEncodedText Runtime = JsonEncodedText.Encode("runtime");
    public static readonly JsonEncodedText Driver = JsonEncodedText.Encode("driver");
    public static readonly JsonEncodedText Monitor = JsonEncodedText.Encode("monitor");
    public static readonly JsonEncodedText Rootless = JsonEncodedText.Encode("rootless");
    public static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    public static readonly JsonEncodedText Instance = JsonEncodedText.Encode("instance");
    public static readonly JsonEncodedText Slice = JsonEncodedText.Encode("slice");
    public static readonly JsonEncodedText Uid = JsonEncodedText.Encode("uid");
    public static readonly JsonEncodedText JobId = JsonEncodedText.Encode("job_id");
    public static readonly JsonEncodedText StepId = JsonEncodedText.Encode("step_id");
    public static readonly JsonEncodedText TaskId = JsonEncodedText.Encode("task_id");
    public static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
    public static readonly JsonEncodedText SubPath = JsonEncodedText.Encode("sub_path");
    public static readonly JsonEncodedText Parent = JsonEncodedText.Encode("parent");
    public static readonly JsonEncodedText Limit = JsonEncodedText.Encode("limit");
    public static readonly JsonEncodedText LimitLevel = JsonEncodedText.Encode("limit_level");
    public static readonly JsonEncodedText LimitBytes = JsonEncodedText.Encode("limit_bytes");
    public static readonly JsonEncodedText RequestBytes = JsonEncodedText.Encode("request_bytes");
    public static readonly JsonEncodedText Pod = JsonEncodedText.Encode("pod");
    public static readonly JsonEncodedText Namespace = JsonEncodedText.Encode("namespace");
    public static readonly JsonEncodedText Container = JsonEncodedText.Encode("container");
    public static readonly JsonEncodedText Node = JsonEncodedText.Encode("node");
    public static readonly JsonEncodedText OwnerKind = JsonEncodedText.Encode("owner_kind");
    public static readonly JsonEncodedText OwnerName = JsonEncodedText.Encode("owner_name");
    public static readonly JsonEncodedText PodLimitBytes = JsonEncodedText.Encode("pod_limit_bytes");
    public static readonly JsonEncodedText LimitDiffers = JsonEncodedText.Encode("limit_differs");
    public static readonly JsonEncodedText What = JsonEncodedText.Encode("what");
    public static readonly JsonEncodedText LogBytes = JsonEncodedText.Encode("log_bytes");
    public static readonly JsonEncodedText SpecBytes = JsonEncodedText.Encode("spec_bytes");
    public static readonly JsonEncodedText OomScoreAdj = JsonEncodedText.Encode("oom_score_adj");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText Expected = JsonEncodedText.Encode("expected");
    public static readonly JsonEncodedText Meaning = JsonEncodedText.Encode("meaning");
    public static readonly JsonEncodedText MinPermille = JsonEncodedText.Encode("min_permille");
    public static readonly JsonEncodedText BelowPermille = JsonEncodedText.Encode("below_permille");
    public static readonly JsonEncodedText CapacityBytes = JsonEncodedText.Encode("capacity_bytes");
    public static readonly JsonEncodedText MinRequestBytes = JsonEncodedText.Encode("min_request_bytes");
    public static readonly JsonEncodedText MaxRequestBytes = JsonEncodedText.Encode("max_request_bytes");
    public static readonly JsonEncodedText Shares = JsonEncodedText.Encode("shares");
    public static readonly JsonEncodedText Bytes = JsonEncodedText.Encode("bytes");
    public static readonly JsonEncodedText TaskHome = JsonEncodedText.Encode("task_home");
    public static readonly JsonEncodedText Pause = JsonEncodedText.Encode("pause");
    public static readonly JsonEncodedText Unknowns = JsonEncodedText.Encode("unknowns");

    /// <summary>Gets the words of <see cref="OomWorkloadKind"/>.</summary>
    public static WordList Kinds { get; } = new(
        "workload.kind", "cgroup", "kubernetes", "container", "system_container", "virtual_machine", "ecs_task", "nomad_task", "garden_container", "slurm_job",
        "yarn_container", "service", "scope", "user_session", "user", "application", "snap", "flatpak", "slice");

    /// <summary>Gets the words of <see cref="OomLimitLevel"/>.</summary>
    public static WordList Levels { get; } = new(
        "workload.limit_level", "unknown", "none", "machine", "nodes", "container", "pod", "qos_slice", "all_pods", "outer_container", "virtual_machine", "job", "service", "user",
        "slice", "ancestor", "cgroup");

    /// <summary>Gets the words of <see cref="OomQos"/>.</summary>
    public static WordList QosClasses { get; } = new("workload.qos", "guaranteed", "burstable", "besteffort");

    /// <summary>Gets the words of <see cref="OomCgroupDriver"/>.</summary>
    public static WordList Drivers { get; } = new("workload.driver", "cgroupfs", "systemd");
}
