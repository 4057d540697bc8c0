using System.IO.Compression;
using System.Text;
using KmsgOom.Cli;

namespace KmsgOom.Tests.Cli;

public sealed class ScanTests
{
    [Fact]
    public async Task Events_AreFound_WithCode0()
    {
        using TempLogs logs = new();
        string path = logs.Add("kern.log", TempLogs.OneKill);

        ToolRun run = await ToolRun.StartAsync("scan", path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("java (pid 77) was killed", run.Output);
        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('\r', run.Output);
        Assert.StartsWith("kmsgoom: 1 file, 158 bytes, dmesg; 1 OOM event, 1 kill", Assert.Single(run.ErrorLines));
    }

    [Theory]
    [InlineData(TempLogs.OneKill, 1)]
    [InlineData(TempLogs.NoKill, 0)]
    public async Task FailOnOom_GivesCode1_ForEvents(string log, int expected)
    {
        ToolRun run = await ToolRun.StartAsync(log, ["scan", "--fail-on-oom", "--quiet"]);

        Assert.Equal((expected, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task UnreadableInputs_GetALineEach_AndTheOthersAreRead()
    {
        using TempLogs logs = new();
        string log = logs.Add("kern.log", TempLogs.OneKill);
        string missing = Path.Combine(logs.Directory, "missing");
        string damaged = logs.Add("kern.log.gz", Compress(TempLogs.OneKill)[..^4]);

        ToolRun run = await ToolRun.StartAsync("scan", "--fail-on-oom", missing, logs.Directory, damaged, "", log);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("java (pid 77) was killed", run.Output);
        Assert.Equal($"kmsgoom: {missing}: No such file or directory", run.ErrorLines[0]);
        Assert.Equal($"kmsgoom: {logs.Directory}: Is a directory", run.ErrorLines[1]);
        Assert.StartsWith($"kmsgoom: {damaged}: The gzip archive is cut off or damaged; the ", run.ErrorLines[2]);
        Assert.Equal("kmsgoom: '': No such file or directory", run.ErrorLines[3]);
        Assert.Contains(", dmesg, 4 files unreadable; 2 OOM events, 2 kills", run.ErrorLines[4]);
        Assert.Equal(5, run.ErrorLines.Length);
    }

    [Fact]
    public async Task CompressedInput_IsRead_FromAFileAndFromAPipe()
    {
        using TempLogs logs = new();
        byte[] archive = Compress(TempLogs.OneKill);
        ToolRun file = await ToolRun.StartAsync("scan", logs.Add("no-name-says-so", archive));
        using MemoryStream stdin = new(archive);
        using MemoryStream stdout = new();
        using StringWriter stderr = new();

        Assert.Equal(0, await KmsgOomTool.RunAsync(["scan"], stdin, stdout, stderr, default, CancellationToken.None));
        Assert.Contains("java (pid 77) was killed", file.Output);
        Assert.Contains("java (pid 77) was killed", Encoding.UTF8.GetString(stdout.ToArray()));
    }

    [Fact]
    public async Task MissingFile_IsOneLine()
    {
        ToolRun run = await ToolRun.StartAsync("scan", "/no\nsuch");

        Assert.Equal((2, @"kmsgoom: /no\nsuch: No such file or directory" + "\n"), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData(TempLogs.NoKill, "; no OOM event in this kernel log")]
    [InlineData("hello\nworld\n", "; nothing here looked like a kernel log")]
    [InlineData("", "; empty input")]
    public async Task NothingFound_SaysWhy(string log, string expected)
    {
        ToolRun run = await ToolRun.StartAsync(log, ["scan", "-"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(expected, Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task StandardInput_IsReadWhereNoPathIsGiven()
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.OneKill, ["scan"]);

        Assert.Contains("standard input, line 1 ", run.Output);
    }

    [Fact]
    public async Task Ndjson_IsOneEventALine()
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.OneKill + TempLogs.OneKill.Replace("77", "78"), ["scan", "--format", "ndjson", "-"]);

        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{\"schema\":\"kmsgoom/1\"", line));
        Assert.EndsWith("}\n", run.Output);
    }

    [Fact]
    public async Task Colors_OnlyWhereWanted()
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.OneKill, ["scan"], wantsColors: true);

        Assert.Contains("\e[1;31m", run.Output);
    }

    [Fact]
    public async Task Events_AreSeparatedByABlankLine()
    {
        ToolRun run = await ToolRun.StartAsync(TempLogs.OneKill + TempLogs.OneKill.Replace("77", "78"), ["scan"]);

        Assert.StartsWith("== ", run.Output);
        Assert.Contains("\n\n== ", run.Output);
    }

    private static byte[] Compress(string log)
    {
        using MemoryStream archive = new();
        using (GZipStream gzip = new(archive, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(log));
        }

        return archive.ToArray();
    }
}
