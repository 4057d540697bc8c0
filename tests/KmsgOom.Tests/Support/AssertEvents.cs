namespace KmsgOom.Tests.Support;

/// <summary>Compares events value by value; on a difference it shows the JSON of the first events that differ.</summary>
internal static class AssertEvents
{
    public static void Same(IEnumerable<OomEvent> expected, IEnumerable<OomEvent> events)
    {
        OomEvent[] wanted = [.. expected];
        OomEvent[] found = [.. events];
        for (int at = 0; at < Math.Min(wanted.Length, found.Length); at++)
        {
            if (!wanted[at].Equals(found[at]))
            {
                Assert.Equal(OomJson.ToJson(wanted[at]), OomJson.ToJson(found[at]));
                Assert.Fail($"Event {at} differs in what JSON does not show.");
            }
        }

        Assert.Equal(wanted.Length, found.Length);
    }
}
