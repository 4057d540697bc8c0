namespace KmsgOom.Insight;

/// <summary>Compares times with and without a zone, and keeps sums in range.</summary>
internal static class HistoryClock
{
    /// <summary>Gets the ticks by which times are ordered: UTC, or what was printed where there is no zone.</summary>
    public static long TicksOf(OomTimestamp time) => time.DateTime.Ticks - (time.Offset?.Ticks ?? 0);

    public static OomTimestamp? Earlier(OomTimestamp? left, OomTimestamp? right) =>
        left is not { } a ? right : right is not { } b ? left : TicksOf(b) < TicksOf(a) ? right : left;

    public static OomTimestamp? Later(OomTimestamp? left, OomTimestamp? right) =>
        left is not { } a ? right : right is not { } b ? left : TicksOf(b) > TicksOf(a) ? right : left;

    public static long Clamp(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
}
