using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Stores what the kin of an OOM report says: allocations that failed, page faults, kills of other programs.</summary>
internal static class KinReader
{
    public static LineResult ReadFailure(ref ReportFacts facts, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        if (!AllocationFailureLine.TryParse(text, out AllocationFailureLine failure))
        {
            return LineResult.Malformed;
        }

        facts.HasTriggerName = true;
        ReportLineReader.StoreTriggerName(ref facts, failure.Name.In(text), in envelope);
        facts.GfpMask = failure.GfpMask;
        facts.GfpFlags = failure.GfpFlags.Shift(start);
        facts.Order = failure.Order;
        facts.Nodemask = failure.Nodemask.Shift(start);
        facts.Cpuset = failure.Cpuset.Shift(start);
        facts.MemsAllowed = failure.MemsAllowed.Shift(start);
        return LineResult.Read;
    }

    public static LineResult ReadFault(ref ReportFacts facts, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        // The handler kills the task that faulted and does not say its pid: a trigger, not a victim that could be looked up.
        facts.IsKillWithoutPid = VmFaultLine.TryParseName(text, out TextRange name);
        if (facts.IsKillWithoutPid)
        {
            facts.HasTriggerName = true;
            facts.TriggerName = TaskNameText.Read(name.In(text), ReportLineReader.Escaping(in envelope));
        }

        return LineResult.Read;
    }

    public static LineResult ReadUserKill(OomReport report, ReadOnlySpan<byte> text, int start, scoped in Envelope envelope)
    {
        if (!UserKillLine.TryParse(text, out UserKillLine line))
        {
            return LineResult.Malformed;
        }

        ref ReportFacts facts = ref report.Facts;
        facts.LimitPath = line.Cgroup.Shift(start);
        if (line.Cgroup.IsPresent)
        {
            facts.IsKillWithoutPid = true;
            return LineResult.Read;
        }

        facts.TriggerPid = line.TriggerPid;
        facts.HasTriggerName = line.TriggerName.IsPresent;
        facts.TriggerName = TaskNameText.Read(line.TriggerName.In(text), ReportLineReader.Escaping(in envelope));
        OomVictim before = report.Victims.Count > 0 ? report.Victims[0] : default;
        report.Victims.Clear();
        report.Victims.Add(new OomVictim
        {
            Pid = line.Pid,
            Name = TaskNameText.Read(line.Name.In(text), ReportLineReader.Escaping(in envelope)),
            Uptime = before.Uptime ?? ReportFacts.ToUptime(envelope.UptimeMicroseconds),
            Time = before.Time ?? envelope.Wall.ToTimestamp(),
            Uid = line.Uid,
            Score = line.Score,
            OomScoreAdj = line.OomScoreAdj,
            WholeRssKiB = line.ResidentKiB,
            WholeRssPages = line.ResidentPages,
        });
        return line.IsCut ? LineResult.Cut : LineResult.Read;
    }
}
