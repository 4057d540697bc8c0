using System.Text;
using KmsgOom.Cli;

namespace KmsgOom.Tests.Cli;

/// <summary>Runs the tool inside the test's process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<ToolRun> StartAsync(params string[] args) => StartAsync("", args);

    public static async Task<ToolRun> StartAsync(
        string input, string[] args, bool inputIsTerminal = false, bool wantsColors = false, CancellationToken cancellationToken = default)
    {
        using MemoryStream stdin = new(Encoding.UTF8.GetBytes(input));
        using MemoryStream stdout = new();
        using StringWriter stderr = new();
        int exitCode = await KmsgOomTool.RunAsync(args, stdin, stdout, stderr, new TerminalFacts(inputIsTerminal, wantsColors), cancellationToken);
        return new ToolRun(exitCode, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }
}
