using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>All captures against what truly happened while they were made, not against our own output.</summary>
public sealed partial class CaptureTests
{
    /// <summary>The forms of this version; no other form throws.</summary>
    private static readonly HashSet<string> Forms =
    [
        "console", "kmsg", "dmesg", "dmesg-T", "dmesg-x", "dmesg-r", "dmesg-Tx", "dmesg-t", "dmesg-S", "dmesg-iso",
        "rsyslog-kern", "rsyslog-syslog", "rsyslog-traditional", "rsyslog-fileformat",
        "journal-k-short", "journal-k-short-full", "journal-k-short-iso", "journal-k-short-iso-precise", "journal-k-short-iso-utc",
        "journal-k-short-monotonic", "journal-k-short-nohostname", "journal-k-short-precise", "journal-k-short-unix", "journal-k-cat",
        "journal-k-with-unit", "journal-short", "journal-short-monotonic", "journal-json", "journal-k-json",
        "dmesg-color", "dmesg-delta", "dmesg-reltime", "dmesg-busybox", "dmesg-busybox-r", "rsyslog-rfc5424",
        "dmesg-json", "journal-k-json-pretty", "journal-k-export", "journal-k-verbose", "rsyslog-forward", "rsyslog-traditionalforward",
    ];

    [CapturesFact]
    public void Events_OfEveryCapture_AgreeWithTheFacts()
    {
        StringBuilder problems = new();
        int count = 0;
        foreach (string path in Logs())
        {
            if (Forms.Contains(Form(path)))
            {
                count++;
                foreach (string problem in Compare(path))
                {
                    problems.AppendLine($"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}: {problem}");
                }
            }
        }

        Assert.Equal("", problems.ToString());
        Assert.InRange(count, 1000, int.MaxValue);
    }

    [CapturesFact]
    public void Parse_AnyForm_NeverThrowsAndRoundTrips()
    {
        foreach (string path in Logs())
        {
            foreach (OomEvent oomEvent in OomLog.Parse(File.ReadAllBytes(path), Golden.Options))
            {
                string json = OomJson.ToJson(oomEvent);
                OomEvent back = OomJson.Parse(json);

                // Bytes of a name that are not UTF-8 become U+FFFD in JSON, so compare what JSON can hold.
                Assert.Equal(json, OomJson.ToJson(back));
                if (!json.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    Assert.Equal(oomEvent, back);
                }
            }
        }
    }

    private static IEnumerable<string> Logs() => Directory.EnumerateFiles(Repository.Captures!, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Form(string path) => Path.GetFileName(path).Split('.', 2)[1][..^".log".Length];

    private static IEnumerable<string> Compare(string path)
    {
        byte[] log = File.ReadAllBytes(path);
        string scenario = Path.GetFileName(path).Split('.')[0];
        if (scenario.EndsWith("-boot", StringComparison.Ordinal))
        {
            yield break;
        }

        CaptureFacts facts = CaptureFacts.Read(path);
        ImmutableArray<OomEvent> events = [.. OomLog.Parse(log, Golden.Options).Where(oomEvent => oomEvent.Kind == OomEventKind.Oom)];
        ImmutableArray<OomVictim> victims = [.. events.SelectMany(oomEvent => oomEvent.Victims)];

        // Exactly the pids that the kill lines name, each once.
        int[] named = [.. KillLine().Matches(Encoding.Latin1.GetString(log)).Select(match => int.Parse(match.Groups[1].ValueSpan)).Distinct().Order()];
        int[] pids = [.. victims.Select(victim => victim.Pid).Order()];
        if (!named.SequenceEqual(pids))
        {
            yield return $"victims {string.Join(' ', pids)}, kill lines {string.Join(' ', named)}";
        }

        if (facts.Constraint is null && !events.IsEmpty)
        {
            yield return $"{events.Length} events where nothing was killed";
        }

        if (!NamesAnotherTask(scenario, path) && named.Length > 0)
        {
            HashSet<(int, TaskName)> killed = [.. facts.Killed];
            HashSet<(int, TaskName)> found = [.. victims.Select(victim => (victim.Pid, victim.Name))];
            if (!killed.SetEquals(found) && !(scenario == "many-tasks" && found.Count == 1))
            {
                yield return $"killed {string.Join(' ', killed)}, found {string.Join(' ', found)}";
            }
        }

        foreach (OomEvent oomEvent in events.Where(oomEvent => oomEvent.Sections.HasFlag(OomSections.Trigger)))
        {
            if (oomEvent.Kernel?.Release != facts.Kernel)
            {
                yield return $"line {oomEvent.Source.Line}: release {oomEvent.Kernel?.Release}, truly {facts.Kernel}";
            }

            if (oomEvent.PageSize != facts.PageSize)
            {
                yield return $"line {oomEvent.Source.Line}: page size {oomEvent.PageSize} ({oomEvent.PageSizeSource}), truly {facts.PageSize}";
            }

            bool isKill = oomEvent.Outcome is OomOutcome.Killed or OomOutcome.GroupKilled;
            if (isKill && oomEvent.ConstraintText != facts.Constraint)
            {
                yield return $"line {oomEvent.Source.Line}: constraint {oomEvent.ConstraintText}, truly {facts.Constraint}";
            }

            if (facts.MemcgLimit is { } limit && oomEvent.Memcg?.Memory is { } memory && memory.LimitKiB * 1024 != limit)
            {
                yield return $"line {oomEvent.Source.Line}: limit {memory.LimitKiB * 1024}, truly {limit}";
            }
        }
    }

    /// <summary>
    /// Where the kernel names another task of the same memory than the one that the scenario watched: a child made with CLONE_VM
    /// dies in its sibling's place (v2-threads), and arm64 lists a thread of a victim (v2-oomgroup).
    /// </summary>
    private static bool NamesAnotherTask(string scenario, string path) =>
        scenario == "v2-threads" || (scenario == "v2-oomgroup" && path.Contains("arm64-", StringComparison.Ordinal));

    [GeneratedRegex(@"Killed process (\d+)")]
    private static partial Regex KillLine();
}
