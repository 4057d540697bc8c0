using System.Text.RegularExpressions;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Who may know whom: the arrows of docs/architecture.md.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "KmsgOom");

    [Fact]
    public void PublicTypes_LiveInTheRootNamespace()
    {
        IEnumerable<string> elsewhere = typeof(OomParser).Assembly.GetExportedTypes().Where(type => type.Namespace != "KmsgOom").Select(type => type.FullName!);
        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("Text", new string[0])]
    [InlineData("Framing", new string[0])]
    [InlineData("Envelopes", new[] { "Text", "Framing" })]
    [InlineData("Lines", new[] { "Text" })]
    [InlineData("Reports", new[] { "Text", "Envelopes" })]
    [InlineData("Model", new string[0])]
    [InlineData("Files", new[] { "Framing", "Reports" })]
    [InlineData("Json", new[] { "Insight" })]
    [InlineData("Insight", new string[0])]
    public void Stage_KnowsOnlyWhatItMay(string folder, string[] allowed)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in UsedNamespace().Matches(File.ReadAllText(path)))
            {
                Assert.True(allowed.Contains(match.Groups[1].Value) || match.Groups[1].Value == folder, $"{Path.GetFileName(path)} uses KmsgOom.{match.Groups[1].Value}");
            }
        }
    }

    [Fact]
    public void Core_DependsOnNothingBeyondDotNet()
    {
        Assert.All(
            typeof(OomParser).Assembly.GetReferencedAssemblies(),
            name => Assert.StartsWith("System", name.Name, StringComparison.Ordinal));
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Path.Combine(Source, "KmsgOom.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void PipeReader_IsTouchedByTheReaderOnly()
    {
        string[] files = [.. SourceFiles().Where(path => File.ReadAllText(path).Contains("PipeReader", StringComparison.Ordinal)).Select(Path.GetFileName).Order()!];
        Assert.Equal(["OomLog.cs", "OomReader.cs"], files);
    }

    [Fact]
    public void Unsafe_IsNowhere()
    {
        // Only the vector search may reach into memory past the span's own checks.
        Assert.DoesNotContain(SourceFiles().Where(path => Path.GetFileName(path) != "SkipAhead.cs"), path => UnsafeCode().IsMatch(File.ReadAllText(path)));
    }

    [Fact]
    public void EveryLineFile_CitesTheKernelAndItsFormat()
    {
        string[] plumbing = ["OomLineKind.cs", "OomLineKinds.cs", "OomLineClassifier.cs", "TaskColumn.cs", "TaskNameText.cs", "TaskRowLayout.cs"];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Source, "Lines"), "*.cs").Where(path => !plumbing.Contains(Path.GetFileName(path))))
        {
            string text = File.ReadAllText(path);
            Assert.True(text.Contains("Kernel: ", StringComparison.Ordinal) && FormatComment().IsMatch(text), $"{Path.GetFileName(path)} lacks its specification");
        }
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"using KmsgOom\.(\w+);")]
    private static partial Regex UsedNamespace();

    [GeneratedRegex(@"\b(unsafe|fixed \(|MemoryMarshal\.|Unsafe\.(?!SizeOf))")]
    private static partial Regex UnsafeCode();

    [GeneratedRegex("// \".*\"")]
    private static partial Regex FormatComment();
}
