using System.Text.RegularExpressions;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Every line of a booted kernel that looks like one of a report is read; the numbers are those of the format reference.</summary>
public sealed class CapturedReportsTests
{
    [CapturesFact]
    public void Reads_every_kill_line() => ReadsAll(message => message.Contains("Killed process "), KillGrammar.TryParse, 369);

    [CapturesFact]
    public void Reads_every_trigger_line() => ReadsAll(message => message.Contains("invoked oom-killer"), TriggerGrammar.TryParse, 295);

    [CapturesFact]
    public void Reads_every_summary_line() =>
        ReadsAll(message => message.Contains("oom-kill:constraint="), ConstraintGrammar.TryParse, 286);

    [CapturesFact]
    public void Reads_every_task_row()
    {
        List<string> unread = [];
        int rows = 0;
        foreach ((string file, IReadOnlyList<string> messages) in Captures.Kmsg())
        {
            TaskTableHeader? header = null;
            foreach (string message in messages)
            {
                // Other reports, and foreign lines, may stand between the header and the summary.
                if (TaskTableGrammar.TryParse(message) is { } columns)
                {
                    header = columns;
                }
                else if (message.StartsWith("oom-kill:", StringComparison.Ordinal) || message == PanicGrammar.NobodyLeft)
                {
                    header = null;
                }
                else if (header is not null && Regex.IsMatch(message, @"^\[ *\d+\]"))
                {
                    rows++;
                    if (TaskTableGrammar.TryParse(message, header) is null)
                    {
                        unread.Add($"{file}: {message}");
                    }
                }
            }
        }

        Assert.Empty(unread);
        Assert.Equal(8482, rows);
    }

    [CapturesFact]
    public void Reads_every_cpu_line() => ReadsAll(message => message.StartsWith("CPU: ", StringComparison.Ordinal), CpuLineGrammar.TryParse);

    [CapturesFact]
    public void Reads_every_memcg_line()
    {
        ReadsAll(message => message.Contains(", failcnt "), UsageGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^(Memory cgroup stats|(anon|cache|file) \d)"), MemcgStatsGrammar.TryParse);
        ReadsAll(message => message.StartsWith("Memory cgroup min ", StringComparison.Ordinal), ProtectionGrammar.TryParse);
        ReadsAll(message => message.Contains("memory.oom.group"), OomGroupGrammar.TryParse);
    }

    [CapturesFact]
    public void Reads_every_line_around_a_kill()
    {
        ReadsAll(message => Regex.IsMatch(message, "^oom_reaper: (reaped|unable|giving)"), ReaperGrammar.TryParse);
        ReadsAll(message => message.Contains("oom_kill_process: "), SuppressedGrammar.TryParse);
        ReadsAll(message => message.Contains("no killable"), NoKillableGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @", mode:0x"), AllocationFailureGrammar.TryParse);
    }

    [CapturesFact]
    public void Reads_every_line_of_memory()
    {
        ReadsAll(message => message.StartsWith("active_anon:", StringComparison.Ordinal), GlobalCountersGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^Node \d+ active_anon:"), NodeLineGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^(Node \d+ )?[A-Za-z0-9]+ free:"), ZoneLineGrammar.TryParse);
        ReadsAll(message => message.StartsWith("lowmem_reserve", StringComparison.Ordinal), ReserveGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^(Node \d+ )?[A-Za-z0-9]+: \d+\*"), BuddyGrammar.TryParse);
        ReadsAll(message => message.Contains("hugepages_total="), HugepagesGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^\d+ (total )?pages? "), PageTotalGrammar.TryParse);
        ReadsAll(message => Regex.IsMatch(message, @"^(Free|Total) swap"), SwapSpaceGrammar.TryParse);
        ReadsAll(message => message.StartsWith("Swap cache", StringComparison.Ordinal), SwapCacheGrammar.TryParse);
    }

    private static void ReadsAll(Func<string, bool> isCandidate, Func<string, object?> tryParse, int? expected = null)
    {
        List<string> candidates = [.. Captures.Kmsg().SelectMany(log => log.Messages).Where(isCandidate)];

        Assert.NotEmpty(candidates);
        Assert.DoesNotContain(candidates, message => tryParse(message) is null);
        Assert.Equal(expected ?? candidates.Count, candidates.Count);
    }
}
