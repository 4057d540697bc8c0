using System.Globalization;
using System.Text;
using System.Text.Json;
using KmsgOom.Cli;
using KmsgOom.Cli.Text;
using KmsgOom.Tests.Insight.History;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Cli;

public sealed class StatsTests
{
    private static readonly string[] Logs = ["7.3-amd64-v2-ratelimited.dmesg.log", "6.1-amd64-bookworm-systemd-pod.rsyslog-fileformat.log", "userspace-kills.rsyslog.log"];

    [Fact]
    public async Task Summary_IsAsVerified()
    {
        ToolRun run = await ToolRun.StartAsync(["stats", .. Logs.Select(name => Path.Combine(Repository.Goldens, name))]);

        Assert.Equal(0, run.ExitCode);
        await Golden.Verify(run.Output, Path.Combine(Repository.Goldens, "stats-summary"), "txt");
    }

    [Fact]
    public async Task Json_IsOneObject_WithTheSameTotals()
    {
        ToolRun run = await ToolRun.StartAsync(["stats", "--format", "json", .. Logs.Select(name => Path.Combine(Repository.Goldens, name))]);

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("kmsgoom-stats/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(7, document.RootElement.GetProperty("totals").GetProperty("other_kinds").GetInt64());
        Assert.EndsWith("}\n", run.Output);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("program", "java")]
    [InlineData("workload", "(no workload in the log)")]
    [InlineData("host", "(no host in the log)")]
    public async Task By_ListsOneTable(string by, string key)
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.OneKill, ["stats", "--by", by]);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith($"       1        1        7.8  -                 {key}\n", run.Output);
    }

    [Fact]
    public async Task NoEvents_AreNoFailure()
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.NoKill, ["stats", "-"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No kernel OOM.\n", run.Output);
        Assert.Contains("no OOM event in this kernel log", run.Errors);
    }

    [Theory]
    [InlineData("Unrecognized option '--frmat'. Try 'kmsgoom stats --help'.", "stats", "--frmat", "json")]
    [InlineData("Unknown format 'xml': it is text or json. Try 'kmsgoom stats --help'.", "stats", "--format", "xml")]
    [InlineData("Cannot list by 'pid': it is program, workload, host, hour or day. Try 'kmsgoom stats --help'.", "stats", "--by", "pid")]
    [InlineData("Bad number of rows '0': it is 1 or more. Try 'kmsgoom stats --help'.", "stats", "--top", "0")]
    public async Task BadUsage_IsOneLine_AndCode2(string expected, params string[] args)
    {
        ToolRun run = await ToolRun.StartAsync(args);

        Assert.Equal((2, $"kmsgoom: {expected}\n", ""), (run.ExitCode, run.Errors, run.Output));
    }

    [Fact]
    public async Task MissingFile_IsTold_AndTheOthersCount()
    {
        using TempLogs logs = new();
        ToolRun run = await ToolRun.StartAsync("stats", "nowhere.log", logs.Add("a.log", TempLogs.OneKill));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kmsgoom: nowhere.log: No such file or directory", run.ErrorLines[0]);
        Assert.StartsWith("== 1 OOM event, 1 kill =", run.Output);
    }

    [Theory]
    [InlineData("\e[2J\n\r\u202e\u2066x")]
    [InlineData("漢字漢字漢")]
    [InlineData("")]
    public void HostileNames_StayOnTheScreen(string name)
    {
        string path = string.Concat(Enumerable.Repeat(name + "/", 60));
        OomHistoryReport report = Enumerable.Range(0, 40)
            .Select(i => HistoryEvents.Kill(name, $"2026-01-{(i % 28) + 1:00} 00:{i:00}:00", host: name + (i % 3), cgroup: path, rssMiB: long.MaxValue >> 30))
            .Report();
        foreach (StatsTable by in Enum.GetValues<StatsTable>())
        {
            foreach (string line in new StatsText(usesColors: false).Render(report, by, null).Split('\n'))
            {
                Assert.InRange(PrintableText.CountColumns(line), 0, 80);
                Assert.DoesNotContain(line.EnumerateRunes(), rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format);
            }

            JsonDocument.Parse(StatsJson.Write(report, by, 3)).Dispose();
        }
    }
}
