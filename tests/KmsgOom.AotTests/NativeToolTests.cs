using KmsgOom.Cli;

namespace KmsgOom.AotTests;

/// <summary>Publishing is the test: the native tool is one small file without warnings, and says of every golden what the JIT build says.</summary>
public sealed class NativeToolTests(NativeTool tool) : IClassFixture<NativeTool>
{
    private const int MaxMegabytes = 20;

    [Fact]
    public void Publish_GivesOneSmallFile_WithoutWarnings()
    {
        FileInfo file = Assert.Single(tool.Files, file => file.Extension != ".dbg");
        Assert.Equal("kmsgoom", file.Name);
        Assert.InRange(file.Length, 1, MaxMegabytes << 20);
        Assert.DoesNotContain("warning", tool.PublishLog, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("text")]
    public async Task Goldens_ComeOutAsFromTheJitBuild(string format)
    {
        string[] logs = Directory.GetFiles(Path.Combine(NativeTool.Root, "tests", "KmsgOom.Tests", "Goldens"), "*.log");
        Assert.NotEmpty(logs);
        foreach (string log in logs)
        {
            string[] arguments = ["--format", format, "--all-kinds", "--quiet", log];
            using MemoryStream expected = new();
            int exitCode = await KmsgOomTool.RunAsync(["scan", .. arguments], Stream.Null, expected, TextWriter.Null, default, CancellationToken.None);

            (int nativeCode, byte[] output) = tool.Scan(arguments);

            Assert.Equal(exitCode, nativeCode);
            Assert.Equal(System.Text.Encoding.UTF8.GetString(expected.ToArray()), System.Text.Encoding.UTF8.GetString(output));
        }
    }

    [Theory]
    [InlineData("scope == memcg and any(tasks, rss > 90MiB) and (victim.comm ~ 'str*' or trigger.order in (1, 2)) and not kernel.release =~ '^5'", true)]
    [InlineData("count(tasks, comm == stress) < 4", false)]
    public void Filters_WorkNatively(string filter, bool isShown)
    {
        (int exitCode, byte[] output) = tool.Scan("--quiet", "--where", filter, Path.Combine(NativeTool.Root, "samples", "logs", "k8s-pod-oom-4.15.log"));
        Assert.Equal((0, isShown), (exitCode, output.Length > 0));
    }

    [Fact]
    public void Archives_AreReadByTheNativeTool()
    {
        string folder = Path.Combine(NativeTool.Root, "tests", "KmsgOom.Tests", "Archives", "Logs");
        foreach (string archive in Directory.GetFiles(folder))
        {
            (int exitCode, byte[] output) = tool.Scan("--quiet", archive);
            Assert.Equal(0, exitCode);
            Assert.Contains("32308", System.Text.Encoding.UTF8.GetString(output), StringComparison.Ordinal);
        }
    }
}
