using System.Diagnostics;
using System.Globalization;

namespace KmsgOom.Benchmarks;

/// <summary>Those who read the same log, round by round; the first is the floor.</summary>
internal sealed class Contest(long length, params Contestant[] contestants)
{
    private const int MinRounds = 2;
    private const int MaxRounds = 20;

    // A round shorter than this measures the clock: small logs are read several times.
    private const long MinBytesPerRound = 32 << 20;

    /// <summary>Gets how long each runs before it is measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets all run in turn; who is slow has fewer rounds, since the others need the time more.</summary>
    public void Run(TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int repeats = (int)Math.Max(1, MinBytesPerRound / length);
        foreach (Contestant contestant in contestants)
        {
            contestant.WarmUp(repeats, WarmUp);
        }

        TimeSpan each = (share - clock.Elapsed) / contestants.Length;
        for (int round = 0; round < MaxRounds; round++)
        {
            foreach (Contestant contestant in contestants)
            {
                if (round < MinRounds || contestant.Spent < each)
                {
                    contestant.Run(repeats);
                }
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
