using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Lines;
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
    // Shorter lines are none of these.
    public const int MinLength = 3;

    /// <summary>What is there for sure of the bytes at hand where a line is taken.</summary>
    public const int MaxTaken = MaxLength + Room;

    // Longer ones are rare.
    private const int MaxLength = PlainLine.MaxLength;

    // What is read behind a line without looking where it ends.
    private const int Room = TokenWalk.Length + ByteMask.Width;

    /// <summary>Reads on while nothing else comes.</summary>
    public void Read(scoped ref LineSource source)
    {
        if (!lines.IsPlain || lines.MaxLineBytes < MaxLength || !envelopes.MayRun() || assembler.FindRunning(envelopes.Host, envelopes.RunWall) is not { } report
            || (envelopes.Run != RunForm.Bare && !report.Facts.HasClock))
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
        RunCursor run = new(source.First[source.Position..], lines.Bytes, lines.Lines + 1);
        long hits = assembler.Reports.LimitHits;
        while (TakeMany<TWrapper>(report, ref run) && TryTakeOne<TWrapper>(report, ref run))
        {
            assembler.Reports.KeepInBounds(report);
            if (assembler.Reports.LimitHits != hits)
            {
                // A bound has ended another report, which must go out first.
                break;
            }
        }

        if (run.Taken > 0)
        {
            // The line that ended the run has left its own prefix.
            long count = run.Number - 1 - lines.Lines;
            assembler.EndRun(report, run.LastUptime, envelopes.RunWall, run.LastOffset);
            assembler.NoteMessages(count);
            lines.Pass(ref source, run.Taken, count, run.LastOffset);
        }
    }

    /// <summary>Takes the lines that come by the thousand; false where the report's sections are over, or the bytes at hand.</summary>
    private bool TakeMany<TWrapper>(OomReport report, ref RunCursor run)
        where TWrapper : struct, IRunWrapper
    {
        switch (report.Facts.Section)
        {
            case OomSections.CallTrace:
                RunFrames.TakeMany<TWrapper>(envelopes, report, ref run);
                break;
            case OomSections.Memcg:
                RunStatistics.TakeMany<TWrapper>(envelopes, report, ref run);
                break;
            case OomSections.Tasks:
                RunRows.TakeMany<TWrapper>(envelopes, assembler.Tasks, report, ref run);
                break;
            case OomSections.Trigger or OomSections.MemInfo:
                break;
            default:
                return false;
        }

        return run.Has(MaxTaken);
    }

    /// <summary>Takes a line, whatever it is; false where it goes the long way.</summary>
    private bool TryTakeOne<TWrapper>(OomReport report, ref RunCursor run)
        where TWrapper : struct, IRunWrapper
    {
        ReadOnlySpan<byte> text = run.Text;
        long offset = run.Offset;
        int end = ByteMask.IndexOf(text, (byte)'\n', MaxLength);
        if (end < MinLength
            || (!run.IsWrapperOff && (!TWrapper.TryTake(envelopes, text, end, offset, ref run.Prefix) || ReportWindow.IsOver(report, run.Prefix.UptimeMicroseconds, offset)))
            || end <= run.Prefix.Length
            || !(TryAccept(report, text[run.Prefix.Length..], end - run.Prefix.Length, in run.Prefix, run.Number, offset)
                || TryAcceptOther(report, text, end, in run.Prefix, run.Number, offset)))
        {
            return false;
        }

        run.Pass(envelopes, end);
        return true;
    }

    /// <summary>Takes a line of the section's own that the others were not like, or that the report had no room for.</summary>
    private bool TryAccept(OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long number, long offset) => report.Facts.Section switch
    {
        OomSections.CallTrace => RunFrames.TryAccept(report, text, length, in prefix, number, offset),
        OomSections.Memcg => RunStatistics.TryAccept(report, text, length, in prefix, number, offset),
        OomSections.Tasks => RunRows.TryAccept(assembler.Tasks, report, text, length, in prefix, number, offset),
        _ => false,
    };

    /// <summary>Takes a line that has no one shape.</summary>
    private bool TryAcceptOther(OomReport report, ReadOnlySpan<byte> text, int end, in RunPrefix prefix, long number, long offset)
    {
        OomLineKind kind = prefix.IsContinuation ? OomLineKind.Unrelated : PlainLine.Classify(text[prefix.Length..], end - prefix.Length, report.Facts.Section);
        Envelope envelope;
        if (kind != OomLineKind.Unrelated)
        {
            envelopes.DescribeInRun(text[..end], in prefix, out envelope);
            return assembler.TryAcceptPlain(report, kind, text[prefix.Length..], in envelope, in prefix, number, offset);
        }

        return envelopes.TryParseInRun(text[..end], in prefix, out envelope) && assembler.TryAcceptOtherInRun(report, in envelope, in prefix, number, offset);
    }
}
