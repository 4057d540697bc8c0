using KmsgOom.Lines;

namespace KmsgOom.Tests.Lines;

public sealed class OomLineKindsTests
{
    [Theory]
    [InlineData(nameof(OomLineKind.Trigger), OomSections.Trigger)]
    [InlineData(nameof(OomLineKind.AllocationFailure), OomSections.Trigger)]
    [InlineData(nameof(OomLineKind.Cpuset), OomSections.Trigger)]
    [InlineData(nameof(OomLineKind.Cpu), OomSections.CallTrace)]
    [InlineData(nameof(OomLineKind.Frame), OomSections.CallTrace)]
    [InlineData(nameof(OomLineKind.Register), OomSections.CallTrace)]
    [InlineData(nameof(OomLineKind.TaskIn), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.LimitReached), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.MemcgUsage), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.MemcgStats), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.MemcgStat), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.MemcgProtection), OomSections.Memcg)]
    [InlineData(nameof(OomLineKind.MemInfoStart), OomSections.MemInfo)]
    [InlineData(nameof(OomLineKind.MemInfo), OomSections.MemInfo)]
    [InlineData(nameof(OomLineKind.TasksTitle), OomSections.Tasks)]
    [InlineData(nameof(OomLineKind.TasksHeader), OomSections.Tasks)]
    [InlineData(nameof(OomLineKind.TaskRow), OomSections.Tasks)]
    [InlineData(nameof(OomLineKind.Constraint), OomSections.Constraint)]
    [InlineData(nameof(OomLineKind.KillAnnounced), OomSections.Victim)]
    [InlineData(nameof(OomLineKind.Killed), OomSections.Victim)]
    [InlineData(nameof(OomLineKind.GroupKill), OomSections.Victim)]
    [InlineData(nameof(OomLineKind.NoKillable), OomSections.Victim)]
    [InlineData(nameof(OomLineKind.Panic), OomSections.Victim)]
    [InlineData(nameof(OomLineKind.Unrelated), OomSections.None)]
    [InlineData(nameof(OomLineKind.Suppressed), OomSections.None)]
    [InlineData(nameof(OomLineKind.MessagesDropped), OomSections.None)]
    public void Section_OfAKind_IsTheReports(string kind, OomSections section) =>
        Assert.Equal(section, Enum.Parse<OomLineKind>(kind).Section());

    /// <summary>Design decision 7: a report opens at any of these, since logs often begin in the middle.</summary>
    [Theory]
    [InlineData(nameof(OomLineKind.Trigger), true)]
    [InlineData(nameof(OomLineKind.Cpu), true)]
    [InlineData(nameof(OomLineKind.TaskIn), true)]
    [InlineData(nameof(OomLineKind.MemcgUsage), true)]
    [InlineData(nameof(OomLineKind.MemInfoStart), true)]
    [InlineData(nameof(OomLineKind.TasksHeader), true)]
    [InlineData(nameof(OomLineKind.Constraint), true)]
    [InlineData(nameof(OomLineKind.KillAnnounced), true)]
    [InlineData(nameof(OomLineKind.Killed), true)]
    [InlineData(nameof(OomLineKind.Unrelated), false)]
    [InlineData(nameof(OomLineKind.Frame), false)]
    [InlineData(nameof(OomLineKind.MemcgStat), false)]
    [InlineData(nameof(OomLineKind.TaskRow), false)]
    [InlineData(nameof(OomLineKind.Reaper), false)]
    [InlineData(nameof(OomLineKind.MessagesDropped), false)]
    [InlineData(nameof(OomLineKind.Suppressed), false)]
    public void Anchor_OfAReport_IsALineOfItsOwnWords(string kind, bool isAnchor) =>
        Assert.Equal(isAnchor, Enum.Parse<OomLineKind>(kind).IsAnchor());
}
