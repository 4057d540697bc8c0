using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>How long after the last kill of an event another event of the same machine began, where that is so short that memory may not have come back.</summary>
/// <param name="Time">The time between; less than nothing where reports run into each other.</param>
/// <param name="IsOfWholeSeconds">Whether the log's clock has only seconds: it may be up to one more.</param>
internal readonly record struct KillGap(TimeSpan Time, bool IsOfWholeSeconds)
{
    private static readonly TimeSpan Freeing = TimeSpan.FromSeconds(1);

    // As much may a wall clock be set while the machine runs; more is another boot.
    private static readonly TimeSpan OtherBoot = TimeSpan.FromMinutes(10);

    /// <summary>Gets the gap; null where there was no kill before, or it is longer, or the log does not tell.</summary>
    public static KillGap? Of(OomEvent oomEvent, OomEvent? previous)
    {
        if (previous is null || previous.Host != oomEvent.Host || (oomEvent.Host is null && previous.Source.Path != oomEvent.Source.Path))
        {
            return null;
        }

        Int128? uptime = oomEvent.Uptime is { } since && (previous.Victims.Select(victim => victim.Uptime).Max() ?? previous.Uptime) is { } killed
            ? (Int128)since.Ticks - killed.Ticks : null;
        OomTimestamp? kill = previous.Victims.Length > 0 && previous.Victims[^1].Time is { } last ? last : previous.Time;
        Int128? wall = oomEvent.Time is { } now && kill is { } then && now.Offset is null == then.Offset is null
            ? (Int128)now.DateTime.Ticks - (now.Offset?.Ticks ?? 0) - then.DateTime.Ticks + (then.Offset?.Ticks ?? 0) : null;
        if ((uptime ?? wall) is not { } ticks || ticks <= -Freeing.Ticks || ticks >= Freeing.Ticks || (wall is { } apart && Int128.Abs(apart - ticks) > OtherBoot.Ticks))
        {
            return null;
        }

        return new KillGap(TimeSpan.FromTicks((long)ticks), uptime is null && ticks % TimeSpan.TicksPerSecond == 0);
    }

    /// <summary>Says how long it was.</summary>
    public override string ToString() =>
        IsOfWholeSeconds ? "less than 1 s" : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Time.TotalMilliseconds):F0} ms");
}
