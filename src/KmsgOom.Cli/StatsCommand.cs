using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KmsgOom.Cli;

/// <summary>The options of <c>kmsgoom stats</c>.</summary>
internal sealed class StatsCommand : Command
{
    private readonly Option<StatsFormat> _format = new("--format")
    {
        Description = "text for a person (default), json (one object) for a program",
        HelpName = "text|json",
        CustomParser = ParseFormat,
    };

    private readonly Option<StatsTable> _by = new("--by")
    {
        Description = "what to list; by default a bit of everything on one screen",
        HelpName = "program|workload|host|hour|day",
        CustomParser = ParseTable,
    };

    private readonly Option<int?> _top = new("--top")
    {
        Description = "how many rows a list has at most; by default 5 in the summary, else all",
        HelpName = "N",
        CustomParser = ParseTop,
    };

    private readonly Option<bool> _quiet = LogOptions.CreateQuiet();

    private readonly Option<bool> _allKinds = new("--all-kinds")
    {
        Description = "count allocation failures, page faults without memory, and kills by systemd-oomd, earlyoom and lowmemorykiller as well",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<int?> _pageSize = LogOptions.CreatePageSize();
    private readonly Option<int?> _jobs = LogOptions.CreateJobs();

    public StatsCommand()
        : base("stats", "Counts the OOM events of kernel logs, rotated ones in any order: who is killed, when, how often, and whether it grows. "
            + "An event that two logs have counts once. Exit code: 0 whether or not events were found, 2 for bad usage or unreadable input.")
    {
        Add(PathsArgument);
        Add(_format);
        Add(_by);
        Add(_top);
        Add(_quiet);
        Add(_allKinds);
        Add(_pageSize);
        Add(_jobs);
    }

    public Argument<string[]> PathsArgument { get; } = LogOptions.CreatePaths();

    public StatsRequest GetRequest(ParseResult parsed) => new()
    {
        Paths = [.. parsed.GetValue(PathsArgument) ?? []],
        Format = parsed.GetValue(_format),
        By = parsed.GetValue(_by),
        Top = parsed.GetValue(_top),
        IsQuiet = parsed.GetValue(_quiet),
        CountsAllKinds = parsed.GetValue(_allKinds),
        PageSize = parsed.GetValue(_pageSize),
        Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
    };

    private static StatsFormat ParseFormat(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        switch (value)
        {
            case "text":
                return StatsFormat.Text;
            case "json":
                return StatsFormat.Json;
            default:
                result.AddError($"Unknown format '{value}': it is text or json");
                return default;
        }
    }

    private static StatsTable ParseTable(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        switch (value)
        {
            case "program":
                return StatsTable.Program;
            case "workload":
                return StatsTable.Workload;
            case "host":
                return StatsTable.Host;
            case "hour":
                return StatsTable.Hour;
            case "day":
                return StatsTable.Day;
            default:
                result.AddError($"Cannot list by '{value}': it is program, workload, host, hour or day");
                return default;
        }
    }

    private static int? ParseTop(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            return number;
        }

        result.AddError($"Bad number of rows '{value}': it is 1 or more");
        return null;
    }
}
