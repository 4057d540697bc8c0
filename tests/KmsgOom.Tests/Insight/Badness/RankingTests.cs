using System.Globalization;
using KmsgOom.Tests.Support;
using Xunit.Abstractions;

namespace KmsgOom.Tests.Insight.Badness;

/// <summary>The kernel's choice, replayed.</summary>
public sealed class RankingTests(ITestOutputHelper output)
{
    /// <summary>design.md, points 4 and 6 of the seed report.</summary>
    [Fact]
    public void Seed_ScoreRecomputes_AndTheVictimIsFirstOfSix()
    {
        OomRanking ranking = OomRanking.Of(OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log")))[0])!;

        Assert.Equal(OomBadnessEra.PagesRootBonus, ranking.Era);
        Assert.Equal(31488, ranking.TotalPages);
        Assert.Contains("that the machine has no swap", ranking.Assumptions);
        Assert.Equal((6, 5, 1, 1), (ranking.Tasks.Length, ranking.CandidateCount - 1, ranking.VictimRank, ranking.VictimRankByMemory));
        Assert.Equal((54124, 25015, true), (ranking.Tasks[0].Points, ranking.Tasks[0].HeldPages, ranking.Tasks[0].IsVictim));
        OomScoreCheck score = Assert.Single(ranking.Scores);
        Assert.Equal((1718, 1718, true), (score.Printed, score.Computed, score.IsExact));
        Assert.Equal(OomChoice.HighestBadness, ranking.Choice);

        // pause: -998 * 31 takes more than it holds, so that it counts 1 and comes last.
        Assert.Equal(1, ranking.Tasks[^1].Points);
    }

    [Theory]
    [InlineData("2.6.32-754.el6.x86_64", OomBadnessEra.PerMille)]
    [InlineData("2.6.35", OomBadnessEra.RunTime)]
    [InlineData("2.6.36", OomBadnessEra.PerMille)]
    [InlineData("3.4.113", OomBadnessEra.PerMille)]
    [InlineData("3.5.0", OomBadnessEra.PagesRootAdjusted)]
    [InlineData("3.10.0-957.el7.x86_64", OomBadnessEra.PagesRootBonus)]
    [InlineData("3.10.4", OomBadnessEra.PagesRootAdjusted)]
    [InlineData("3.13.0-24-generic", OomBadnessEra.PagesRootBonus)]
    [InlineData("4.15.0-46-generic", OomBadnessEra.PagesRootBonus)]
    [InlineData("4.18.0-193.el8.x86_64", OomBadnessEra.Pages)]
    [InlineData("4.18.0-348.el8.x86_64", OomBadnessEra.SignedPages)]
    [InlineData("4.19.0-5-amd64", OomBadnessEra.Pages)]
    [InlineData("5.4.0", OomBadnessEra.Pages)]
    [InlineData("5.10.0-46-amd64", OomBadnessEra.SignedPages)]
    [InlineData("7.3.4+deb13", OomBadnessEra.SignedPages)]
    public void Era_IsThatOfTheRelease(string release, OomBadnessEra era) => Assert.Equal(era, OomRanking.Of(Make(release, Row(1, 10, 0)))!.Era);

    /// <summary>Hand-computed: total 50,000 pages of RAM and 10,000 of swap; a root task of 1,000 pages, adjustment 100.</summary>
    [Theory]
    [InlineData("3.2.0", (1000 * 1000 / 60000) - 30 + 100)]
    [InlineData("3.5.0", 1000 + ((100 - 30) * 60))]
    [InlineData("4.4.0", 970 + (100 * 60))]
    [InlineData("4.19.0", 1000 + (100 * 60))]
    [InlineData("6.1.0", 1000 + (100 * 60))]
    public void Points_OfARootTask_AreThoseOfTheEra(string release, long points)
    {
        OomRanking ranking = OomRanking.Of(Make(release, Row(10, 1000, 100)))!;
        Assert.Equal(60000, ranking.TotalPages);
        Assert.Equal(points, ranking.Tasks[0].Points);
    }

    [Theory]
    [InlineData("5.8.0", 1)]
    [InlineData("5.9.0", 1000 - (998 * 60))]
    public void Points_BelowZero_CountOneUntil58(string release, long points) =>
        Assert.Equal(points, OomRanking.Of(Make(release, Row(10, 1000, -998)))!.Tasks[0].Points);

    [Theory]
    [InlineData("5.2.0", 10)]
    [InlineData("5.3.0", 11)]
    public void Ties_GoToTheFirst_AndSince53ToTheLast(string release, int pid)
    {
        OomEvent oomEvent = Make(release, Row(10, 1000, 0), Row(11, 1000, 0));
        Assert.Equal(pid, oomEvent.Tasks[OomRanking.Of(oomEvent)!.Tasks[0].Row].Pid);
    }

    /// <summary>A thread of the victim was announced: the victim itself was the worst, and the printed score is its own.</summary>
    [Theory]
    [InlineData("t", OomChoice.HighestBadness, 16L)]
    [InlineData("u", OomChoice.Unknown, null)]
    public void AnnouncedThread_IsTheVictimItself(string announced, OomChoice choice, long? score)
    {
        OomTask other = Row(11, 10, 0) with { Name = new TaskName("v"u8) };
        OomEvent oomEvent = Make("4.19.0", Row(10, 1000, 0), other) with
        {
            Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8), Score = 16, Announced = new OomAnnounced(19, new TaskName(announced)) }],
        };
        OomRanking ranking = OomRanking.Of(oomEvent)!;

        Assert.Equal((choice, score), (ranking.Choice, Assert.Single(ranking.Scores).Computed));
    }

    [Fact]
    public void InitAndExemptTasks_AreNoCandidates()
    {
        OomEvent oomEvent = Make("6.1.0", Row(1, 9000, 0), Row(5, 8000, -1000), Row(10, 1000, 0)) with
        {
            Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8) }],
        };
        OomRanking ranking = OomRanking.Of(oomEvent)!;
        Assert.Equal((1, 1), (ranking.CandidateCount, ranking.VictimRank));
        Assert.Contains("(pid 1) holds more but is exempt", ranking.Reason, StringComparison.Ordinal);
    }

    /// <summary>A printed score of a task that is not root's says nothing of root's bonus.</summary>
    [Fact]
    public void RootsBonus_IsDecidedByRootsOwnScores()
    {
        OomEvent oomEvent = Make("3.13.0", Row(10, 20000, 0) with { Uid = 1000 }, Row(11, 20300, 0)) with
        {
            Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8), Score = 20000 * 1000 / 60000 }],
        };
        OomRanking ranking = OomRanking.Of(oomEvent)!;
        Assert.Equal((OomChoice.HighestBadness, 1, 2), (ranking.Choice, ranking.VictimRank, ranking.VictimRankByMemory));
        Assert.Contains("the larger ones are root's", ranking.Reason, StringComparison.Ordinal);
    }

    /// <summary>What a task held plays no part up to 2.6.35.</summary>
    [Fact]
    public void ScoresOfRunTime_ProveNoPlace()
    {
        OomEvent oomEvent = Make("2.6.35", Row(10, 1000, 0), Row(11, 9000, 0)) with { Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8) }] };
        OomRanking ranking = OomRanking.Of(oomEvent)!;
        Assert.Equal((OomChoice.Unknown, null, 2), (ranking.Choice, ranking.VictimRank, ranking.VictimRankByMemory));
        Assert.Contains("the time that a task has run", ranking.Reason, StringComparison.Ordinal);
    }

    /// <summary>Without the total, adjustments cannot be compared with memory.</summary>
    [Theory]
    [InlineData(-900, 500, OomChoice.Unknown)]
    [InlineData(500, -900, OomChoice.Unknown)]
    [InlineData(100, 100, OomChoice.NotTheHighest)]
    public void WithoutTheTotal_OnlyEqualAdjustmentsProveAPlace(int largers, int victims, OomChoice choice)
    {
        OomEvent oomEvent = Make("6.1.0", Row(10, 1000, victims), Row(11, 9000, largers)) with
        {
            Memory = null,
            Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8) }],
        };
        OomRanking ranking = OomRanking.Of(oomEvent)!;
        Assert.Equal((choice, choice == OomChoice.Unknown ? null : 2), (ranking.Choice, ranking.VictimRank));
    }

    /// <summary>A limit of 48 MiB, 24 MiB of swap in use: 300 * 18 pages decide.</summary>
    [Fact]
    public void SwapThatIsInUse_IsPartOfTheTotal()
    {
        OomEvent oomEvent = Make("6.1.0", Row(10, 5283, 300), Row(11, 10348, 0) with { SwapEntriesPages = 0 }) with
        {
            Scope = OomScope.Memcg,
            Memory = null,
            Memcg = new OomMemcg { Memory = new OomMemcgUsage(49152, 49152, 1), Swap = new OomMemcgUsage(24564, OomMemcgUsage.UnlimitedKiB, 0) },
            Victims = [new OomVictim { Pid = 10, Name = new TaskName("t"u8) }],
        };
        OomRanking ranking = OomRanking.Of(oomEvent)!;
        Assert.Equal((12288 + 6141, OomChoice.HighestBadness), (ranking.TotalPages, ranking.Choice));
        Assert.DoesNotContain("that the machine has no swap", ranking.Assumptions);
    }

    [Fact]
    public void Evidence_IsTheVictimsOwnRow_WhateverNumbersOthersHave()
    {
        OomEvent oomEvent = Make("6.1.0", Row(4112, 10, 0), Row(112, 1000, 0)) with
        {
            Victims = [new OomVictim { Pid = 112, Name = new TaskName("t"u8) }],
            Lines =
            [
                new(1, OomSections.Tasks, "[   4112]     0  4112      112       10    28672        0             0 t"),
                new(2, OomSections.Tasks, "[    112]     0   112     9000     1000    28672        0             0 t"),
            ],
        };
        Assert.Equal(2, OomRanking.Of(oomEvent)!.Evidence[0].Line);
    }

    /// <summary>The format reference found the kernel's choice in every captured report with a table and an oom-kill line.</summary>
    [CapturesFact]
    public void Choice_OfEveryCapture_IsTheKernels()
    {
        int ranked = 0;
        int first = 0;
        List<string> unexplained = [];
        foreach (string path in CaptureLogs.BestForms())
        {
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path).Where(oomEvent => !oomEvent.Victims.IsEmpty && !oomEvent.Tasks.IsEmpty))
            {
                OomRanking ranking = OomRanking.Of(oomEvent)!;
                ranked++;
                first += ranking.Choice == OomChoice.HighestBadness ? 1 : 0;
                output.WriteLine($"{CaptureLogs.Name(path)} pid {oomEvent.Victims[0].Pid}: {ranking.Choice}, {ranking.Reason}");
                if (ranking.Choice is OomChoice.NotTheHighest or OomChoice.Unknown)
                {
                    unexplained.Add($"{CaptureLogs.Name(path)} pid {oomEvent.Victims[0].Pid}: {ranking.Reason}");
                }
            }
        }

        output.WriteLine($"{first} of {ranked} victims are the first of the replayed ranking");
        Assert.True(ranked > 0);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    /// <summary>Posted scores: exact with root's bonus, exact without, or the missing input is named.</summary>
    [CorpusFact]
    public void PrintedScores_OfPostedLogs_Recompute()
    {
        Dictionary<string, (long[] Scores, bool WithBonus)> known = new()
        {
            ["058"] = ([178, 176], true),
            ["090"] = ([237], true),
            ["061"] = ([919], false),
            ["068"] = ([651], false),
            ["097"] = ([904], false),
        };
        foreach (string path in Directory.EnumerateFiles(Repository.Corpus!, "*.log").Order(StringComparer.Ordinal))
        {
            string number = Path.GetFileName(path)[..3];
            OomScoreCheck[] checks = [.. OomLog.Parse(File.ReadAllBytes(path), Golden.Options).Select(OomRanking.Of).Where(ranking => ranking is not null).SelectMany(ranking => ranking!.Scores)];
            foreach (OomScoreCheck check in checks)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {check}"));
            }

            if (known.TryGetValue(number, out (long[] Scores, bool WithBonus) wanted))
            {
                foreach (long score in wanted.Scores)
                {
                    Assert.True(checks.Any(check => check.Printed == score && (wanted.WithBonus ? check.ComputedForRoot : check.Computed) == score), $"{number}: {score} does not recompute: {string.Join("; ", checks)}");
                }
            }

            Assert.All(checks, check => Assert.True(check.IsExact || check.MissingInput is not null || check.Computed is not null));
        }
    }

    private static OomTask Row(int pid, long rss, int adjustment) => Made.Task(pid, rss, adjustment);

    private static OomEvent Make(string release, params OomTask[] tasks) => Made.Event([.. tasks], release) with
    {
        Scope = OomScope.Global,
        Memory = new OomMemory { RamPages = 52000, ReservedPages = 2000, SwapTotalKiB = 40000 },
    };
}
