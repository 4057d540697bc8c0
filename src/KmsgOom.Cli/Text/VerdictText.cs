namespace KmsgOom.Cli.Text;

/// <summary>What happened, whose memory it was, and what to do: the answer before the facts.</summary>
internal static class VerdictText
{
    public static void Write(Screen screen, OomAnalysis analysis)
    {
        screen.Field("Verdict", Words.GlueUnits(analysis.Verdict.Sentence), Ink.Warning);
        string label = "Do";
        foreach (string advice in analysis.Verdict.Advice)
        {
            screen.Field(label, $"- {Words.GlueUnits(advice)}");
            label = "";
        }

        WorkloadText.Write(screen, analysis.Workload, analysis.Memcg);
        foreach (OomContainerShare share in analysis.Workload.Shares.Where(share => share.IsPause))
        {
            string id = share.Workload?.ContainerId ?? share.Path;
            screen.Field("Sandbox", $"{Sizes.FromBytes(share.Bytes)} in {id[..Math.Min(12, id.Length)]}: the pod's pause container");
        }
    }
}
