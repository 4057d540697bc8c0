using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Lines that are nothing by themselves: the rest of another, or foreign.</content>
internal sealed partial class ReportAssembler
{
    private void SkipOrJoin(OomLineKind kind, scoped in Envelope envelope, long line, long offset)
    {
        if ((!envelope.IsRecord && TryExtendName(in envelope, line, offset)) || (_joiner.IsAwaitingAt(offset) && TryJoin(in envelope, line, offset))
            || (!envelope.IsRecord && TryJoinMail(in envelope, line, offset)))
        {
            return;
        }

        if (kind == OomLineKind.Remark)
        {
            AcceptRemark(in envelope, line, offset);
            return;
        }

        SkipForeign(in envelope, isKernel: true, line, offset);
    }

    /// <summary>Adds a line to the name of the task row before it, if a newline may have torn it off.</summary>
    private bool TryExtendName(scoped in Envelope envelope, long line, long offset)
    {
        if (Reports.FindOpen(envelope.Host) is not { Facts: { Section: OomSections.Tasks, IsFull: false } } report
            || !LineJoiner.TryExtendName(report, in envelope))
        {
            return false;
        }

        Reports.Own(report, in envelope, envelope.Message, OomSections.Tasks, line, offset);
        Reports.KeepInBounds(report);
        return true;
    }

    private bool TryJoin(scoped in Envelope envelope, long line, long offset)
    {
        if (_joiner.Report is not { Facts.IsFull: false } report)
        {
            return false;
        }

        OomSections section = _joiner.Kind.Section();
        bool isJoined = _joiner.TryJoin(in envelope, out TextRange joined, out bool isPiece) && _reader.ReadJoined(report, _joiner, joined, isPiece, in envelope);
        if (isJoined)
        {
            Reports.Own(report, in envelope, envelope.Message, section, line, offset);
            if (report.Facts.Kind == OomEventKind.UserspaceKill && _joiner.Report is null)
            {
                Reports.End(report);
            }

            Reports.EndIfReaped(report);
            Reports.KeepInBounds(report);
        }

        return isJoined;
    }

    private bool TryJoinMail(scoped in Envelope envelope, long line, long offset)
    {
        if (!_mail.TryJoin(in envelope, line, offset, out OomReport? report, out OomSections section))
        {
            return false;
        }

        Reports.Own(report!, in envelope, envelope.Message, section, line, offset);
        Reports.HoldIfSettled(report!);
        if (!_mail.IsAwaitingAt(offset))
        {
            Reports.EndIfReaped(report!);
        }

        Reports.KeepInBounds(report!);
        return true;
    }
}
