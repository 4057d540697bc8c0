using CsCheck;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Lines that the kernel prints in pieces are whole again, though the pieces came as records of their own (reference, section 10.3).</summary>
public sealed class BrokenLinesTests
{
#if DEBUG
    private const int Iterations = 500;
#else
    private const int Iterations = 2000;
#endif

    [Theory]
    [InlineData("kmsg")]
    [InlineData("dmesg")]
    [InlineData("rfc3164-stamp")]
    public void Pieces_AreOneLine(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);
        Gen.Select(GenReport.Report(wrapper), Gen.Int, Gen.Bool).Sample(
            (report, seed, hasForeign) =>
            {
                Random random = new(seed);
                WrittenRecord[] whole = ReportText.Write(report);
                List<WrittenRecord> broken = [];
                foreach (WrittenRecord record in whole)
                {
                    WrittenRecord[] pieces = record.Break(random);
                    broken.AddRange(pieces.Take(1));
                    if (hasForeign && pieces.Length > 1)
                    {
                        broken.Add(WrittenRecord.Free(4, "eth0: link becomes ready") with { Microseconds = record.Microseconds });
                    }

                    broken.AddRange(pieces.Skip(1));
                }

                string log = wrapper.Write(broken);
                RoundTrip.AssertSame(Expectation.Of(whole, wrapper), RoundTrip.Parse(log), log);
            },
            iter: Iterations,
            threads: 1);
    }
}
