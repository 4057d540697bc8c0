using System.Collections.Immutable;

namespace KmsgOom.Tests.Support;

/// <summary>What a form cannot say, or says in its own way; each rule has its reason.</summary>
internal static class FormRules
{
    /// <summary>Takes away time, place, and what only some forms have.</summary>
    public static OomEvent Normalize(OomEvent oomEvent) => oomEvent with
    {
        Id = "",
        Source = new OomSource(null, 0, 0, 0, 0),
        Time = null,
        Uptime = null,
        Host = null,
        // Only kmsg numbers its records.
        LostMessages = 0,
        Lines = [],
        Victims = [.. oomEvent.Victims.Select(static victim => victim with
        {
            Time = null,
            Uptime = null,
            Reaper = victim.Reaper is { } reaper ? reaper with { Uptime = null } : null,
        })],
    };

    /// <summary>Allows what the event itself calls missing, and what the form cannot tell; all the rest stays to be compared.</summary>
    public static OomEvent Allow(OomEvent expected, OomEvent actual, IReadOnlySet<string> programMessages)
    {
        // Without a facility (dmesg, console) what a program wrote to /dev/kmsg looks like the kernel's.
        actual = actual with { UnknownLines = [.. actual.UnknownLines.Where(line => !programMessages.Contains(line.Trim()))] };

        // Consoles, syslog(2) and what reads it cut a record at about 1 KB: 5.3 to 6.4 print the statistics as one (traps.md, 1).
        if (actual.Missing.HasFlag(OomSections.Memcg) && !expected.Missing.HasFlag(OomSections.Memcg) && IsBeginning(expected.Memcg, actual.Memcg))
        {
            actual = actual with
            {
                Missing = actual.Missing & ~OomSections.Memcg,
                Memcg = actual.Memcg! with { Stats = expected.Memcg!.Stats },
                UnknownLines = [.. actual.UnknownLines.Where(line => !IsCutKey(expected.Memcg.Stats, line))],
            };
        }

        // The journal lost the first record of some boots.
        if (actual.Missing.HasFlag(OomSections.Trigger) && !expected.Missing.HasFlag(OomSections.Trigger) && actual.Trigger?.Pid == expected.Trigger?.Pid)
        {
            actual = actual with
            {
                Missing = actual.Missing & ~OomSections.Trigger,
                Sections = actual.Sections | (expected.Sections & OomSections.Trigger),
                Trigger = expected.Trigger,
            };
        }

        return actual;
    }

    private static bool IsBeginning(OomMemcg? whole, OomMemcg? cut)
    {
        if (whole is null || cut is null || cut.Stats.Length > whole.Stats.Length)
        {
            return false;
        }

        for (int at = 0; at < cut.Stats.Length; at++)
        {
            ImmutableArray<OomMemcgStat> all = whole.Stats[at].Values;
            ImmutableArray<OomMemcgStat> some = cut.Stats[at].Values;
            // Of the last one the number may be cut.
            int sure = Math.Max(0, some.Length - 1);
            if (some.Length > all.Length || !some.AsSpan()[..sure].SequenceEqual(all.AsSpan()[..sure]) || whole.Stats[at].Path != cut.Stats[at].Path)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCutKey(ImmutableArray<OomMemcgStats> stats, string line) =>
        stats.Any(group => group.Values.Any(value => value.Key.StartsWith(line.Trim(), StringComparison.Ordinal)));
}
