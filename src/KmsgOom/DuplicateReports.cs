using KmsgOom.Envelopes;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Recognises what two loggers wrote into one log: each line twice, or a whole report again.</summary>
internal static class DuplicateReports
{
    /// <summary>Opens the report of a trigger; it is a copy where another logger wrote the same trigger before.</summary>
    public static OomReport Open(OomReportBuilder reports, scoped in Envelope envelope, long line, long offset)
    {
        OomReport? original = reports.Live.FindOriginal(in envelope);
        OomReport report = reports.Open(OomEventKind.Oom, in envelope, line, offset);
        if (original is not null)
        {
            original.Facts.IsDuplicated = report.Facts.IsCopy = true;
        }

        return report;
    }

    /// <summary>Tells whether a trigger repeats the one just before, time and all: then each line of the report comes twice.</summary>
    public static bool BeginsTwice(OomReport report, scoped in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        if (facts is not { Sections: OomSections.Trigger, OwnedLines: 1, IsDoubled: false } || !(facts.IsOfTime(in envelope) || IsNextWithoutUptime(in facts, in envelope))
            || !TakeEcho(report, in envelope))
        {
            return false;
        }

        facts.IsDoubled = facts.IsDuplicated = true;
        return true;
    }

    /// <summary>Tells whether a trigger comes directly behind another, by the same clock if there is one: no report is a line long.</summary>
    private static bool IsNextWithoutUptime(in ReportFacts facts, in Envelope trigger) =>
        facts is { FirstUptime: < 0, PendingForeignLines: 0 } && trigger.UptimeMicroseconds < 0 && trigger.Wall == facts.FirstWall;

    /// <summary>Takes the next line of a log in which each comes twice, and tells whether it repeats the last one that was kept.</summary>
    public static bool TakeEcho(OomReport report, scoped in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        facts.IsPaired = !facts.IsPaired && report.Lines.Count > 0 && report.Get(report.Lines.Last.Text).SequenceEqual(envelope.Message);
        return facts.IsPaired;
    }
}
