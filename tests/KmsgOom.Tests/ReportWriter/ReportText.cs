namespace KmsgOom.Tests.ReportWriter;

/// <summary>The parts of a report in the order of its era (reference, section 10.2).</summary>
internal static class ReportText
{
    public static WrittenRecord[] Write(WrittenReport report)
    {
        long at = report.Microseconds;
        return [.. Records(report).Select(record => record with { Microseconds = at += 7 })];
    }

    private static IEnumerable<WrittenRecord> Records(WrittenReport report)
    {
        if (report.IsRateLimited)
        {
            return KillText.Write(report);
        }

        bool hasMemInfo = !report.IsMemcg || report.Era.MemcgPrintsMemInfo;
        return
        [
            .. TriggerText.Write(report),
            .. StackText.Write(report),
            .. MemcgText.Write(report),
            .. hasMemInfo ? MemInfoText.Write(report) : [],
            .. MemcgText.Protection(report),
            .. report.IsAllocationFailure ? [] : TaskTableText.Write(report),
            .. report.IsAllocationFailure ? [] : TaskTableText.Constraint(report),
            .. KillText.Write(report),
        ];
    }
}
