using KmsgOom.Envelopes;
using KmsgOom.Framing;
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
        if (!lines.IsPlain || lines.MaxLineBytes < MaxLength || !envelopes.MayRun() || !assembler.MayRun(envelopes.Host, envelopes.RunWall))
        {
            return;
        }

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
            if (end < MinLength || !envelopes.TryTakeInRun(text[..end], offset + taken, ref prefix)
                || !(assembler.TryAcceptInRun(text[prefix.Length..], end - prefix.Length, in prefix, number + 1, offset + taken)
                    || (envelopes.IsMessageInRun(text[..end], in prefix) && assembler.TryAcceptOtherInRun(text[prefix.Length..end], in prefix, number + 1, offset + taken))))
            {
                break;
            }

            envelopes.Pass(in prefix, offset + taken);
            last = taken;
            taken += end + 1;
            number++;
            if (assembler.Reports.LimitHits != hits)
            {
                // A bound has ended another report, which must go out first.
                break;
            }
        }

        if (taken > 0)
        {
            assembler.EndRun(in prefix, envelopes.RunWall, offset + last);
            lines.Pass(ref source, taken, number - lines.Lines, offset + last);
        }
    }
}
