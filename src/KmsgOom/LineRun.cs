using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads the lines that come by the thousand (frames, registers, statistics, Mem-Info, rows) as long as one follows the other under the same wrapper.</summary>
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
        switch (report.Facts.Section)
        {
            case OomSections.CallTrace:
                Read<TWrapper, ReportAssembler.Frames>(ref source, report);
                break;
            case OomSections.Memcg:
                Read<TWrapper, ReportAssembler.Statistics>(ref source, report);
                break;
            case OomSections.Tasks:
                Read<TWrapper, ReportAssembler.Rows>(ref source, report);
                break;
            default:
                Read<TWrapper, ReportAssembler.MemInfo>(ref source, report);
                break;
        }
    }

    private void Read<TWrapper, TLines>(scoped ref LineSource source, OomReport report)
        where TWrapper : struct, IRunWrapper
        where TLines : struct, IRunLines
    {
        RunPrefix prefix = new();
        ReadOnlySpan<byte> rest = source.First[source.Position..];
        long offset = lines.Bytes;
        long number = lines.Lines;
        long hits = assembler.Reports.LimitHits;
        int taken = 0;
        int last = 0;
        while (rest.Length - taken >= MaxLength + Room)
        {
            ReadOnlySpan<byte> text = rest[taken..];
            int end = ByteMask.IndexOf(text, (byte)'\n', MaxLength);
            if (end < MinLength || !TWrapper.TryTake(envelopes, text, end, offset + taken, ref prefix)
                || end == prefix.Length || ReportWindow.IsOver(report, prefix.UptimeMicroseconds, offset + taken)
                || !(TLines.TryAccept(assembler, report, text[prefix.Length..], end - prefix.Length, in prefix, number + 1, offset + taken)
                    || (TLines.HasOthers && TryAcceptOther(report, text[..end], prefix, number + 1, offset + taken))))
            {
                break;
            }

            envelopes.Pass(in prefix, offset + taken);
            last = taken;
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
            assembler.EndRun(report, in prefix, envelopes.RunWall, offset + last);
            lines.Pass(ref source, taken, number - lines.Lines, offset + last);
        }
    }

    /// <summary>Takes a line that has no one shape. The prefix is a copy, so that the loop may keep its own in registers.</summary>
    private bool TryAcceptOther(OomReport report, ReadOnlySpan<byte> line, RunPrefix prefix, long number, long offset) =>
        envelopes.IsMessageInRun(line, in prefix) && assembler.TryAcceptOtherInRun(report, line[prefix.Length..], in prefix, number, offset);
}
