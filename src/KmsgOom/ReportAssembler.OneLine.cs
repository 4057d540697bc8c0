using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <content>Lines that are an event of their own, or say one thing of the report around them.</content>
internal sealed partial class ReportAssembler
{
    /// <summary>Takes a line that is an event of its own; a report that is open or held goes on around it.</summary>
    private void AcceptOneLine(OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        SkipForeign(in envelope, isKernel: false, line, offset);
        Reports.Advance(in envelope, offset);
        OomReport report = Reports.Open(kind == OomLineKind.VmFault ? OomEventKind.VmFault : OomEventKind.UserspaceKill, in envelope, line, offset);
        Own(report, kind, in envelope, line, offset);
        if (ReferenceEquals(_joiner.Report, report) && _joiner.IsAwaitingAt(offset) && !envelope.IsRecord)
        {
            // Three lines more are awaited; nothing else may come to the report.
            report.Facts.IsSettled = true;
            Reports.HoldIfSettled(report);
        }
        else
        {
            Reports.End(report);
        }

        Reports.KeepInBounds(report);
    }

    private void Suppress(scoped in Envelope envelope, long line, long offset)
    {
        SkipForeign(in envelope, isKernel: false, line, offset);
        if (SuppressedLine.TryParse(OomLineClassifier.SkipIndent(envelope.Message), out long count))
        {
            SuppressedReports += count;
            Reports.Suppress(envelope.Host, count);
        }
    }

    private void AcceptDropped(scoped in Envelope envelope, long line, long offset)
    {
        if (Reports.CloseIfOverdue(Reports.FindOpen(envelope.Host), in envelope, offset) is { } report
            && MessagesDroppedLine.TryParse(OomLineClassifier.SkipIndent(envelope.Message), out long count))
        {
            report.Facts.LostMessages += count;
            Reports.Own(report, in envelope, envelope.Message, OomSections.None, line, offset);
            Reports.KeepInBounds(report);
        }
    }

    /// <summary>Takes a remark, which counts where a report is open and nowhere else: elsewhere it may be skipped unread.</summary>
    private void AcceptRemark(scoped in Envelope envelope, long line, long offset)
    {
        if (Reports.CloseIfOverdue(Reports.FindOpen(envelope.Host), in envelope, offset) is { } report)
        {
            if (RemarkLine.IsTaskDump(OomLineClassifier.SkipIndent(envelope.Message)))
            {
                // A trace follows, of a task that hangs or of an earlier victim: none of it is the report's.
                report.Facts.IsInForeignDump = true;
                report.Facts.HasForeignTrace = false;
                SkipForeign(in envelope, isKernel: true, line, offset);
                return;
            }

            Own(report, OomLineKind.Remark, in envelope, line, offset);
            Reports.KeepInBounds(report);
        }
    }
}
