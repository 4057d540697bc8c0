using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KmsgOom.Benchmarks;

/// <summary>The inputs, built from golden logs: the same bytes on every machine and in every run.</summary>
internal static partial class KernelLogs
{
    // Well beyond the last-level cache of common machines, so that memory is read, not cache.
    private const int QuietLength = 128 << 20;
    private const int StormLength = 32 << 20;
    private const int MixedLinesPerReport = 10_000;
    private const int TableRows = 10_000;
    private const int Seed = 20190427;

    // The kernel lets at most ten full reports through in five seconds.
    private const long StormIntervalMicroseconds = 500_000;

    private static readonly string[] StormGoldens =
    [
        "k8s-pod-oom-4.15.log",
        "5.10-amd64-v1-k8s.dmesg.log",
        "6.1-amd64-v2-k8s.dmesg.log",
        "7.3-amd64-v2-k8s.dmesg.log",
        "7.3-amd64-global-swap.dmesg.log",
        ManyTasksGolden,
    ];

    private const string ManyTasksGolden = "6.1-amd64-many-tasks.dmesg.log";

    private static readonly ConcurrentDictionary<LogInput, LogFacts> KnownFacts = new();

    public static KernelLog Make(LogInput input)
    {
        KernelLog log = input switch
        {
            LogInput.Quiet => MakeQuiet(QuietLength, linesPerReport: int.MaxValue),
            LogInput.Mixed => MakeMixed(QuietLength),
            LogInput.StormBare => MakeStorm(LogWrapper.Bare),
            LogInput.StormSecs => MakeStorm(LogWrapper.Secs),
            LogInput.StormRfc3164 => MakeStorm(LogWrapper.Rfc3164),
            LogInput.StormKmsg => MakeStorm(LogWrapper.Kmsg),
            LogInput.Tables => MakeTables(),
            _ => throw new UnreachableException(),
        };
        KnownFacts[input] = log.Facts;
        return log;
    }

    /// <summary>Gets the facts of an input without holding on to its bytes.</summary>
    public static LogFacts GetFacts(LogInput input) => KnownFacts.TryGetValue(input, out LogFacts facts) ? facts : Make(input).Facts;

    /// <summary>Makes <see cref="LogInput.Mixed"/> of another length.</summary>
    public static KernelLog MakeMixed(int length) => MakeQuiet(length, MixedLinesPerReport);

    /// <summary>Writes an input into a file, over and over, until the file has a length; the last line may be cut away to fit.</summary>
    /// <remarks>The clock begins again with each copy, a few days back at most.</remarks>
    public static void Write(ReadOnlySpan<byte> log, long length, string path)
    {
        using FileStream file = File.Create(path);
        while (length > 0)
        {
            ReadOnlySpan<byte> copy = length >= log.Length ? log : log[..(log[..(int)length].LastIndexOf((byte)'\n') + 1)];
            file.Write(copy);
            length -= Math.Min(length, log.Length);
        }
    }

    private static KernelLog MakeQuiet(int length, int linesPerReport)
    {
        LogWriter writer = new(LogWrapper.Rfc3164, length);
        QuietLines quiet = new(writer, Seed);
        GoldenReport[] goldens = LoadStorm();
        long quietLines = 0;
        int reports = 0;
        while (writer.Length < length)
        {
            quiet.WriteNext();
            if (++quietLines % linesPerReport == 0)
            {
                goldens[reports % goldens.Length].WriteTo(writer, reports);
                reports++;
            }
        }

        return writer.ToLog(reports);
    }

    private static KernelLog MakeStorm(LogWrapper wrapper)
    {
        LogWriter writer = new(wrapper, StormLength);
        GoldenReport[] goldens = LoadStorm();
        long[] written = new long[goldens.Length];
        int reports = 0;
        while (writer.Length < StormLength)
        {
            // Whichever is behind goes next: every golden gets the same number of bytes.
            int next = Array.IndexOf(written, written.Min());
            long start = writer.Length;
            goldens[next].WriteTo(writer, reports++);
            written[next] += writer.Length - start;
            writer.Microseconds += StormIntervalMicroseconds;
        }

        return writer.ToLog(reports);
    }

    private static KernelLog MakeTables()
    {
        string[] golden = ReadGolden(ManyTasksGolden);
        string[] rows = Array.FindAll(golden, line => TaskRow().IsMatch(line));
        int firstRow = Array.FindIndex(golden, line => TaskRow().IsMatch(line));
        string victimRow = rows[^1];
        IEnumerable<string> table = Enumerable.Range(0, TableRows - 1).Select(i => Renumber(rows[i % (rows.Length - 1)], pid: 20_000 + i));
        LogWriter writer = new(LogWrapper.Secs, 2 << 20);
        new GoldenReport([.. golden[..firstRow], .. table, victimRow, .. golden[(firstRow + rows.Length)..]]).WriteTo(writer, number: 0);
        return writer.ToLog(reports: 1);
    }

    private static string Renumber(string row, int pid) =>
        TaskRow().Replace(row, match => string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1]}[{pid,7}]{match.Groups[2]} {pid,5}"));

    private static GoldenReport[] LoadStorm() => Array.ConvertAll(StormGoldens, name => new GoldenReport(ReadGolden(name)));

    private static string[] ReadGolden(string name)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "KmsgOom.sln")))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds KmsgOom.sln: run the benchmarks inside the repository.");
        }

        string[] places = [Path.Combine(root.FullName, "tests", "KmsgOom.Tests", "Goldens", name), Path.Combine(root.FullName, "samples", "logs", name)];
        return Array.Find(places, File.Exists) is { } path
            ? File.ReadAllLines(path)
            : throw new FileNotFoundException($"The benchmarks are built from '{name}', which is neither '{places[0]}' nor '{places[1]}'.");
    }

    // "[%7d] %5d %5d %8lu …" behind the time: the kernel's dump_task().
    [GeneratedRegex(@"^(\[ *\d+\.\d+\] )\[ *\d+\]( +\d+) +\d+(?= )")]
    private static partial Regex TaskRow();
}
