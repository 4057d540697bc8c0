namespace KmsgOom.Cli.Text;

/// <summary>What happened, whose memory it was, and what to do: the answer before the facts.</summary>
internal static class VerdictText
{
    public static void Write(Screen screen, OomAnalysis analysis)
    {
        screen.Field("Verdict", analysis.Verdict.Sentence, Ink.Warning);
        string label = "Do";
        foreach (string advice in analysis.Verdict.Advice)
        {
            screen.Field(label, $"- {advice}");
            label = "";
        }

        WriteWorkload(screen, analysis.Workload);
    }

    private static void WriteWorkload(Screen screen, OomWorkloadFinding finding)
    {
        OomWorkload? workload = finding.Task ?? finding.Limit;
        if (workload is null or { Kind: OomWorkloadKind.Cgroup })
        {
            return;
        }

        screen.Field("Whose", Describe(workload));
        if (finding.Pod is { } pod)
        {
            string container = finding.Container is { } named ? $", container {named.Name}" : "";
            string owner = pod.Owner is { } kind ? $", of {kind}" : "";
            string node = pod.Node is { } on ? $", on {on}" : "";
            screen.Field("", $"{pod.Namespace}/{pod.Name}{container}{owner}{node}", Ink.Title);
        }

        screen.Field("", finding.LevelReason);
        if (finding.LimitDifference is { } difference)
        {
            screen.Field("", difference, Ink.Warning);
        }

        if (finding.Score is { } score)
        {
            screen.Field("", $"oom_score_adj {score.Adjustment}: {score.Meaning}{DescribeRequest(score)}");
        }
    }

    private static string DescribeRequest(OomKubernetesScore score) =>
        score is { MinRequestBytes: { } low, MaxRequestBytes: { } high } ? $" ({Sizes.FromBytes(low)} to {Sizes.FromBytes(high)})" : "";

    private static string Describe(OomWorkload workload)
    {
        List<string> parts = [];
        switch (workload.Kind)
        {
            case OomWorkloadKind.Kubernetes:
                string qos = workload.Qos switch { OomQos.BestEffort => "best-effort ", OomQos.Burstable => "burstable ", OomQos.Guaranteed => "guaranteed ", _ => "" };
                parts.Add(workload.PodUid is { } uid ? $"{qos}{(workload.IsStaticPod ? "static " : "")}pod {uid}" : $"all {qos}pods");
                break;
            case OomWorkloadKind.Slice:
                parts.Add($"slice {workload.Slice}");
                break;
            case var _ when workload.Unit is { } unit:
                parts.Add(unit);
                break;
            case var kind when workload.Name is { } name:
                parts.Add($"{kind.ToString().ToLowerInvariant()} {name}");
                break;
            default:
                break;
        }

        if (workload.ContainerId is { } id && id != workload.Name)
        {
            parts.Add($"container {id[..Math.Min(12, id.Length)]}{(workload.Runtime is { } runtime ? $" ({runtime})" : "")}");
        }

        if (workload.UserId is { } user)
        {
            parts.Add(Words.Fact("user", user));
        }

        if (workload.Outer is { } outer and not { Kind: OomWorkloadKind.Cgroup })
        {
            parts.Add($"inside {Describe(outer)}");
        }

        return string.Join(", ", parts);
    }
}
