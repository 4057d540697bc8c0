using KmsgOom.Envelopes;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

public sealed class WallClockTextTests
{
    [Theory]
    [InlineData("2019 Nov 23 18:17:07 n1", 20, "2019-11-23T18:17:07.0000000")]
    [InlineData("2019 Nov  3 18:17:07.123456 n1", 27, "2019-11-03T18:17:07.1234560")]
    [InlineData("Nov 23 2019 18:17:07 n1", 20, "2019-11-23T18:17:07.0000000")]
    [InlineData("Nov 23 18:17:07 2019 n1", 20, "2019-11-23T18:17:07.0000000")]
    [InlineData("Nov 23 18:17:07.5 2019 n1", 22, "2019-11-23T18:17:07.5000000")]
    [InlineData("Nov 23 18:17:07 n1", 0, null)]
    [InlineData("Nov 23 18:17:07 2019", 0, null)]
    [InlineData("Nov 23 18:17:07 20190 n1", 0, null)]
    [InlineData("2019 Nov 31 18:17:07 n1", 0, null)]
    [InlineData("0019 Nov 23 18:17:07 n1", 0, null)]
    [InlineData("2019 Nov", 0, null)]
    [InlineData("2019", 0, null)]
    [InlineData("", 0, null)]
    public void Rfc3164_WithAYear_IsReadWhole(string text, int length, string? time)
    {
        Assert.Equal(length, WallClockText.TakeRfc3164WithYear(Latin1.Bytes(text), out WallClock clock));
        Assert.Equal((length > 0, false), (clock.IsPresent, clock.IsYearInferred));
        Assert.Equal(time, length > 0 ? new DateTime(clock.Ticks).ToString("O", System.Globalization.CultureInfo.InvariantCulture) : null);
        for (int end = 0; end < text.Length; end++)
        {
            WallClockText.TakeRfc3164WithYear(Latin1.Bytes(text[..end]), out _);
        }
    }

    [Theory]
    [InlineData("2026-11-30", "Nov 30 23:59:59", "2026-11-30T23:59:59")]
    [InlineData("2026-11-30", "Nov  1 00:00:00", "2026-11-01T00:00:00")]
    [InlineData("2026-11-30", "Dec 31 23:59:59", "2025-12-31T23:59:59")]
    [InlineData("2026-01-02", "Dec 31 23:59:59", "2025-12-31T23:59:59")]
    [InlineData("2026-01-02", "Jan  1 00:00:00", "2026-01-01T00:00:00")]
    [InlineData("2026-01-01", "Jan  2 10:00:00", "2026-01-02T10:00:00")]
    [InlineData("2026-01-01", "Jan  3 10:00:00", "2025-01-03T10:00:00")]
    [InlineData("2025-12-31", "Jan  1 00:00:01", "2026-01-01T00:00:01")]
    [InlineData("2024-03-01", "Feb 29 12:00:00", "2024-02-29T12:00:00")]
    [InlineData("2026-11-30", "Feb 29 12:00:00", "2024-02-29T12:00:00")]
    [InlineData("2024-02-20", "Feb 29 12:00:00", "2020-02-29T12:00:00")]
    public void Rfc3164_WithoutYear_IsTheNewestThatIsNotAhead(string newest, string text, string expected)
    {
        DateOnly date = DateOnly.ParseExact(newest, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        int taken = WallClockText.TakeRfc3164(Latin1.Bytes(text), date, out WallClock clock);

        Assert.Equal(text.Length, taken);
        Assert.Equal(expected, clock.ToTimestamp().ToString());
        Assert.Equal(OomTimeSource.YearInferred, clock.ToTimestamp()!.Value.Source);
    }

    [Theory]
    [InlineData("2023-12-04T10:49:30 host", 19, "2023-12-04T10:49:30")]
    [InlineData("2023-12-04T10:49:30Z host", 20, "2023-12-04T10:49:30Z")]
    [InlineData("2023-12-04T10:49:30.1+14:00 host", 27, "2023-12-04T10:49:30.100000+14:00")]
    [InlineData("2023-12-04T10:49:30.123456789Z host", 30, "2023-12-04T10:49:30.123456Z")]
    [InlineData("2023-12-04T10:49:30-0000 host", 24, "2023-12-04T10:49:30Z")]
    [InlineData("2000-02-29T23:59:59Z", 20, "2000-02-29T23:59:59Z")]
    public void Iso_WithAndWithoutZone_IsTakenWhole(string text, int length, string expected)
    {
        int taken = WallClockText.TakeIso(Latin1.Bytes(text), (byte)'T', out WallClock clock, out bool isComma);

        Assert.Equal(length, taken);
        Assert.Equal(expected, clock.ToTimestamp().ToString());
        Assert.Equal(OomTimeSource.Printed, clock.ToTimestamp()!.Value.Source);
        Assert.False(isComma);
    }

    [Theory]
    [InlineData("2023-02-29T10:49:30Z")]
    [InlineData("1900-02-29T10:49:30Z")]
    [InlineData("2023-13-04T10:49:30Z")]
    [InlineData("2023-00-04T10:49:30Z")]
    [InlineData("2023-12-00T10:49:30Z")]
    [InlineData("2023-12-32T10:49:30Z")]
    [InlineData("2023-12-04T24:00:00Z")]
    [InlineData("2023-12-04T10:60:00Z")]
    [InlineData("2023-12-04T10:00:61Z")]
    [InlineData("0000-12-04T10:49:30Z")]
    [InlineData("2023-12-04 10:49:30Z")]
    [InlineData("2023-12-04T10:49:3")]
    [InlineData("20x3-12-04T10:49:30Z")]
    [InlineData("")]
    public void Iso_OfNoCalendar_IsNotTaken(string text)
    {
        Assert.Equal(0, WallClockText.TakeIso(Latin1.Bytes(text), (byte)'T', out WallClock clock, out _));
        Assert.False(clock.IsPresent);
    }

    [Theory]
    [InlineData("Mai 14 23:17:24")]
    [InlineData("May 32 23:17:24")]
    [InlineData("May  0 23:17:24")]
    [InlineData("Feb 30 23:17:24")]
    [InlineData("May 14 23-17-24")]
    [InlineData("May 14 23:17")]
    [InlineData("may 14 23:17:24")]
    public void Rfc3164_OfNoCalendar_IsNotTaken(string text)
    {
        Assert.Equal(0, WallClockText.TakeRfc3164(Latin1.Bytes(text), new DateOnly(2026, 11, 30), out WallClock clock));
        Assert.False(clock.IsPresent);
    }

    [Theory]
    [InlineData("Sat Apr 27 22:56:09 2019", "2019-04-27T22:56:09")]
    [InlineData("Sat Apr  6 22:56:09 2019] text", "2019-04-06T22:56:09")]
    public void Ctime_Printed_IsTaken(string text, string expected)
    {
        Assert.Equal(24, WallClockText.TakeCtime(Latin1.Bytes(text), out WallClock clock));
        Assert.Equal(expected, clock.ToTimestamp().ToString());
    }

    [Theory]
    [InlineData("1556405769.123456 host", 17, "2019-04-27T22:56:09.123456Z")]
    [InlineData("0000000001.000000 host", 17, "1970-01-01T00:00:01Z")]
    [InlineData("9999999999.999999 host", 17, "2286-11-20T17:46:39.999999Z")]
    public void Unix_Printed_IsTaken(string text, int length, string expected)
    {
        Assert.Equal(length, WallClockText.TakeUnix(Latin1.Bytes(text), out WallClock clock));
        Assert.Equal(expected, clock.ToTimestamp().ToString());
    }

    [Theory]
    [InlineData("155640576.123456 host")]
    [InlineData("15564057690.123456 host")]
    [InlineData("1556405769,123456 host")]
    [InlineData("1556405769.")]
    public void Unix_OfAnotherWidth_IsNotTaken(string text) => Assert.Equal(0, WallClockText.TakeUnix(Latin1.Bytes(text), out _));

    [Fact]
    public void Iso_LeapSecond_IsTheNextSecond()
    {
        WallClockText.TakeIso("2016-12-31T23:59:60Z"u8, (byte)'T', out WallClock clock, out _);

        Assert.Equal("2017-01-01T00:00:00Z", clock.ToTimestamp().ToString());
    }

    /// <summary>No line of a log may make the parser throw, not even one from the end of time.</summary>
    [Theory]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("9999-12-31T23:59:60.999999+00:00")]
    public void Iso_BehindTheLastDate_DoesNotThrow(string text)
    {
        WallClockText.TakeIso(Latin1.Bytes(text), (byte)'T', out WallClock clock, out _);

        Assert.Null(Record.Exception(() => clock.ToTimestamp()));
    }
}
