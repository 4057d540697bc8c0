using System.Diagnostics;
using System.Globalization;

namespace KmsgOom.Benchmarks;

/// <summary>The same contestants in under a minute, for scripts: a floor and what is judged by it run side by side, round by round.</summary>
internal static class QuickMode
{
    private const int MinRounds = 2;
    private const int MaxRounds = 10;

    // A round shorter than this measures the clock: small logs are read several times.
    private const long MinBytesPerRound = 32 << 20;

    // The rest of the minute is for slow machines, where even the fewest rounds take longer than their share.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);
    private static readonly LogInput[] Files = [LogInput.Quiet, LogInput.Mixed, LogInput.StormRfc3164];

    /// <summary>Writes name, GB/s (10^9), ratio to the floor and bytes allocated per run of each row, parted by tabs.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filters">Parts of the names of the groups to run; empty for all.</param>
    public static void Run(TextWriter output, string[] filters)
    {
        (string Name, Func<TimeSpan, Group> Compete)[] groups =
        [
            .. Enum.GetValues<LogInput>().Select(input => ($"parse/{input}", (Func<TimeSpan, Group>)(share => Parse(input, share)))),
            .. Files.Select(input => ($"read/{input}", (Func<TimeSpan, Group>)(share => Read(input, share)))),
            .. Enum.GetValues<ArchiveForm>().Select(form => ($"archive/{form}", (Func<TimeSpan, Group>)(share => ReadArchive(form, share)))),
            ("export/StormRfc3164", Export),
        ];
        if (filters.Length > 0)
        {
            groups = Array.FindAll(groups, group => filters.Any(filter => group.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)));
        }

        Stopwatch clock = Stopwatch.StartNew();
        int left = groups.Length;
        foreach ((string name, Func<TimeSpan, Group> compete) in groups)
        {
            Write(output, name, compete((Budget - clock.Elapsed) / left--));
        }
    }

    private static Group Parse(LogInput input, TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using ParseBenchmarks parse = new() { Input = input };
        parse.Setup();
        Group group = new(
            parse.Facts.Length,
            new(nameof(parse.NewlineSplit), parse.NewlineSplit),
            new(nameof(parse.Views), () => parse.Views().Events),
            new(nameof(parse.OwnedEvents), () => parse.OwnedEvents().Events));
        Compete(group, share - clock.Elapsed);
        return group;
    }

    private static Group Read(LogInput input, TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using ReadBenchmarks read = new() { Input = input };
        read.Setup();
        Group group = new(
            read.Facts.Length,
            new(nameof(read.RawRead), read.RawRead),
            new(nameof(read.ReadFile), () => read.ReadFile().GetAwaiter().GetResult().Events),
            new(nameof(read.ReadFileOnOneCore), () => read.ReadFileOnOneCore().GetAwaiter().GetResult().Events),
            new(nameof(read.ReadLinesCompiledRegex), () => read.ReadLinesCompiledRegex().Events),
            new(nameof(read.ReadLinesGeneratedRegex), () => read.ReadLinesGeneratedRegex().Events),
            new(nameof(read.StreamReaderContains), () => read.StreamReaderContains().Events));
        Compete(group, share - clock.Elapsed);
        return group;
    }

    private static Group ReadArchive(ArchiveForm form, TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using ArchiveBenchmarks archive = new() { Form = form };
        archive.Setup();
        Group group = new(
            archive.Facts.Length,
            new(nameof(archive.Decompress), archive.Decompress),
            new(nameof(archive.ReadArchive), () => archive.ReadArchive().GetAwaiter().GetResult().Events));
        Compete(group, share - clock.Elapsed);
        return group;
    }

    private static Group Export(TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ExportBenchmarks export = new();
        export.Setup();
        Group group = new(export.Facts.Length, new(nameof(export.Copy), export.Copy), new(nameof(export.WriteJson), export.WriteJson));
        Compete(group, share - clock.Elapsed);
        return group;
    }

    private static void Compete(Group group, TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int repeats = (int)Math.Max(1, MinBytesPerRound / group.Length);
        foreach (Contestant contestant in group.Contestants)
        {
            contestant.WarmUp(repeats, WarmUp);
        }

        for (int round = 0; round < MinRounds || (round < MaxRounds && clock.Elapsed < share); round++)
        {
            foreach (Contestant contestant in group.Contestants)
            {
                contestant.Run(repeats);
            }
        }
    }

    private static void Write(TextWriter output, string name, Group group)
    {
        double floor = group.Contestants[0].BestSeconds;
        foreach (Contestant row in group.Contestants)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}/{row.Name}\t{group.Length / row.BestSeconds / 1e9:F3}\t{floor / row.BestSeconds:F3}\t{row.LeastAllocated}"));
        }

        output.Flush();
    }

    /// <summary>Those who read the same log; the first is the floor.</summary>
    private sealed class Group(long length, params Contestant[] contestants)
    {
        public long Length => length;

        public Contestant[] Contestants => contestants;
    }

    private sealed class Contestant(string name, Func<long> run)
    {
        public string Name => name;

        /// <summary>Gets the time of one run in the best round.</summary>
        public double BestSeconds { get; private set; } = double.PositiveInfinity;

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
        }

        public void Run(int repeats)
        {
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
            {
                run();
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
            BestSeconds = Math.Min(BestSeconds, seconds);
            LeastAllocated = Math.Min(LeastAllocated, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / repeats);
        }
    }
}
