using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KmsgOom.Tests.Support;

/// <summary>What truly happened while a log was captured: written by the scenario, not read from the log.</summary>
internal sealed partial class CaptureFacts
{
    private readonly Dictionary<string, string> _values = [];

    private CaptureFacts(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (fields.Length < 2)
            {
                continue;
            }

            if (fields[0] == "oomkilled")
            {
                Killed.Add(ParseTask(fields));
            }
            else
            {
                _values.TryAdd(fields[0], fields[1]);
            }
        }
    }

    /// <summary>Gets the processes that died of SIGKILL, as their parent saw it.</summary>
    public List<(int Pid, TaskName Name)> Killed { get; } = [];

    public string? Kernel => _values.GetValueOrDefault("kernel");

    public string? Constraint => _values.GetValueOrDefault("constraint") is "none" ? null : _values.GetValueOrDefault("constraint");

    public int? PageSize => _values.TryGetValue("pagesize", out string? size) ? int.Parse(size, CultureInfo.InvariantCulture) : null;

    /// <summary>Gets the limit in bytes, where the scenario set a single one.</summary>
    public long? MemcgLimit
    {
        get
        {
            string limits = _values.GetValueOrDefault("memcg_limit", "");
            string[] sizes = [.. Sizes().Matches(limits).Select(match => match.Value)];
            return sizes is [string size] && !limits.Contains(" and ", StringComparison.Ordinal)
                ? ParseSize(size)
                : null;
        }
    }

    public static CaptureFacts Read(string logPath)
    {
        string folder = Path.GetDirectoryName(logPath)!;
        string scenario = Path.GetFileName(logPath).Split('.')[0];
        return new CaptureFacts(Path.Combine(folder, scenario + ".facts"));
    }

    private static (int Pid, TaskName Name) ParseTask(string[] fields)
    {
        int pid = int.Parse(fields[1]["pid=".Length..], CultureInfo.InvariantCulture);
        return (pid, Unescape(fields[2]["comm=".Length..]));
    }

    /// <summary>Undoes <c>\n</c> and <c>\xNN</c>; the kernel keeps the first 15 bytes of what the scenario asked for.</summary>
    private static TaskName Unescape(string name)
    {
        List<byte> bytes = [];
        for (int at = 0; at < name.Length; at++)
        {
            if (name[at] == '\\' && at + 1 < name.Length)
            {
                if (name[at + 1] == 'x')
                {
                    bytes.Add(Convert.FromHexString(name.AsSpan(at + 2, 2))[0]);
                    at += 3;
                    continue;
                }

                bytes.Add(name[at + 1] switch { 'n' => (byte)'\n', 't' => (byte)'\t', var other => (byte)other });
                at++;
                continue;
            }

            bytes.AddRange(Encoding.UTF8.GetBytes([name[at]]));
        }

        return new TaskName([.. bytes]);
    }

    private static long ParseSize(string size)
    {
        string[] parts = size.Split(' ');
        long number = long.Parse(parts[0], CultureInfo.InvariantCulture);
        return parts.Length > 1 ? number << 20 : number;
    }

    [GeneratedRegex(@"\b\d{5,}\b|\b\d+ MiB\b")]
    private static partial Regex Sizes();
}
