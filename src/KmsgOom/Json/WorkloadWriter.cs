using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes the member <c>workload</c>: of the chosen task where its group is known, else of the limit.</summary>
internal static class WorkloadWriter
{
    public static void Write(Utf8JsonWriter writer, OomWorkloadFinding finding)
    {
        OomWorkload? workload = finding.Task ?? finding.Limit;
        if (workload is null)
        {
            return;
        }

        writer.WritePropertyName("workload"u8);
        WriteWorkload(writer, workload, finding);
    }

    private static void WriteWorkload(Utf8JsonWriter writer, OomWorkload workload, OomWorkloadFinding? finding)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, SnakeCase.Of(workload.Kind));
        if (workload.Qos is { } qos)
        {
            // One word in Kubernetes: besteffort.
            writer.WriteString("qos"u8, qos == OomQos.BestEffort ? "besteffort"u8 : qos == OomQos.Burstable ? "burstable"u8 : "guaranteed"u8);
        }

        WriteText(writer, "pod_uid"u8, workload.IsStaticPod ? null : workload.PodUid);
        WriteText(writer, "static_pod_hash"u8, workload.IsStaticPod ? workload.PodUid : null);
        WriteText(writer, "container_id"u8, workload.ContainerId);
        WriteText(writer, "runtime"u8, workload.Runtime);
        WriteText(writer, "driver"u8, workload.Driver);
        WriteText(writer, "name"u8, workload.Name);
        WriteText(writer, "unit"u8, workload.Unit);
        WriteText(writer, "slice"u8, workload.Slice);
        if (workload.UserId is { } user)
        {
            writer.WriteNumber("user_id"u8, user);
        }

        if (finding?.Pod is { } pod)
        {
            WritePod(writer, pod, finding.Container);
        }

        if (workload.Outer is { } outer)
        {
            writer.WritePropertyName("outer"u8);
            WriteWorkload(writer, outer, null);
        }

        writer.WriteEndObject();
    }

    private static void WritePod(Utf8JsonWriter writer, OomPod pod, OomPodContainer? container)
    {
        writer.WriteString("namespace"u8, pod.Namespace);
        writer.WriteString("pod"u8, pod.Name);
        WriteText(writer, "node"u8, pod.Node);
        WriteText(writer, "owner"u8, pod.Owner);
        WriteText(writer, "container"u8, container?.Name);
        if (container?.MemoryRequestBytes is { } request)
        {
            writer.WriteNumber("request_bytes"u8, request);
        }

        if (container?.MemoryLimitBytes is { } limit)
        {
            writer.WriteNumber("limit_bytes"u8, limit);
        }

        if (pod.MemoryLimitBytes is { } podLimit)
        {
            writer.WriteNumber("pod_limit_bytes"u8, podLimit);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
