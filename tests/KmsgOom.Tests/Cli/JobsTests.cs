using System.Text;
using KmsgOom.Tests.Files;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Cli;

/// <summary>What is read at the same time comes out in order.</summary>
public sealed class JobsTests
{
    [Theory]
    [InlineData("ndjson")]
    [InlineData("text")]
    public async Task Output_DoesNotDependOnJobs(string format)
    {
        string[] paths = [.. Golden.Names.Take(40).Select(name => Path.Combine(Repository.Goldens, name)), "missing.log", Path.Combine(Repository.Goldens, Golden.Names[50])];
        ToolRun one = await ToolRun.StartAsync(["scan", "--format", format, "--jobs", "1", .. paths]);
        ToolRun many = await ToolRun.StartAsync(["scan", "--format", format, "--jobs", "7", .. paths]);
        ToolRun shipped = await ToolRun.StartAsync(["scan", "--format", format, .. paths]);
        Assert.Equal(one, many);
        Assert.Equal(one, shipped);
        Assert.Equal(2, one.ExitCode);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(600)]
    public async Task LargeFile_DoesNotDependOnJobs(int quietLines)
    {
        byte[] report = Golden.Read("6.1-amd64-v2-k8s.dmesg.log");
        byte[] quiet = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("[    9.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd, not a word of memory\n", quietLines)));
        byte[] log = LogMaker.Repeat([.. report, .. quiet], times: 24_000_000 / (report.Length + quiet.Length));
        using TempFile file = new(log);
        ToolRun one = await ToolRun.StartAsync("scan", "--format", "ndjson", "--no-analysis", "--jobs", "1", file.Path);
        ToolRun many = await ToolRun.StartAsync("scan", "--format", "ndjson", "--no-analysis", "--jobs", "3", file.Path);
        Assert.True(one.Output == many.Output && one.Output.Length > 100_000);
        Assert.Equal(one.Errors, many.Errors);
    }

    [Fact]
    public async Task StandardInput_KeepsItsTurn()
    {
        string[] paths = [Path.Combine(Repository.Goldens, Golden.Names[1]), "-", Path.Combine(Repository.Goldens, Golden.Names[2])];
        string input = Encoding.Latin1.GetString(Golden.Read("6.1-amd64-v2-k8s.dmesg.log"));
        ToolRun one = await ToolRun.StartAsync(input, ["scan", "--format", "ndjson", "--jobs", "1", .. paths]);
        ToolRun many = await ToolRun.StartAsync(input, ["scan", "--format", "ndjson", "--jobs", "4", .. paths]);
        Assert.Equal(one, many);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task BadNumber_IsRefused(string jobs)
    {
        ToolRun run = await ToolRun.StartAsync("scan", $"--jobs={jobs}", "a.log");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("jobs", run.Errors, StringComparison.Ordinal);
    }
}
