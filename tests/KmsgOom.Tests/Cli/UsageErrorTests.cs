namespace KmsgOom.Tests.Cli;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("Unrecognized option '--frmat'. Try 'kmsgoom scan --help'.", "scan", "--frmat", "json")]
    [InlineData("Unrecognized option '--frmat'. Try 'kmsgoom scan --help'.", "scan", "--frmat=json", "a.log")]
    [InlineData("Unrecognized option '-x'. Try 'kmsgoom scan --help'.", "scan", "a.log", "-x")]
    [InlineData("Unrecognized option '-x'. Try 'kmsgoom scan --help'.", "scan", "-x", "--", "-y")]
    [InlineData("Unrecognized option '--frmat'. Try 'kmsgoom --help'.", "--frmat")]
    [InlineData("Unrecognized command 'scna'. Try 'kmsgoom --help'.", "scna")]
    [InlineData("Unknown format 'xml': it is text or ndjson. Try 'kmsgoom scan --help'.", "scan", "--format", "xml")]
    [InlineData("Required argument missing for option: '--format'. Try 'kmsgoom scan --help'.", "scan", "--format")]
    [InlineData(@"Unrecognized option '--\x1b[2J\n'. Try 'kmsgoom scan --help'.", "scan", "--\e[2J\n")]
    public async Task BadUsage_IsOneLine_AndCode2(string expected, params string[] args)
    {
        ToolRun run = await ToolRun.StartAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"kmsgoom: {expected}\n", run.Errors);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("512")]
    [InlineData("32M")]
    [InlineData("-5")]
    [InlineData("64KB")]
    [InlineData("")]
    [InlineData("99999999999M")]
    public async Task PageSize_MustBeOne(string size)
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--page-size", size);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"kmsgoom: Bad page size '{size}'", Assert.Single(run.ErrorLines));
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("64K")]
    [InlineData("64k")]
    [InlineData("1M")]
    public async Task PageSize_TakesUnits(string size) =>
        Assert.Equal(0, (await ToolRun.StartAsync("scan", "--page-size", size)).ExitCode);

    [Fact]
    public async Task BehindTwoDashes_EverythingIsAPath()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "--", "--frmat", "-x");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["kmsgoom: --frmat: No such file or directory", "kmsgoom: -x: No such file or directory"], run.ErrorLines);
    }

    [Theory]
    [InlineData("@rsp")]
    [InlineData("/h")]
    [InlineData("[diagram]")]
    [InlineData("scan")]
    [InlineData("kmsgoom")]
    public async Task OddNames_ArePaths(string path) =>
        Assert.Equal([$"kmsgoom: {path}: No such file or directory"], (await ToolRun.StartAsync("scan", path)).ErrorLines);

    [Fact]
    public async Task NothingAtAll_GivesHelp_AndCode2()
    {
        ToolRun root = await ToolRun.StartAsync([]);
        ToolRun scan = await ToolRun.StartAsync("", ["scan"], inputIsTerminal: true);

        Assert.Equal((2, ""), (root.ExitCode, root.Errors));
        Assert.Contains("kmsgoom [command]", root.Output);
        Assert.Equal((2, ""), (scan.ExitCode, scan.Errors));
        Assert.Contains("kmsgoom scan [<PATH>...] [options]", scan.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("scan", "--help")]
    [InlineData("scan", "-h")]
    [InlineData("--version")]
    public async Task Help_IsNoError(params string[] args)
    {
        ToolRun run = await ToolRun.StartAsync(args);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.NotEmpty(run.Output.Trim());
    }
}
