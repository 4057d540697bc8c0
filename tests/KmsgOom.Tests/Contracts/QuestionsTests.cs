using System.Globalization;
using System.Text.RegularExpressions;
using KmsgOom.Tests.Cli;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>docs/questions.md is true: what it quotes is what the tool prints.</summary>
public sealed partial class QuestionsTests
{
    private const int Questions = 56;
    private const int MustBeAnswered = 45;

    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "questions.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void EachQuestion_StandsThereOnce() =>
        Assert.Equal(Enumerable.Range(1, Questions), Rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));

    [Fact]
    public void EnoughQuestions_AreAnsweredByAGolden() => Assert.InRange(Rows.Count(row => row[3].Length > 0), MustBeAnswered, Questions);

    [Fact]
    public async Task EachAnswer_IsWhatTheToolPrints()
    {
        List<string> wrong = [];
        foreach (string[] row in Rows.Where(row => row[3].Length > 0))
        {
            string log = Path.Combine(Repository.Goldens, row[3]);
            string fragment = Quoted().Match(row[2]).Groups[1].Value;
            string[] command = row[2].EndsWith("(`stats`)", StringComparison.Ordinal) ? ["stats"]
                : row[2].Contains("(`--format ndjson`)", StringComparison.Ordinal) ? ["scan", "--format", "ndjson"]
                : ["scan", "--all-kinds"];
            ToolRun run = await ToolRun.StartAsync([.. command, log]);
            if (fragment.Length == 0 || !Squeeze(run.Output).Contains(fragment, StringComparison.Ordinal))
            {
                wrong.Add($"{row[0]}: {row[3]} does not print: {fragment}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Fields are padded, and wrapped at 80 columns.
    private static string Squeeze(string text) => Blanks().Replace(text, " ");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
