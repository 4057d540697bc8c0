using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Taking the lines that come by the thousand, for <see cref="LineRun"/>.</content>
internal sealed partial class ReportAssembler
{
    /// <summary>The report whose lines are read in a run.</summary>
    private OomReport? _running;

    /// <summary>Gets whether the last line was one of many, so that the next may be another.</summary>
    public bool WasFrequent { get; private set; }

    /// <summary>Tells whether lines of a host may be read by <see cref="TryAcceptInRun"/>: a report is open in a section of many lines.</summary>
    public bool MayRun(ReadOnlySpan<byte> host)
    {
        _running = Reports.FindOpen(host) is
        { Facts: { Kind: OomEventKind.Oom, IsInForeignDump: false, IsDoubled: false, IsFull: false, Section: OomSections.Tasks or OomSections.Memcg or OomSections.CallTrace } } open
            ? open : null;
        return _running is not null;
    }

    /// <summary>Takes a line of that section; false, and nothing changed, where it is anything else.</summary>
    public bool TryAcceptInRun(scoped in Envelope envelope, long line, long offset)
    {
        OomReport report = _running!;
        ReadOnlySpan<byte> message = envelope.Message;
        if (ReportWindow.IsOver(report, in envelope, offset))
        {
            return false;
        }

        return report.Facts.Section switch
        {
            OomSections.Memcg => TryAcceptStat(report, in envelope, line, offset),
            OomSections.Tasks when message is [(byte)'[', ..] => TryAccept(report, OomLineKind.TaskRow, in envelope, line, offset),

            // A vendor's prefix begins like those.
            OomSections.CallTrace when message is not ([] or [(byte)'[' or (byte)'(' or (byte)'c', ..]) => TryAccept(report, OomLineKind.Frame, in envelope, line, offset),
            _ => false,
        };
    }

    private bool TryAccept(OomReport report, OomLineKind expected, scoped in Envelope envelope, long line, long offset)
    {
        OomLineKind kind = OomLineClassifier.Classify(envelope.Message, report.Facts.Section);
        if (kind != expected && kind != OomLineKind.Register)
        {
            return false;
        }

        AcceptFrequent(report, kind, in envelope, line, offset);
        return true;
    }

    private bool TryAcceptStat(OomReport report, scoped in Envelope envelope, long line, long offset)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(envelope.Message);
        if (!MemcgStatLine.TryParseWhole(text, out TextRange key, out long value))
        {
            return false;
        }

        _joiner.Forget();
        int start = Reports.Own(report, in envelope, envelope.Message, OomSections.Memcg, line, offset);
        if (start >= 0)
        {
            ReportLineReader.AddStat(report, key.Shift(start + envelope.Message.Length - text.Length), value);
            Reports.KeepInBounds(report);
        }

        return true;
    }
}
