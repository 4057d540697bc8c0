using KmsgOom.Envelopes;

namespace KmsgOom.Reports;

/// <content>When and where reports began.</content>
internal sealed partial class OomReportBuilder
{
    /// <summary>Takes time and host of a report from a line: the first, unless that was cut or somebody's words, and has no clock.</summary>
    private void TakeClocks(OomReport report, in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        facts.FirstUptime = envelope.UptimeMicroseconds;
        facts.FirstWall = envelope.Wall;
        facts.Boot = envelope.Wall.IsPresent || envelope.UptimeMicroseconds < 0 ? default : _boot.Get(envelope.Host, envelope.UptimeMicroseconds);
        if (!facts.Host.IsPresent && !envelope.Host.IsEmpty && !facts.IsFull)
        {
            facts.Host = report.Keep(envelope.Host);
        }
    }

    private void NoteBoot(ref ReportFacts facts, in Envelope envelope)
    {
        facts.IsBootNoted = true;
        _boot.Note(in envelope);
        if (!facts.FirstWall.IsPresent && !facts.Boot.IsPresent)
        {
            facts.Boot = _boot.Get(envelope.Host, envelope.UptimeMicroseconds);
        }
    }
}
