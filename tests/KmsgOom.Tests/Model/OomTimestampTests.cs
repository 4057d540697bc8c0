using System.Globalization;

namespace KmsgOom.Tests.Model;

public sealed class OomTimestampTests
{
    [Theory]
    [InlineData("2026-11-23T18:17:16.0000000", null, "2026-11-23T18:17:16")]
    [InlineData("2026-11-23T18:17:16.1234560", null, "2026-11-23T18:17:16.123456")]
    [InlineData("2026-11-23T18:17:16.1000000", null, "2026-11-23T18:17:16.100000")]
    [InlineData("2026-11-23T18:17:16.0000010", 0, "2026-11-23T18:17:16.000001Z")]
    [InlineData("2026-11-23T18:17:16.0000000", 0, "2026-11-23T18:17:16Z")]
    [InlineData("2026-11-23T18:17:16.0000000", 60, "2026-11-23T18:17:16+01:00")]
    [InlineData("2026-11-23T18:17:16.1234560", 345, "2026-11-23T18:17:16.123456+05:45")]
    [InlineData("2026-11-23T18:17:16.0000000", -210, "2026-11-23T18:17:16-03:30")]
    [InlineData("2026-11-23T18:17:16.0000000", 840, "2026-11-23T18:17:16+14:00")]
    [InlineData("0001-01-02T00:00:00.0000000", null, "0001-01-02T00:00:00")]
    public void Text_OfATime_IsIso8601(string dateTime, int? offsetMinutes, string expected)
    {
        DateTime time = DateTime.ParseExact(dateTime, "yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        TimeSpan? offset = offsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

        Assert.Equal(expected, new OomTimestamp(time, offset, OomTimeSource.Printed).ToString());
    }

    [Fact]
    public void Text_UnderAnotherCulture_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture.DateTimeFormat.DateSeparator = "/";

            Assert.Equal(
                "2026-11-23T18:17:16+01:00",
                new OomTimestamp(new DateTime(2026, 11, 23, 18, 17, 16), TimeSpan.FromHours(1), OomTimeSource.Printed).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Equality_OfTimes_CountsTheSource()
    {
        OomTimestamp time = new(new DateTime(2026, 11, 23), null, OomTimeSource.Printed);

        Assert.Equal(time, time with { });
        Assert.NotEqual(time, time with { Source = OomTimeSource.YearInferred });
        Assert.NotEqual(time, time with { Offset = TimeSpan.Zero });
    }
}
