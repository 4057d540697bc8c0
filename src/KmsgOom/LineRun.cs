using KmsgOom.Envelopes;
using KmsgOom.Framing;

namespace KmsgOom;

/// <summary>Reads the lines that come by the thousand (frames, statistics, rows) as long as one follows the other under the same wrapper.</summary>
/// <remarks>
/// It only takes what the long way would make the very same of, and leaves the line that is anything else to it. A test reads all
/// logs both ways.
/// </remarks>
internal sealed class LineRun(LineReader lines, EnvelopeParser envelopes, ReportAssembler assembler)
{
    // Shorter lines are none of these, longer ones are rare.
    private const int MinLength = 3;
    private const int MaxLength = 4096;

    /// <summary>Reads on while nothing else comes.</summary>
    public void Read(scoped ref LineSource source)
    {
        if (!lines.IsPlain || !envelopes.MayRun() || !assembler.MayRun(envelopes.Host))
        {
            return;
        }

        Envelope envelope = EnvelopeParser.New();
        int longest = Math.Min(MaxLength, lines.MaxLineBytes);
        ReadOnlySpan<byte> rest = source.First[source.Position..];
        long offset = lines.Bytes;
        long number = lines.Lines;
        long hits = assembler.Reports.LimitHits;
        int taken = 0;
        int last = 0;
        while (true)
        {
            ReadOnlySpan<byte> line = rest[taken..];
            int end = line.IndexOf((byte)'\n');
            if (end < MinLength || end > longest)
            {
                break;
            }

            line = line[..end];
            if (line[^1] is (byte)'\r' or 0 || !envelopes.TryTakeInRun(line, offset + taken, ref envelope)
                || !assembler.TryAcceptInRun(in envelope, number + 1, offset + taken))
            {
                break;
            }

            envelopes.Pass(in envelope, offset + taken);
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
            lines.Pass(ref source, taken, number - lines.Lines, offset + last);
        }
    }
}
