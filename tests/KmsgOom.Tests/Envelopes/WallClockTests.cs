using KmsgOom.Envelopes;

namespace KmsgOom.Tests.Envelopes;

public sealed class WallClockTests
{
    private static long Noon => new DateTime(2026, 11, 23, 12, 0, 0).Ticks;

    [Fact]
    public void Default_IsAbsent()
    {
        Assert.False(default(WallClock).IsPresent);
        Assert.Null(default(WallClock).ToTimestamp());
    }

    [Fact]
    public void Timestamp_WithoutOffset_HasNone()
    {
        OomTimestamp time = new WallClock(Noon, 0, false, false).ToTimestamp()!.Value;

        Assert.Equal(new DateTime(2026, 11, 23, 12, 0, 0), time.DateTime);
        Assert.Equal(DateTimeKind.Unspecified, time.DateTime.Kind);
        Assert.Null(time.Offset);
        Assert.Equal(OomTimeSource.Printed, time.Source);
    }

    [Fact]
    public void Timestamp_WithOffset_KeepsThePrintedTime()
    {
        OomTimestamp time = new WallClock(Noon, -330, true, false).ToTimestamp()!.Value;

        Assert.Equal(new DateTime(2026, 11, 23, 12, 0, 0), time.DateTime);
        Assert.Equal(TimeSpan.FromMinutes(-330), time.Offset);
    }

    [Fact]
    public void Timestamp_WithInferredYear_SaysSo() =>
        Assert.Equal(OomTimeSource.YearInferred, new WallClock(Noon, 0, false, true).ToTimestamp()!.Value.Source);

    [Fact]
    public void Order_AcrossOffsets_IsThatOfUtc()
    {
        WallClock utc = new(Noon, 0, true, false);
        WallClock eastButSame = new(Noon + TimeSpan.TicksPerHour, 60, true, false);
        WallClock west = new(Noon, -60, true, false);

        Assert.Equal(utc.Order, eastButSame.Order);
        Assert.True(west.Order > utc.Order);
    }
}
