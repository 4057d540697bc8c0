namespace KmsgOom.Benchmarks;

/// <summary>What a contestant found; all must find the same.</summary>
/// <param name="Events">The reports, or their trigger lines.</param>
/// <param name="Kills">The victims, or their kill lines.</param>
public readonly record struct Tally(long Events, long Kills)
{
    /// <summary>Counts the events and victims of a log.</summary>
    internal static async Task<Tally> CountAsync(IAsyncEnumerable<OomEvent> log)
    {
        long events = 0;
        long kills = 0;
        await foreach (OomEvent oom in log.ConfigureAwait(false))
        {
            events++;
            kills += oom.Victims.Length;
        }

        return new Tally(events, kills);
    }

    /// <summary>Throws unless a contestant found what the log is known to hold.</summary>
    internal static void Verify(string contestant, Tally found, long reports)
    {
        if (found != new Tally(reports, reports))
        {
            throw new InvalidOperationException(
                $"{contestant} found {found.Events} events with {found.Kills} kills in a log of {reports} reports with one victim each: comparing speed would mean nothing.");
        }
    }
}
