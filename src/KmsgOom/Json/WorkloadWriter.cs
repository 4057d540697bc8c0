using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes whose memory it was: the member <c>workload</c>, left out where no path says anything.</summary>
internal static class WorkloadWriter
{
    public static void Write(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        if (finding.Workload is not { } workload)
        {
            return;
        }

        writer.WriteStartObject(WorkloadNames.Workload);
        WriteFields(writer, workload);
        if (finding.Level != OomLimitLevel.Unknown)
        {
            writer.WriteString(WorkloadNames.LimitLevel, WorkloadNames.Levels[(int)finding.Level]);
        }

        // Where the limit is the workload's own, its fields are those above.
        if (finding.Limit is { } limit && limit.Path != workload.Path)
        {
            writer.WriteStartObject(WorkloadNames.Limit);
            WriteFields(writer, limit with { Parent = null });
            writer.WriteEndObject();
        }

        writer.WriteOptional(WorkloadNames.LimitBytes, finding.LimitBytes);
        WritePod(writer, finding);
        WriteScore(writer, finding);
        WriteShares(writer, finding);
        writer.WriteEvidence(finding.Evidence.AsSpan());
        writer.WriteTexts(WorkloadNames.Unknowns, finding.Unknowns.AsSpan());
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, OomWorkload workload)
    {
        writer.WriteString(WorkloadNames.Kind, WorkloadNames.Kinds[(int)workload.Kind]);
        writer.WriteString(WorkloadNames.Level, WorkloadNames.Levels[(int)workload.Level]);
        writer.WriteOptional(WorkloadNames.Name, workload.Name);
        if (workload.Qos is { } qos)
        {
            writer.WriteString(WorkloadNames.Qos, WorkloadNames.QosClasses[(int)qos]);
        }

        writer.WriteOptional(WorkloadNames.PodUid, workload.PodUid);
        writer.WriteOptional(WorkloadNames.StaticPodHash, workload.StaticPodHash);
        writer.WriteOptional(WorkloadNames.ContainerId, workload.ContainerId);
        writer.WriteOptional(WorkloadNames.Runtime, workload.Runtime);
        if (workload.Driver is { } driver)
        {
            writer.WriteString(WorkloadNames.Driver, WorkloadNames.Drivers[(int)driver]);
        }

        writer.WriteSet(WorkloadNames.Monitor, workload.IsMonitor);
        writer.WriteSet(WorkloadNames.Rootless, workload.IsRootless);
        writer.WriteOptional(WorkloadNames.Unit, workload.Unit);
        writer.WriteOptional(WorkloadNames.Instance, workload.Instance);
        writer.WriteOptional(WorkloadNames.Slice, workload.Slice);
        writer.WriteOptional(WorkloadNames.Uid, workload.UserId);
        writer.WriteOptional(WorkloadNames.JobId, workload.JobId);
        writer.WriteOptional(WorkloadNames.StepId, workload.StepId);
        writer.WriteOptional(WorkloadNames.TaskId, workload.TaskId);
        writer.WriteString(WorkloadNames.Path, workload.Path);
        writer.WriteOptional(WorkloadNames.SubPath, workload.SubPath);
        if (workload.Parent is { } parent)
        {
            writer.WriteStartObject(WorkloadNames.Parent);
            WriteFields(writer, parent);
            writer.WriteEndObject();
        }
    }

    private static void WritePod(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        if (finding.Pod is not { } pod)
        {
            return;
        }

        writer.WriteStartObject(WorkloadNames.Pod);
        writer.WriteString(WorkloadNames.Namespace, pod.Namespace);
        writer.WriteString(WorkloadNames.Name, pod.Name);
        writer.WriteOptional(WorkloadNames.Node, pod.Node);
        writer.WriteOptional(WorkloadNames.OwnerKind, pod.OwnerKind);
        writer.WriteOptional(WorkloadNames.OwnerName, pod.OwnerName);
        writer.WriteOptional(WorkloadNames.Container, finding.Container?.Name);
        writer.WriteOptional(WorkloadNames.RequestBytes, finding.Container?.RequestBytes);
        writer.WriteOptional(WorkloadNames.LimitBytes, finding.Container?.LimitBytes);
        writer.WriteOptional(WorkloadNames.PodLimitBytes, pod.ExpectedPodLimitBytes);
        if (finding.Difference is { } difference)
        {
            writer.WriteStartObject(WorkloadNames.LimitDiffers);
            writer.WriteString(WorkloadNames.What, difference.What);
            writer.WriteNumber(WorkloadNames.LogBytes, difference.LogBytes);
            writer.WriteOptional(WorkloadNames.SpecBytes, difference.SpecBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        if (finding.OomScore is not { } score)
        {
            return;
        }

        writer.WriteStartObject(WorkloadNames.OomScoreAdj);
        writer.WriteNumber(WorkloadNames.Value, score.Adj);
        writer.WriteOptional(WorkloadNames.Expected, finding.ExpectedOomScoreAdj);
        if (score.Qos is { } qos)
        {
            writer.WriteString(WorkloadNames.Qos, WorkloadNames.QosClasses[(int)qos]);
        }

        writer.WriteOptional(WorkloadNames.MinPermille, score.MinPermille);
        writer.WriteOptional(WorkloadNames.BelowPermille, score.BelowPermille);
        writer.WriteOptional(WorkloadNames.CapacityBytes, score.CapacityBytes);
        writer.WriteOptional(WorkloadNames.MinRequestBytes, score.MinRequestBytes);
        writer.WriteOptional(WorkloadNames.MaxRequestBytes, score.MaxRequestBytes);
        writer.WriteString(WorkloadNames.Meaning, score.Meaning);
        writer.WriteEndObject();
    }

    private static void WriteShares(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        if (finding.Shares.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(WorkloadNames.Shares);
        foreach (OomContainerShare share in finding.Shares)
        {
            writer.WriteStartObject();
            writer.WriteString(WorkloadNames.Path, share.Path);
            writer.WriteOptional(WorkloadNames.ContainerId, share.Workload?.ContainerId);
            writer.WriteOptional(WorkloadNames.Container, share.Name);
            writer.WriteNumber(WorkloadNames.Bytes, share.Bytes);
            writer.WriteSet(WorkloadNames.TaskHome, share.IsTaskHome);
            writer.WriteSet(WorkloadNames.Pause, share.IsPause);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
