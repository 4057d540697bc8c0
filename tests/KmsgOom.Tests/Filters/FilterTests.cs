using CsCheck;
using KmsgOom.Filters;
using KmsgOom.Tests.Cli;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Filters;

/// <summary>The filter language.</summary>
public sealed class FilterTests
{
    private static readonly string SeedPath = Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log");
    private static readonly OomEvent Seed = OomLog.Parse(File.ReadAllBytes(SeedPath), Golden.Options)[0];

    [Theory]
    [InlineData("scope == memcg and victim.comm ~ \"str*\" and memcg.limit < 2GiB and time >= 2019-01-01", true)]
    [InlineData("scope == memcg and victim.comm ~ \"java*\" and memcg.limit < 2GiB", false)]
    [InlineData("memcg.limit == 123MiB", true)]
    [InlineData("memcg.limit_bytes == 128974848", true)]
    [InlineData("memcg.limit == 125952KiB", true)]
    [InlineData("memcg.limit < 129MB and memcg.limit > 128.9MB", true)]
    [InlineData("memcg.memory_swap.unlimited", true)]
    [InlineData("memcg.memory_swap.limit > 0", false)]
    [InlineData("has memcg.memory_swap.limit", false)]
    [InlineData("not (memcg.memory_swap.limit > 0)", true)]
    [InlineData("memcg.kmem.usage == 2352KiB", true)]
    [InlineData("memcg.stats.rss > 100MiB", true)]
    [InlineData("victim.pid in (1, 32308)", true)]
    [InlineData("victim.score > 1000", true)]
    [InlineData("victim.reaper == reaped", true)]
    [InlineData("trigger.comm == stress && trigger.order == 0 && !(trigger.manual)", true)]
    [InlineData("trigger.gfp_flags == GFP_KERNEL", true)]
    [InlineData("trigger.gfp_flags !~ \"GFP_K*\"", false)]
    [InlineData("kernel.release =~ '^4\\\\.15'", true)]
    [InlineData("kernel.release ~ '4.1[45].*-generic'", true)]
    [InlineData("kernel.release ~ '4.1[!5].*'", false)]
    [InlineData("outcome in (killed, panic) or kind == vm_fault", true)]
    [InlineData("complete and not interleaved", true)]
    [InlineData("sections == tasks and missing != trigger", false)]
    [InlineData("any(tasks, rss > 90MiB and comm == stress)", true)]
    [InlineData("all(tasks, oom_score_adj >= -998)", true)]
    [InlineData("count(tasks) == 6 and count(tasks, comm == stress) == 4", true)]
    [InlineData("count(victims) > 1", false)]
    [InlineData("time < 2019-04-27T22:56:10 and time >= '2019-04-27 22:56:09'", true)]
    [InlineData("has uptime", false)]
    [InlineData("uptime > 5m", false)]
    [InlineData("host == anything", false)]
    [InlineData("host != anything", false)]
    [InlineData("page_size == 4KiB", true)]
    [InlineData("scope == global or scope == memcg and complete", true)]
    [InlineData("(scope == global or scope == memcg) and not complete", false)]
    [InlineData("not not complete", true)]
    [InlineData("  complete  ", true)]
    [InlineData("scope == memcg\n  and complete", true)]
    public void Filter_MatchesTheSeed(string text, bool expected) => Assert.Equal(expected, OomFilter.Parse(text).Matches(Seed));

    /// <summary>A time without a zone is the clock as it was printed, one with a zone is that moment.</summary>
    [Theory]
    [InlineData("time >= 2026-11-23T23:00:00", true)]
    [InlineData("time < 2026-11-23T19:00:00", false)]
    [InlineData("time == 2026-11-23T23:31:40", true)]
    [InlineData("time >= 2026-11-23T18:01:40Z and time < 2026-11-23T18:01:41Z", true)]
    [InlineData("time == '2026-11-23T20:01:40+02:00'", true)]
    [InlineData("time in (2026-11-22, 2026-11-23T23:31:40)", true)]
    public void Time_WithAZone_IsComparedByClockOrMoment(string text, bool expected)
    {
        OomEvent oom = Assert.Single(OomLog.Parse("2026-11-23T23:31:40+05:30 h kernel: Out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB, file-rss:1kB\n"));
        Assert.Equal(expected, OomFilter.Parse(text).Matches(oom));
    }

    [Fact]
    public void GfpFlags_OfAKernelThatPrintsANumber_AreDecoded()
    {
        OomEvent oom = Seed with { Kernel = Seed.Kernel! with { Release = "3.10.0" }, Trigger = Seed.Trigger! with { GfpFlags = [], GfpMask = 0xd0 } };
        Assert.True(OomFilter.Parse("trigger.gfp_flags == GFP_KERNEL").Matches(oom));
    }

    [Theory]
    [InlineData("scop == memcg", 0, "There is no field 'scop'; did you mean 'scope'?")]
    [InlineData("comm == java", 0, "There is no field 'comm'; did you mean 'victim.comm'?")]
    [InlineData("scope == memory", 9, "'memory' is not one of unknown, global, memcg, cpuset, mempolicy")]
    [InlineData("memcg.limit < 2XB", 14, "'2XB' is not a size, such as 4096, 64KiB or 1.5GiB")]
    [InlineData("trigger.order > 3KiB", 16, "'3KiB' is not a number, such as 3 or -998")]
    [InlineData("victim.comm > java", 14, "'>' is for numbers; texts have == != ~ !~ =~ and in")]
    [InlineData("memcg.limit ~ 5", 14, "'~' is for texts; numbers have == != < <= > >= and in")]
    [InlineData("pid ==", 6, "The filter ends too early; it could be a value")]
    [InlineData("", 0, "The filter ends too early; it could be a field or '('")]
    [InlineData("time >= yesterday", 8, "'yesterday' is not a time, such as 2026-01-31 or 2026-01-31T12:00:00Z")]
    [InlineData("kernel.release =~ '('", 18, "This pattern cannot be used")]
    [InlineData("any(processes, rss > 1)", 0, "'processes' is no list: it is tasks or victims")]
    [InlineData("any(tasks, any(tasks, rss > 1))", 11, "Lists inside lists are not possible")]
    [InlineData("any(tasks) > 3", 13, "Only count(…) is compared with a number")]
    [InlineData("count(tasks)", 0, "count(…) is compared with a number")]
    [InlineData("memcg.limit", 0, "'memcg.limit' is compared with a size")]
    [InlineData("complete and", 12, "The filter ends too early")]
    [InlineData("complete & complete", 9, "'&' is not expected here")]
    [InlineData("(complete", 9, "The filter ends too early")]
    [InlineData("", 0, "The filter ends too early")]
    public void Error_SaysWhatAndWhere(string text, int position, string message)
    {
        Assert.False(OomFilter.TryParse(text, out _, out OomFilterError? error));
        Assert.StartsWith(message, error!.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
        string[] lines = error.ToString().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(Math.Min(position, 36) + 2, lines[2].IndexOf('^', StringComparison.Ordinal));
    }

    /// <summary>Precedence: whatever is printed is read back as the same tree.</summary>
    [Fact]
    public void Trees_ArePrintedAndReadBack() =>
        GenTree(4).Sample(tree => Assert.Equal(tree.ToString(), FilterGrammar.Parse(tree.ToString()).ToString()), iter: 5_000);

    [Fact]
    public void HostileText_ThrowsNothingElse()
    {
        string[] words = ["(", ")", "not ", "!", "and ", "or ", "any(tasks,", "count(", "scope", " == ", "\"", "'", "\\", "memcg", "5GiB", "~", "=~", "in (", ",", "[", "*", "\u0000", "é", "🙂", "\n", "time", "9999999999999999999999999999999999999", "."];
        Gen.Int[0, words.Length - 1].Array[0, 30].Sample(
            indices =>
            {
                if (OomFilter.TryParse(string.Concat(indices.Select(at => words[at])), out OomFilter? filter, out OomFilterError? error))
                {
                    filter.Matches(Seed);
                }
                else
                {
                    Assert.NotEmpty(error.ToString());
                }
            },
            iter: 20_000);
        Assert.False(OomFilter.TryParse(new string('(', 100_000), out _, out _));
        Assert.False(OomFilter.TryParse($"id == \"{new string(')', 900)}\" or {new string('(', 900)}complete{new string(')', 900)}", out _, out _));
        Assert.True(OomFilter.TryParse($"panic == \"{new string('(', 900)}\\\"(\\\\\" or id == '(((\\'((('", out _, out _));
        Assert.False(OomFilter.TryParse(string.Concat(Enumerable.Repeat("not ", 2_000)), out _, out _));
        Assert.True(OomFilter.TryParse(string.Concat(Enumerable.Repeat("complete and ", 600)) + "complete", out _, out _));
    }

    [Fact]
    public void RandomEvents_AreMatched() =>
        GenEvent.Event.Sample(oomEvent => Assert.All(FilterFields.OfEvent.Fields.Values, field => Assert.True(field.Get(oomEvent).Count() >= 0)), iter: 500);

    [Fact]
    public void EachField_StandsInTheReference()
    {
        string reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "filters.md"));
        IEnumerable<string> names = FilterFields.OfEvent.Fields.Keys.Concat(FilterFields.OfTask.Fields.Keys).Concat(FilterFields.OfVictim.Fields.Keys).Concat(FilterFields.OfEvent.Prefixes);
        Assert.DoesNotContain(names, name => !name.StartsWith("victim.", StringComparison.Ordinal) && !reference.Contains($"`{name}`", StringComparison.Ordinal) && !reference.Contains($"`{name}*`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tool_ShowsOnlyWhatMatches()
    {
        ToolRun hit = await ToolRun.StartAsync("scan", "--where", "victim.comm == stress", "--fail-on-oom", SeedPath);
        ToolRun miss = await ToolRun.StartAsync("scan", "--where", "victim.comm == java", "--fail-on-oom", SeedPath);
        Assert.Equal((1, 0, ""), (hit.ExitCode, miss.ExitCode, miss.Output));
        Assert.Contains("32308", hit.Output);
        Assert.Contains("1 event not shown (--where)", miss.Errors);
    }

    [Fact]
    public async Task Tool_RefusesABadFilter()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--where", "scope == memory", SeedPath);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(["kmsgoom: --where: 'memory' is not one of unknown, global, memcg, cpuset, mempolicy", "  scope == memory", "           ^"], run.ErrorLines);
    }

    private static Gen<FilterNode> GenTree(int depth)
    {
        Gen<FilterNode> leaf = Gen.OneOf(
            Gen.Const((FilterNode)new CompareNode(0, "complete", "", [])),
            Gen.Const((FilterNode)new HasNode(0, "host")),
            Gen.String.Select(text => (FilterNode)new CompareNode(0, "host", "==", [new FilterLiteral(0, text, IsQuoted: true)])),
            Gen.Int.Select(number => (FilterNode)new CompareNode(0, "trigger.order", "in", [new FilterLiteral(0, $"{number}", false), new FilterLiteral(0, "7", false)])),
            Gen.Int.Select(number => (FilterNode)new ListNode(0, "count", "tasks", null, ">", new FilterLiteral(0, $"{number}", false))));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<FilterNode> part = GenTree(depth - 1);
        return Gen.OneOf(
            leaf,
            part.Select(inner => inner is NotNode ? inner : (FilterNode)new NotNode(0, inner)),
            Gen.Select(Gen.Bool, part.Array[2, 3]).Select(pair => (FilterNode)new JunctionNode(0, pair.Item1, [.. pair.Item2])));
    }
}
