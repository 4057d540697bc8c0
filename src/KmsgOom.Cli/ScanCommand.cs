using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KmsgOom.Cli;

/// <summary>The options of <c>kmsgoom scan</c>.</summary>
internal sealed class ScanCommand : Command
{
    private readonly Option<ScanFormat> _format = new("--format")
    {
        Description = "text for a person (default), ndjson (one event a line) for a program",
        HelpName = "text|ndjson",
        CustomParser = ParseFormat,
    };

    private readonly Option<bool> _quiet = LogOptions.CreateQuiet();

    private readonly Option<bool> _failOnOom = new("--fail-on-oom")
    {
        Description = "exit code 1 when a kernel OOM event was found; the other kinds do not count, with --all-kinds neither",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _allKinds = new("--all-kinds")
    {
        Description = "show allocation failures, page faults without memory, and kills by systemd-oomd, earlyoom and lowmemorykiller as well",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _where = new("--where")
    {
        Description = "only the events that fulfil a condition: 'scope == memcg and victim.comm ~ \"java*\" and memcg.limit < 2GiB'",
        HelpName = "FILTER",
    };

    private readonly Option<bool> _noAnalysis = new("--no-analysis")
    {
        Description = "only what the log says: no verdict, no ranking, no balance; faster",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _pods = new("--pods")
    {
        Description = "names for pods and containers, from a file that 'kubectl get pods -A -o json' wrote",
        HelpName = "FILE",
    };

    private readonly Option<long?> _nodeMemory = new("--node-memory")
    {
        Description = "memory of the node (2041888Ki, 16Gi, or bytes), for the arithmetic of oom_score_adj",
        HelpName = "SIZE",
        CustomParser = ParseNodeMemory,
    };

    private readonly Option<int?> _pageSize = LogOptions.CreatePageSize();
    private readonly Option<int?> _jobs = LogOptions.CreateJobs();

    public ScanCommand()
        : base("scan", "Finds the OOM events in kernel logs: dmesg, journalctl and syslog output. "
            + "Exit code: 0 whether or not events were found (1 with --fail-on-oom and events), 2 for bad usage or unreadable input.")
    {
        Add(PathsArgument);
        Add(_format);
        Add(_quiet);
        Add(_failOnOom);
        Add(_allKinds);
        Add(_where);
        Add(_noAnalysis);
        Add(_pods);
        Add(_nodeMemory);
        Add(_pageSize);
        Add(_jobs);
    }

    public Argument<string[]> PathsArgument { get; } = LogOptions.CreatePaths();

    /// <summary>Reads the filter; false where it cannot be used.</summary>
    public bool TryGetFilter(ParseResult parsed, out OomFilter? filter, out OomFilterError? error)
    {
        filter = null;
        error = null;
        return parsed.GetValue(_where) is not { } text || OomFilter.TryParse(text, out filter, out error);
    }

    public ScanRequest GetRequest(ParseResult parsed) => new()
    {
        Paths = [.. parsed.GetValue(PathsArgument) ?? []],
        Format = parsed.GetValue(_format),
        IsQuiet = parsed.GetValue(_quiet),
        FailsOnOom = parsed.GetValue(_failOnOom),
        ShowsAllKinds = parsed.GetValue(_allKinds),
        Analyzes = !parsed.GetValue(_noAnalysis),
        PodsPath = parsed.GetValue(_pods),
        NodeMemoryBytes = parsed.GetValue(_nodeMemory),
        PageSize = parsed.GetValue(_pageSize),
        Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
    };

    private static ScanFormat ParseFormat(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        switch (value)
        {
            case "text":
                return ScanFormat.Text;
            case "ndjson":
                return ScanFormat.Ndjson;
            default:
                result.AddError($"Unknown format '{value}': it is text or ndjson");
                return default;
        }
    }

    private static long? ParseNodeMemory(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        int end = value.Length;
        while (end > 0 && char.IsAsciiLetter(value[end - 1]))
        {
            end--;
        }

        long? unit = value[end..] switch
        {
            "" => 1,
            "Ki" or "KiB" or "kB" => 1L << 10,
            "Mi" or "MiB" => 1L << 20,
            "Gi" or "GiB" => 1L << 30,
            "Ti" or "TiB" => 1L << 40,

            // Of quantities of Kubernetes, these are powers of ten.
            "k" => 1000,
            "M" => 1000_000,
            "G" => 1000_000_000,
            "T" => 1000_000_000_000,
            _ => null,
        };
        if (unit is { } factor && long.TryParse(value.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number > 0 && number <= long.MaxValue / factor)
        {
            return number * factor;
        }

        result.AddError($"Bad memory size '{value}': it is a number of bytes, of Ki, Mi, Gi, or of k, M, G (powers of ten), such as 2041888Ki");
        return null;
    }
}
