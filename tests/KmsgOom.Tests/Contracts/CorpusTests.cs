using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Reports that people posted, against a list of what is in them that was made by reading them.</summary>
public sealed class CorpusTests
{
    /// <summary>Where the list is wrong or counts something else, and why.</summary>
    private static readonly Dictionary<string, Func<Entry, Entry>> Errata = new()
    {
        // Two of its three reports are about the same pid, of different boots; the list names each pid once.
        ["010"] = entry => entry with { Pids = "2746,2746,3206", Names = "leaker,leaker,leaker" },

        // The list counts "invoked"; the triggers of 2.6.11 are "oom-killer: gfp_mask=0xd1".
        ["087"] = entry => entry with { Triggers = 2 },
    };

    [CorpusFact]
    public void Events_OfEveryPostedLog_AreThoseOfTheList()
    {
        StringBuilder problems = new();
        foreach (Entry listed in ReadList())
        {
            Entry entry = Errata.TryGetValue(listed.Number, out Func<Entry, Entry>? mend) ? mend(listed) : listed;
            string problem = Compare(entry, OomLog.Parse(File.ReadAllBytes(Path.Combine(Repository.Corpus!, listed.File)), Golden.Options));
            if (problem.Length > 0)
            {
                problems.AppendLine(CultureInfo.InvariantCulture, $"{listed.Number}: {problem}");
            }
        }

        Assert.True(problems.Length == 0, problems.ToString());
    }

    private static string Compare(Entry entry, ImmutableArray<OomEvent> events)
    {
        StringBuilder problem = new();
        OomEvent[] kills = [.. events.Where(oomEvent => oomEvent.Kind == OomEventKind.Oom)];
        int triggers = kills.Count(oomEvent => oomEvent.Trigger is not null && oomEvent.Sections.HasFlag(OomSections.Trigger));
        if (triggers != entry.Triggers)
        {
            problem.Append(CultureInfo.InvariantCulture, $"{triggers} triggers, listed {entry.Triggers}; ");
        }

        string pids = string.Join(',', kills.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid));
        if (pids != entry.Pids)
        {
            problem.Append(CultureInfo.InvariantCulture, $"pids {pids}, listed {entry.Pids}; ");
        }

        string names = string.Join(',', kills.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Name));
        if (names != entry.Names)
        {
            problem.Append(CultureInfo.InvariantCulture, $"names {names}, listed {entry.Names}; ");
        }

        int[] rows = [.. kills.Select(oomEvent => oomEvent.Tasks.Length).Where(count => count > 0)];
        if (entry.Rows > 0 ? rows.Sum() != entry.Rows && !rows.Contains(entry.Rows) : rows.Length > 0)
        {
            problem.Append(CultureInfo.InvariantCulture, $"rows {string.Join(',', rows)}, listed {entry.Rows}; ");
        }

        return problem.ToString();
    }

    private static IEnumerable<Entry> ReadList() =>
        from line in File.ReadLines(Path.Combine(Repository.Corpus!, "manifest.tsv")).Skip(1)
        let fields = line.Split('\t')
        select new Entry(
            fields[0],
            int.Parse(fields[3], CultureInfo.InvariantCulture),
            int.Parse(fields[8], CultureInfo.InvariantCulture),
            fields[9],
            fields[10]);

    private sealed record Entry(string File, int Triggers, int Rows, string Pids, string Names)
    {
        public string Number => File[..3];
    }
}
