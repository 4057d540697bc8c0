using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>What one tool printed, another may wrap line by line: further lines of a message, which have blanks in place of the stamp, are wrapped too.</summary>
public class WrappedFormTests
{
    private static readonly string[] Forms =
    [
        "6.1-amd64-v2-k8s.dmesg", "6.1-amd64-v2-k8s.dmesg-T", "6.1-amd64-v2-k8s-podlimit.dmesg-Tx", "6.1-amd64-v2-k8s.dmesg-color", "6.1-amd64-v2-k8s.dmesg-reltime",
        "6.1-amd64-global-swap.dmesg-delta", "5.10-amd64-global-allocating-task.dmesg-iso", "5.10-amd64-v1-k8s-swap.dmesg-x", "5.10-amd64-global-swap.dmesg",
        "5.10-amd64-bullseye-systemd-global.journal-k-short-precise", "5.10-amd64-bullseye-systemd-unit.journal-k-short-iso", "4.9-written-memcg.journal-short-iso",
    ];

    // "{0}" is the number of the line, which grows wider.
    private static readonly string[] Wrappers =
    [
        "2024-03-01T10:11:12.1234567Z ", "2024-03-01T10:11:12.123456789Z stdout F ", "Mar 02 06:07:07 ", "[pod/x-1/y] ", "node-1: ", "node-1 | ", "web-1  | ", "> ", "    ", "+",
        "{0}:", "{0,6}\t", "/var/log/dmesg:{0}:", "/var/log/dmesg-{0}-", "\"2024-03-01 10:11:12\",\"h1\",\"{1}\"", "{{\"log\":\"{1}\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-01T10:11:12.1Z\"}}",
        "{0:D3}| ", "<p>{1}</p>", "<li><code>{1}</code></li>", "> `{1}`", "'{1}',", "        + \"{1}\\n\"",
    ];

    private static readonly string[] OfTheWrapper = ["id", "source", "host", "time", "time_source", "boot_time"];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string form in Forms)
        {
            foreach (string wrapper in Wrappers)
            {
                cases.Add(form, wrapper);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Form_InAnotherWrapper_IsReadTheSame(string form, string wrapper)
    {
        string log = Encoding.Latin1.GetString(Golden.Read(form + ".log"));
        string[] expected = Read(Encoding.Latin1.GetBytes(log));
        byte[] wrapped = Wrap(log, wrapper);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Read(wrapped));
        AssertEvents.Same(OomLog.Parse(wrapped, Golden.Options), Chunks.ParseInPieces(wrapped, 1, Golden.Options));
    }

    [Theory]
    [InlineData("6.1-amd64-v2-k8s.dmesg")]
    [InlineData("6.1-amd64-v2-k8s.dmesg-T")]
    public void Form_BehindATimeAndALevel_IsReadTheSame(string form) => Form_InAnotherWrapper_IsReadTheSame(form, "2024-03-01T10:11:12.123456Z DEFAULT ");

    /// <summary>The time of the inner stamp is the event's: the outer one is of whoever ran <c>dmesg</c>, later.</summary>
    [Fact]
    public void Time_IsOfTheInnerStamp()
    {
        string log = Encoding.Latin1.GetString(Golden.Read("6.1-amd64-v2-k8s.dmesg-T.log"));
        OomTimestamp? time = Assert.Single(OomLog.Parse(Encoding.Latin1.GetBytes(log), Golden.Options)).Time;

        Assert.NotNull(time);
        Assert.All(Wrappers, wrapper => Assert.Equal(time, Assert.Single(OomLog.Parse(Wrap(log, wrapper), Golden.Options)).Time));
    }

    /// <summary>A name with a newline parts a trigger, and a search passes over its first line, with the stamp.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("node-1: ")]
    [InlineData("{{\"log\":\"{1}\\n\",\"stream\":\"stdout\",\"time\":\"2024-03-01T10:11:12.1Z\"}}")]
    public void Name_WithANewline_IsReadBehindSkippedText(string wrapper)
    {
        const string Report = """
            [Mon Nov 23 18:00:20 2026] multi
                                       line invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=937
            [Mon Nov 23 18:00:21 2026] Out of memory: Killed process 246 (sh) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:937

            """;
        string quiet = string.Concat(Enumerable.Repeat("[Mon Nov 23 17:00:00 2026] eth0: link becomes ready\n", 200));
        byte[] log = Wrap(quiet + Report, wrapper);

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));
        Assert.Equal("2026-11-23T18:00:20", oomEvent.Time?.ToString());
        AssertEvents.Same([oomEvent], Chunks.ParseWithoutSkipping(log, Golden.Options));
    }

    private static byte[] Wrap(string log, string wrapper)
    {
        string format = wrapper.Contains("{1}", StringComparison.Ordinal) || wrapper.Length == 0 ? wrapper : wrapper + "{1}";
        bool isJson = wrapper.StartsWith("{{", StringComparison.Ordinal);
        bool isQuoted = wrapper.StartsWith('"');
        return Encoding.Latin1.GetBytes(string.Concat(log.TrimEnd('\n').Split('\n').Select((line, number) =>
        {
            line = isJson ? JsonValue.Create(line).ToJsonString()[1..^1]
                : isQuoted ? line.Replace("\"", "\"\"", StringComparison.Ordinal)
                : wrapper.StartsWith('<') ? WebUtility.HtmlEncode(line) : line;
            return (format.Length == 0 ? line : string.Format(null, format, number + 1, line)) + "\n";
        })));
    }

    private static string[] Read(byte[] log) =>
    [
        .. OomLog.Parse(log, Golden.Options).Select(oomEvent =>
        {
            JsonObject json = JsonNode.Parse(OomJson.ToJson(oomEvent))!.AsObject();
            JsonObject[] timed = [json, .. (json["victims"] as JsonArray ?? []).Select(victim => victim!.AsObject())];
            foreach (string name in OfTheWrapper)
            {
                Array.ForEach(timed, part => part.Remove(name));
            }

            return json.ToJsonString();
        }),
    ];
}
