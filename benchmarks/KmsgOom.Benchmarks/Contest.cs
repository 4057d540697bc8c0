using System.Diagnostics;
using System.Globalization;

namespace KmsgOom.Benchmarks;

/// <summary>Those who read the same log, round by round; the first is the floor.</summary>
internal sealed class Contest(long length, params Contestant[] contestants)
{
    private const int MinRounds = 2;
    private const int MaxRounds = 10;

    // A round shorter than this measures the clock: small logs are read several times.
    private const long MinBytesPerRound = 32 << 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    public void Run(TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int repeats = (int)Math.Max(1, MinBytesPerRound / length);
        foreach (Contestant contestant in contestants)
        {
            contestant.WarmUp(repeats, WarmUp);
        }

        for (int round = 0; round < MinRounds || (round < MaxRounds && clock.Elapsed < share); round++)
        {
            foreach (Contestant contestant in contestants)
            {
                contestant.Run(repeats);
            }
        }
    }

    public void Write(TextWriter output, string name)
    {
        double floor = contestants[0].BestSeconds;
        foreach (Contestant row in contestants)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}/{row.Name}\t{length / row.BestSeconds / 1e9:F3}\t{floor / row.BestSeconds:F3}\t{row.LeastAllocated}"));
        }

        output.Flush();
    }
}
