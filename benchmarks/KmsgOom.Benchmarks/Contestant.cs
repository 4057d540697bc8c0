using System.Diagnostics;

namespace KmsgOom.Benchmarks;

/// <summary>One way to read a log, and its best round.</summary>
internal sealed class Contestant(string name, Func<long> run)
{
    public string Name => name;

    /// <summary>Gets the time of one run in the best round.</summary>
    public double BestSeconds { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the time of all rounds.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Gets the bytes that one run allocated in the best round; other rounds may hold the runtime's own.</summary>
    public long LeastAllocated { get; private set; } = long.MaxValue;

    /// <summary>Runs until the JIT has had time to replace its first code.</summary>
    public void WarmUp(int repeats, TimeSpan atLeast)
    {
        Stopwatch clock = Stopwatch.StartNew();
        do
        {
            Run(repeats);
        }
        while (clock.Elapsed < atLeast);

        BestSeconds = double.PositiveInfinity;
        LeastAllocated = long.MaxValue;
        Spent = TimeSpan.Zero;
    }

    public void Run(int repeats)
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            run();
        }

        TimeSpan spent = Stopwatch.GetElapsedTime(start);
        Spent += spent;
        BestSeconds = Math.Min(BestSeconds, spent.TotalSeconds / repeats);
        LeastAllocated = Math.Min(LeastAllocated, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / repeats);
    }
}
