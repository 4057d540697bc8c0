using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>The README is true: its code is compiled here, and its output is what comes out.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private static readonly string SeedPath = Path.Combine(Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log");

    [Fact]
    public void Readme_FitsOnItsPages() => Assert.InRange(Text.Split('\n').Length, 1, 200);

    [Fact]
    public void Readme_CodeBlocks_AreTheTestsBelow()
    {
        string[] bodies = [.. Bodies()];
        foreach (Match block in CodeBlock().Matches(Text))
        {
            string code = Squeeze(block.Groups[1].Value);
            Assert.True(bodies.Any(body => body.Contains(code, StringComparison.Ordinal)), $"No test has this block of the README:\n{block.Groups[1].Value}");
        }
    }

    [Fact]
    public void Readme_LogLines_AreOfTheSample()
    {
        string sample = File.ReadAllText(SeedPath);
        foreach (string line in LogBlock().Match(Text).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // The README shortens long lines with an ellipsis.
            Assert.All(line.Split('…'), part => Assert.Contains(part, sample, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Readme_FirstExample_PrintsWhatItSays()
    {
        StringWriter console = new(CultureInfo.InvariantCulture);
        await FirstExample(console);
        Assert.Contains(console.ToString().TrimEnd(), Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_MainCommand_TellsTheStory()
    {
        Match command = Command().Match(Text);
        Assert.True(command.Success, "The README has no main command.");
        string dll = Path.Combine(AppContext.BaseDirectory, "KmsgOom.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [dll, .. command.Groups[1].Value.Split(' ')])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("32308", output, StringComparison.Ordinal);
        Assert.Contains("stress", output, StringComparison.Ordinal);
    }

#pragma warning disable IDE0011 // as the README has it
    private static async Task FirstExample(TextWriter Console)
    {
        string path = SeedPath;

        await foreach (OomEvent oom in OomLog.ReadFileAsync(path))
        {
            foreach (OomVictim victim in oom.Victims)
                Console.WriteLine($"{oom.Time}  {victim.Name} ({victim.Pid}) held {victim.RssKiB} KiB; limit of {oom.Memcg?.Path}: {oom.Memcg?.Memory?.LimitKiB} KiB");
        }
    }

#pragma warning restore IDE0011

    private static IEnumerable<string> Bodies()
    {
        string folder = Path.Combine(Repository.Root, "tests", "KmsgOom.Tests", "Contracts");
        foreach (string file in (string[])["ReadmeTests.cs", "ReadmeExamples.cs"])
        {
            yield return Squeeze(File.ReadAllText(Path.Combine(folder, file)));
        }
    }

    /// <summary>Takes out blanks at both ends of lines, so that indentation does not count.</summary>
    private static string Squeeze(string code)
    {
        StringBuilder squeezed = new();
        foreach (string line in code.Split('\n'))
        {
            squeezed.Append(line.Trim()).Append('\n');
        }

        return squeezed.ToString().Trim();
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"```text\n(\[Sat.*?)```", RegexOptions.Singleline)]
    private static partial Regex LogBlock();

    [GeneratedRegex(@"dotnet run -c Release --project src/KmsgOom.Cli -- (scan \S+)")]
    private static partial Regex Command();
}
