using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>
/// Reads the lines of a report as long as one follows the other under the same wrapper, up to the constraint: what begins, ends or disturbs a report goes the
/// long way.
/// </summary>
/// <remarks>
/// It only takes what the long way would make the very same of, and leaves the line that is anything else to it. A test reads all
/// logs both ways.
/// </remarks>
internal sealed class LineRun(LineReader lines, EnvelopeParser envelopes, ReportAssembler assembler)
{
    // Shorter lines are none of these, longer ones are rare.
    private const int MinLength = 3;
    private const int MaxLength = 256;

    // What is read behind a line without looking where it ends.
    private const int Room = TokenWalk.Length + ByteMask.Width;

    /// <summary>Reads on while nothing else comes.</summary>
    public void Read(scoped ref LineSource source)
    {
        if (!lines.IsPlain || lines.MaxLineBytes < MaxLength || !envelopes.MayRun() || assembler.FindRunning(envelopes.Host, envelopes.RunWall) is not { } report)
        {
            return;
        }

        switch (envelopes.Run)
        {
            case RunForm.LikeLast:
                Read<EnvelopeParser.LikeLast>(ref source, report);
                break;
            case RunForm.DevKmsg:
                Read<EnvelopeParser.DevKmsg>(ref source, report);
                break;
            default:
                Read<EnvelopeParser.Bare>(ref source, report);
                break;
        }
    }

    private void Read<TWrapper>(scoped ref LineSource source, OomReport report)
        where TWrapper : struct, IRunWrapper
    {
        bool mayGoOn = true;
        while (mayGoOn)
        {
            mayGoOn = report.Facts.Section switch
            {
                OomSections.CallTrace => TryReadSection<TWrapper, ReportAssembler.Frames>(ref source, report),
                OomSections.Memcg => TryReadSection<TWrapper, ReportAssembler.Statistics>(ref source, report),
                OomSections.Tasks => TryReadSection<TWrapper, ReportAssembler.Rows>(ref source, report),
                OomSections.Trigger or OomSections.MemInfo => TryReadSection<TWrapper, ReportAssembler.Others>(ref source, report),
                _ => false,
            };
        }
    }

    /// <summary>Reads on while nothing else comes; true where another section has begun.</summary>
    private bool TryReadSection<TWrapper, TLines>(scoped ref LineSource source, OomReport report)
        where TWrapper : struct, IRunWrapper
        where TLines : struct, IRunLines
    {
        RunPrefix prefix = new();
        ReadOnlySpan<byte> rest = source.First[source.Position..];
        OomSections section = report.Facts.Section;
        long offset = lines.Bytes;
        long number = lines.Lines;
        long hits = assembler.Reports.LimitHits;
        int taken = 0;
        int last = 0;
        long lastUptime = -1;
        while (rest.Length - taken >= MaxLength + Room && report.Facts.Section == section)
        {
            ReadOnlySpan<byte> text = rest[taken..];
            int end = ByteMask.IndexOf(text, (byte)'\n', MaxLength);
            if (end < MinLength || !TWrapper.TryTake(envelopes, text, end, offset + taken, ref prefix)
                || end == prefix.Length || ReportWindow.IsOver(report, prefix.UptimeMicroseconds, offset + taken)
                || !(TLines.TryAccept(assembler, report, text[prefix.Length..], end - prefix.Length, in prefix, number + 1, offset + taken)
                    || TryAcceptOther(report, text[..end], prefix, number + 1, offset + taken)))
            {
                break;
            }

            envelopes.Pass(in prefix, offset + taken);
            (last, lastUptime) = (taken, prefix.UptimeMicroseconds);
            taken += end + 1;
            number++;
            assembler.Reports.KeepInBounds(report);
            if (assembler.Reports.LimitHits != hits)
            {
                // A bound has ended another report, which must go out first.
                break;
            }
        }

        if (taken > 0)
        {
            // The line that ended the run has left its own prefix.
            assembler.EndRun(report, lastUptime, envelopes.RunWall, offset + last);
            lines.Pass(ref source, taken, number - lines.Lines, offset + last);
        }

        return report.Facts.Section != section && assembler.Reports.LimitHits == hits;
    }

    /// <summary>Takes a line that has no one shape. The prefix is a copy, so that the loop may keep its own in registers.</summary>
    private bool TryAcceptOther(OomReport report, ReadOnlySpan<byte> line, RunPrefix prefix, long number, long offset) =>
        envelopes.TryParseInRun(line, in prefix, out Envelope envelope) && assembler.TryAcceptOtherInRun(report, in envelope, in prefix, number, offset);
}
