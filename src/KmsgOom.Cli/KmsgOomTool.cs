using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>The whole tool behind <c>Main</c>: arguments and streams in, exit code out.</summary>
internal static class KmsgOomTool
{
    public static async Task<int> RunAsync(
        string[] args, Stream stdin, Stream stdout, TextWriter stderr, TerminalFacts facts, CancellationToken cancellationToken)
    {
        ScanCommand scan = new();
        StatsCommand stats = new();

        // Not a RootCommand: that one is named after the executable, answers to "/h" (a path here) and takes "[name]" for a directive.
        Command root = new("kmsgoom", "Reads Linux kernel logs and tells what the OOM killer did.")
        {
            scan,
            stats,
            new HelpOption("--help", "-h", "-?") { Action = new HelpAction { MaxWidth = Screen.Width } },
            new VersionOption(),
        };
        ParserConfiguration configuration = new()
        {
            EnablePosixBundling = false,
            ResponseFileTokenReplacer = null,   // "@name" is a file name like any other
        };
        ParseResult parsed = root.Parse(args, configuration);
        if (parsed.Action is not null and not ParseErrorAction)
        {
            return ShowAnswer(parsed, stdout);
        }

        if (args.Length == 0)
        {
            ShowAnswer(root.Parse(["--help"], configuration), stdout);
            return ExitCodes.Failed;
        }

        Command command = parsed.CommandResult.Command;
        Argument<string[]>? paths = command == scan ? scan.PathsArgument : command == stats ? stats.PathsArgument : null;
        if (UsageError.Find(parsed, paths) is { } error)
        {
            stderr.Write($"kmsgoom: {PrintableText.Of(error)}\n");
            return ExitCodes.Failed;
        }

        bool hasPaths = parsed.GetValue(paths!) is { Length: > 0 };
        if (!hasPaths && facts.InputIsTerminal)
        {
            ShowAnswer(root.Parse([command.Name, "--help"], configuration), stdout);
            return ExitCodes.Failed;
        }

        if (command == stats)
        {
            StatsRequest count = stats.GetRequest(parsed);
            count = hasPaths ? count : count with { Paths = [ScanRequest.StandardInput] };
            return await new Stats(count, stdin, stdout, stderr, facts.WantsColors).RunAsync(cancellationToken);
        }

        ScanRequest request = scan.GetRequest(parsed);
        request = hasPaths ? request : request with { Paths = [ScanRequest.StandardInput] };
        if (!scan.TryGetFilter(parsed, out OomFilter? filter, out OomFilterError? wrong))
        {
            stderr.Write($"kmsgoom: --where: {string.Join('\n', wrong!.ToString().Split('\n').Select(PrintableText.Of))}\n");
            return ExitCodes.Failed;
        }

        request = request with { Filter = filter };
        if (!PodsFile.TryRead(request.PodsPath, stderr, out OomPodList? pods))
        {
            return ExitCodes.Failed;
        }

        OomAnalyzer? analyzer = request.Analyzes ? new OomAnalyzer(new OomAnalysisOptions { Pods = pods, NodeMemoryBytes = request.NodeMemoryBytes }) : null;
        ScanOutput output = new(stdout, request.Jobs, () => new ScanBatch(request.Format, facts.WantsColors, analyzer));
        return await new Scan(request, stdin, output, analyzer, stderr).RunAsync(cancellationToken);
    }

    // Help and version: System.CommandLine writes them, and its text goes out the way all output does.
    private static int ShowAnswer(ParseResult parsed, Stream stdout)
    {
        using StringWriter answer = new() { NewLine = "\n" };
        int exitCode = parsed.Invoke(new InvocationConfiguration { Output = answer, Error = answer, ProcessTerminationTimeout = null });
        try
        {
            stdout.Write(Encoding.UTF8.GetBytes(answer.ToString()));
            stdout.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody reads the help any more; that is no failure.
        }

        return exitCode;
    }
}
