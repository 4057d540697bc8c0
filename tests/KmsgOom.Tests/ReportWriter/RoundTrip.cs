using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.SecondOpinion;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Reads what was written, and compares field by field.</summary>
internal static class RoundTrip
{
    public static byte[] Bytes(string log) => Encoding.Latin1.GetBytes(log);

    public static ImmutableArray<OomEvent> Parse(string log) => OomLog.Parse(Bytes(log), Golden.Options);

    /// <summary>Compares the only event of a log with what its records say.</summary>
    public static void AssertSame(OomEvent expected, IEnumerable<OomEvent> events, string log)
    {
        OomEvent[] found = [.. events];
        Assert.True(found.Length == 1, $"{found.Length} events\n{log}");
        AssertSame(expected, found[0], log);
    }

    public static void AssertSame(OomEvent expected, OomEvent found, string log)
    {
        // Where an event stands in its log, and what nobody knows, is another test's business.
        // The Mem-Info block is compared line by line with the grammar, which reads the written text on its own.
        MemInfoAgreement memInfo = new();
        foreach (OomLine line in found.Lines.Where(line => line.Section == OomSections.MemInfo && found.Memory is not null))
        {
            Assert.True(memInfo.Compare(found.Memory!, line.Text) is null, $"{line.Text}: {memInfo.Compare(found.Memory!, line.Text)}\n{log}");
        }

        OomEvent comparable = found with { Id = "", Source = default, Memory = null, UnknownLines = [], IsInterleaved = expected.IsInterleaved, LostMessages = expected.LostMessages };
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

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
}
