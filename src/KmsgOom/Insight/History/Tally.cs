using System.Runtime.InteropServices;

namespace KmsgOom.Insight;

/// <summary>Counts by key, with a bound on the number of keys.</summary>
internal sealed class Tally(int maxKeys)
{
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private Count _unnamed;
    private Count _other;

    public void Add(string? key, long kills, Int128 rssBytes, OomTimestamp? time)
    {
        if (key is null)
        {
            Add(ref _unnamed, kills, rssBytes, time);
        }
        else if (_counts.Count < maxKeys || _counts.ContainsKey(key))
        {
            Add(ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _), kills, rssBytes, time);
        }
        else
        {
            Add(ref _other, kills, rssBytes, time);
        }
    }

    public OomHistoryTable ToTable(bool byKey = false)
    {
        IEnumerable<OomHistoryCount> rows = _counts.Select(pair => pair.Value.ToRow(pair.Key));
        if (_unnamed.Events > 0)
        {
            rows = rows.Append(_unnamed.ToRow(null));
        }

        rows = byKey
            ? rows.OrderBy(row => row.Key, StringComparer.Ordinal)
            : rows.OrderByDescending(row => row.Kills).ThenByDescending(row => row.Events).ThenBy(row => row.Key, StringComparer.Ordinal);
        return new OomHistoryTable { Rows = [.. rows], Other = _other.ToRow(null) };
    }

    private static void Add(ref Count count, long kills, Int128 rssBytes, OomTimestamp? time)
    {
        count.Events++;
        count.Kills += kills;
        count.RssBytes += rssBytes;
        count.First = HistoryClock.Earlier(count.First, time);
        count.Last = HistoryClock.Later(count.Last, time);
    }

    private struct Count
    {
        public long Events;
        public long Kills;
        public Int128 RssBytes;
        public OomTimestamp? First;
        public OomTimestamp? Last;

        public readonly OomHistoryCount ToRow(string? key) => new(key, Events, Kills, HistoryClock.Clamp(RssBytes), First, Last);
    }
}
