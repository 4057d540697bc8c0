using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Reads what was written, and compares field by field.</summary>
internal static class RoundTrip
{
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static byte[] Bytes(string log) => Encoding.Latin1.GetBytes(log);

    public static ImmutableArray<OomEvent> Parse(string log) => OomLog.Parse(Bytes(log), Golden.Options);

    /// <summary>Compares the only event of a log with what its records say.</summary>
    public static void AssertSame(OomEvent expected, IEnumerable<OomEvent> events, string log) => AssertSame([expected], events, log);

    /// <summary>Compares all events of a log with what its records say.</summary>
    public static void AssertSame(OomEvent[] expected, IEnumerable<OomEvent> events, string log)
    {
        OomEvent[] found = [.. events];
        for (int at = 0; at < Math.Min(found.Length, expected.Length); at++)
        {
            AssertSame(expected[at], found[at], log);
        }

        Assert.True(found.Length == expected.Length, $"{found.Length} events, not {expected.Length}\n{log}");
    }

    public static void AssertSame(OomEvent expected, OomEvent found, string log)
    {
        // Where an event stands in its log, and what nobody knows, is another test's business.
        OomEvent comparable = found with { Id = "", Source = default, UnknownLines = [], Remarks = [], IsInterleaved = expected.IsInterleaved, LostMessages = expected.LostMessages };
        if (expected.Equals(comparable))
        {
            return;
        }

        string[] wanted = Pretty(expected);
        string[] got = Pretty(comparable);
        string difference = string.Join('\n', wanted.Except(got).Select(line => "- " + line).Concat(got.Except(wanted).Select(line => "+ " + line)).Take(24));
        Assert.Fail($"{difference}\n{log}");
    }

    private static string[] Pretty(OomEvent oomEvent)
    {
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(OomJson.ToJson(oomEvent));
        string[] text = System.Text.Json.JsonSerializer.Serialize(document, Indented).Split('\n');
        return [.. text, .. oomEvent.CallTrace.Select(frame => "frame " + frame), .. oomEvent.Registers.Select(register => register.ToString())];
    }
}
