using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using KmsgOom.Tests.ReportWriter;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>docs/formats.md says what proves each format; here it is checked.</summary>
public sealed partial class FormatsTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "formats.md"));

    private static readonly string[] Plumbing = ["OomLineKind", "OomLineKinds", "OomLineClassifier", "TaskColumn", "TaskNameText", "TaskRowColumns", "TaskRowLayout"];

    private static readonly string[] Tests = [.. typeof(FormatsTests).Assembly.GetTypes().Select(type => type.Name)];

    [Fact]
    public void EveryRow_IsProvenByItsGolden()
    {
        int rows = 0;
        foreach (Match row in Page.Select(line => Row().Match(line)).Where(match => match.Success))
        {
            rows++;
            string golden = row.Groups["golden"].Value;
            if (golden.StartsWith("test: ", StringComparison.Ordinal))
            {
                Assert.Contains(golden["test: ".Length..], Tests);
                continue;
            }

            string text = Encoding.Latin1.GetString(Golden.Read(golden + ".log"));
            Assert.True(text.Contains(row.Groups["words"].Value, StringComparison.Ordinal), $"{golden} holds no \"{row.Groups["words"].Value}\"");
        }

        Assert.InRange(rows, 150, int.MaxValue);
    }

    [Fact]
    public void EveryLineFile_HasARow()
    {
        string[] read = [.. Page.Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups["file"].Value)];
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "KmsgOom", "Lines"), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal([], files.Except(Plumbing).Except(read));
        Assert.Equal([], read.Except(files));
    }

    /// <summary>Every form that the report writer knows from the reference has a row; what is no form of a line is left out.</summary>
    [Theory]
    [InlineData(typeof(TriggerForm))]
    [InlineData(typeof(CpuForm))]
    [InlineData(typeof(TraceForm))]
    [InlineData(typeof(TaskInForm))]
    [InlineData(typeof(TableForm))]
    [InlineData(typeof(AnnouncementForm))]
    [InlineData(typeof(KillForm))]
    [InlineData(typeof(PerCpuForm))]
    [InlineData(typeof(CountersForm))]
    [InlineData(typeof(NodeForm))]
    [InlineData(typeof(ZoneForm))]
    [InlineData(typeof(ProfileForm))]
    public void EveryForm_HasARow(Type forms)
    {
        string[] told = [.. Page.Where(line => Row().IsMatch(line)).SelectMany(line => line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries))];
        Assert.Equal([], Enum.GetNames(forms).Except(["None"]).Except(told));
    }

    [Fact]
    public void EveryWrapper_IsSeenInItsGoldens()
    {
        HashSet<KernelLogWrappers> told = [];
        foreach (Match row in Page.Select(line => WrapperRow().Match(line)).Where(match => match.Success))
        {
            KernelLogWrappers wrapper = Enum.Parse<KernelLogWrappers>(row.Groups["wrapper"].Value);
            told.Add(wrapper);
            foreach (string golden in row.Groups["goldens"].Value.Split(", "))
            {
                Assert.True(Seen(golden).HasFlag(wrapper), $"{golden} is not wrapped as {wrapper}");
            }
        }

        // Whatever stands before the kernel's stamp and is nothing else has no form to show.
        Assert.Equal([], Enum.GetValues<KernelLogWrappers>().Except(told).Except([KernelLogWrappers.None, KernelLogWrappers.Other]));
    }

    private static KernelLogWrappers Seen(string golden)
    {
        using OomParser parser = new(Golden.Options);
        ReadOnlySequence<byte> log = new(Golden.Read(golden + ".log"));
        while (parser.TryRead(ref log, isFinalBlock: true, out _))
        {
        }

        return parser.Counters.Wrappers;
    }

    [GeneratedRegex(@"^\| [^|]+ \| [^|]+ \| `(?<file>\w+)` \| `(?<words>[^`]+)` \| (?<golden>[^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(?<wrapper>\w+)` \| (?<goldens>[^|]+) \|$")]
    private static partial Regex WrapperRow();
}
