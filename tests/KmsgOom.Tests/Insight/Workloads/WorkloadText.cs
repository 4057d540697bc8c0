using System.Text;

namespace KmsgOom.Tests.Insight.Workloads;

/// <summary>A workload in one line, all fields that are there.</summary>
internal static class WorkloadText
{
    public static string Of(OomWorkload? workload)
    {
        if (workload is null)
        {
            return "";
        }

        StringBuilder text = new($"{workload.Kind} {workload.Level}");
        Add(text, "", workload.Name is { } name ? $"\"{name}\"" : null);
        Add(text, "", workload.Qos?.ToString());
        Add(text, "", workload.Driver?.ToString());
        Add(text, "pod=", workload.PodUid);
        Add(text, "hash=", workload.StaticPodHash);
        Add(text, "id=", workload.ContainerId);
        Add(text, "runtime=", workload.Runtime);
        Add(text, "", workload.IsRootless ? "rootless" : null);
        Add(text, "", workload.IsMonitor ? "monitor" : null);
        Add(text, "unit=", workload.Unit);
        Add(text, "instance=", workload.Instance);
        Add(text, "slice=", workload.Slice);
        Add(text, "uid=", workload.UserId?.ToString());
        Add(text, "job=", workload.JobId);
        Add(text, "step=", workload.StepId);
        Add(text, "task=", workload.TaskId);
        Add(text, "sub=", workload.SubPath);
        Add(text, "< ", workload.Parent is { } parent ? Of(parent) : null);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(key).Append(value);
        }
    }
}
