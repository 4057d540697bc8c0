using System.Runtime.CompilerServices;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <content>Lines behind a wrapper that nobody told us of, see <see cref="LearnedWrap"/>.</content>
internal sealed partial class ReportAssembler
{
    // What a mail quotes with.
    private static ReadOnlySpan<byte> Marks => "> |"u8;

    /// <summary>Learns what stands before the lines of a report from one that can be nothing but the kernel's, and takes that line; false where it is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryLearn(OomReport? open, scoped in Envelope envelope, long line, long offset)
    {
        // Further on, lines were read that have no such wrapper.
        bool isBegun = open is not null && (open.Facts.Sections & ~(OomSections.Trigger | OomSections.CallTrace)) == 0;
        if (!isBegun || _wrap.IsOf(open) || !(AnchorText.TryFind(envelope.Message, out int start) || TryFindMarked(open!, envelope.Message, out start)))
        {
            return false;
        }

        // Then the trigger has it too.
        ReadOnlySpan<byte> wrap = envelope.Message[..start];
        if (open!.Lines[0].Section != OomSections.Trigger || !LearnedWrap.IsBefore(wrap, open.Get(open.Lines[0].Text)))
        {
            return false;
        }

        _wrap.Remember(open, wrap);
        ReadTriggerAgain(open, in envelope);
        AcceptUnwrapped(_wrap.Find(envelope.Message), in envelope, line, offset);
        return true;
    }

    /// <summary>Finds where the kernel's text begins behind a mail's marks, if the trigger has the same: then it need not be so special.</summary>
    private static bool TryFindMarked(OomReport open, ReadOnlySpan<byte> message, out int start)
    {
        start = 0;
        if (message is not [(byte)'>' or (byte)'|', ..])
        {
            return false;
        }

        start = message.IndexOfAnyExcept(Marks);
        return start > 0 && open.Get(open.Lines[0].Text).StartsWith(message[..start])
            && OomLineClassifier.Classify(message[start..], open.Facts.Section) is var kind && (kind.IsInside() || kind.IsFrequent());
    }

    /// <summary>
    /// Takes a trigger that names no task off what stands before it, which the lines behind have, too: old kernels print nothing there. False where nothing but
    /// the kernel's words, or a name, stands there.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcceptNameless(scoped in Envelope envelope, long line, long offset)
    {
        int start = TriggerLine.FindNameless(envelope.Message);
        if (start <= 0)
        {
            return false;
        }

        Envelope unwrapped = envelope;
        unwrapped.Message = envelope.Message[start..];
        unwrapped.IsUnwrapped = true;
        AcceptMessage(in unwrapped, line, offset);
        ReadOnlySpan<byte> wrap = envelope.Message[..start];
        if (wrap.ContainsAnyExcept((byte)' ', (byte)'\t') && Reports.FindOpen(envelope.Host) is { } open && open.Facts.FirstOffset == offset)
        {
            _wrap.Remember(open, wrap);
            open.Facts.IsOnlyQuoted = envelope.Wrappers == KernelLogWrappers.None;
        }

        return true;
    }

    /// <summary>Takes an announcement behind such a wrapper; the kill line, which comes next, has it too.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AcceptAnnouncement(int start, scoped in Envelope envelope, long line, long offset)
    {
        Envelope unwrapped = envelope;
        unwrapped.Message = envelope.Message[start..];
        unwrapped.IsUnwrapped = true;
        AcceptMessage(in unwrapped, line, offset);
        if (Reports.FindOpen(envelope.Host) is { } open && !_wrap.IsOf(open))
        {
            _wrap.Remember(open, envelope.Message[..start]);
        }
    }

    /// <summary>Reads the line that began the report again: the wrapper was taken for a part of the name.</summary>
    private void ReadTriggerAgain(OomReport report, scoped in Envelope envelope)
    {
        ReportLine first = report.Lines[0];
        if (first.Section == OomSections.Trigger && _wrap.Find(report.Get(first.Text)) is { IsPresent: true } inner)
        {
            ReadOnlySpan<byte> text = inner.In(report.Get(first.Text));
            if (report.Facts.Kind == OomEventKind.Oom && TriggerLine.TryParse(text, out TriggerLine trigger) && trigger.Name.IsPresent)
            {
                // The rest may stand on the next line, and is read already.
                ReportLineReader.StoreTriggerName(ref report.Facts, trigger.Name.In(text), in envelope);
                return;
            }

            _reader.ReadAgain(report, OomLineClassifier.Classify(report.Get(first.Text), OomSections.None), inner.Shift(first.Text.Start), wasMalformed: false, in envelope);
        }
    }

    /// <summary>Takes a line of a report whose wrapper was learned, or that waits for its reaper; false where it has another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcceptUnwrapped(OomReport? open, scoped in Envelope envelope, long line, long offset)
    {
        if (envelope.IsUnwrapped || (open is not null && !_wrap.IsOf(open)) || _wrap.Find(envelope.Message) is not { IsPresent: true } inner)
        {
            return false;
        }

        AcceptUnwrapped(inner, in envelope, line, offset);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AcceptUnwrapped(TextRange inner, scoped in Envelope envelope, long line, long offset)
    {
        Envelope unwrapped = envelope;
        unwrapped.Message = inner.In(envelope.Message);
        unwrapped.IsUnwrapped = true;
        AcceptMessage(in unwrapped, line, offset);
        if (Reports.FindOpen(envelope.Host) is { } open && !_wrap.IsOf(open) && open.Facts.FirstOffset == offset)
        {
            _wrap.GoOnWith(open);
        }
    }
}
