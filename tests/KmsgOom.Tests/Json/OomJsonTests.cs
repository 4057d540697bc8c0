using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Json;

public sealed partial class OomJsonTests
{
    internal static readonly OomEvent Least = new()
    {
        Id = "x",
        Kind = OomEventKind.Oom,
        Outcome = OomOutcome.Unfinished,
        Sections = OomSections.Trigger,
        Source = new OomSource(null, 1, 0, 1, 0),
    };

    [Fact]
    public void Any_event_comes_back_equal() =>
        GenEvent.Event.Sample(
            oomEvent =>
            {
                ArrayBufferWriter<byte> output = new();
                OomJson.WriteLine(output, oomEvent);
                return OomJson.Parse(output.WrittenSpan) == oomEvent && OomJson.Parse(OomJson.ToJson(oomEvent)) == oomEvent;
            },
            print: OomJson.ToJson,
            iter: 2000);

    [Fact]
    public void Any_line_keeps_the_rules_of_the_schema() =>
        GenEvent.Event.Sample(
            oomEvent =>
            {
                ArrayBufferWriter<byte> output = new();
                OomJson.WriteLine(output, oomEvent);
                Assert.Equal(output.WrittenCount - 1, output.WrittenSpan.IndexOf((byte)'\n'));
                using JsonDocument document = JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { AllowDuplicateProperties = false });
                AssertIsTidy(document.RootElement, isNamedByLog: false);
                AssertAgrees(document.RootElement);
            },
            print: OomJson.ToJson,
            iter: 500);

    [Fact]
    public void Damaged_json_is_refused_and_nothing_else_happens() =>
        Gen.Select(GenEvent.Event.Select(OomJson.ToJson), Gen.Int[0, int.MaxValue], Gen.Int[0, 3], Gen.OneOf("", "\"", "{", "null", "-", "1e999", "\\ud800", "0.5"))
            .Sample(
                (json, at, length, inserted) =>
                {
                    int start = at % json.Length;
                    string damaged = json.Remove(start, Math.Min(length, json.Length - start)).Insert(start, inserted);
                    try
                    {
                        OomJson.Parse(damaged);
                    }
                    catch (JsonException)
                    {
                    }
                },
                iter: 2000);

    [Fact]
    public void The_line_reads_like_the_contract()
    {
        OomEvent oomEvent = Least with
        {
            Id = "k3s/4f1c9a",
            Outcome = OomOutcome.Killed,
            Scope = OomScope.Memcg,
            Constraint = OomConstraint.Memcg,
            ConstraintText = "CONSTRAINT_MEMCG",
            Missing = OomSections.CallTrace | OomSections.MemInfo,
            Source = new OomSource("kern.log", 1042, 88231, 42, 3),
            Host = "k3s",
            Time = new OomTimestamp(new DateTime(2019, 4, 27, 22, 56, 9), null, OomTimeSource.Printed),
            Uptime = new TimeSpan(123456789010),
            IsInterleaved = true,
            SuppressedBefore = 14,
            LostMessages = 3,
            Kernel = new OomKernel { Release = "4.15.0-46-generic", Version = "#49-Ubuntu" },
            Trigger = new OomTrigger { Name = new TaskName("stress"), Pid = 32332, GfpMask = 0x14000c0, GfpFlags = ["GFP_KERNEL"], Order = -1, OomAdj = -17 },
            Registers = [new OomRegister("RIP", "0033:0x558182259cf0")],
            Memcg = new OomMemcg
            {
                Path = "/kubepods",
                Memory = new OomMemcgUsage(125952, 125952, 3632),
                MemorySwap = new OomMemcgUsage(0, 9007199254740988, 0),
                Stats = [new OomMemcgStats("/kubepods", [new OomMemcgStat("rss", 126517248)])],
            },
            PageSizeSource = OomPageSizeSource.Log,
            Tasks = [new OomTask { Pid = 7, Tgid = 7, Uid = 4294967294, TotalVmPages = 27661, RssPages = 24953, PageTablesBytes = 253952, OomScoreAdj = 939 }],
            OtherTaskColumns = ["nrss"],
            OtherTaskValues = [12],
            Victims =
            [
                new OomVictim
                {
                    Pid = 7,
                    Name = new TaskName("stress"),
                    Score = 1718,
                    Time = new OomTimestamp(new DateTime(2019, 4, 27, 22, 56, 9).AddMicroseconds(5), new TimeSpan(-3, -30, 0), OomTimeSource.Boot),
                    AnonRssKiB = 99620,
                    Reaper = new OomReaper { Outcome = OomReaperOutcome.Unable },
                },
            ],
        };

        const string Expected = """
            {"schema":"kmsgoom/1","id":"k3s/4f1c9a","revision":1,"kind":"oom",
            "source":{"path":"kern.log","line":1042,"byte_offset":88231,"line_count":42,"foreign_lines":3},"host":"k3s",
            "time":"2019-04-27T22:56:09","time_source":"printed","uptime_seconds":12345.678901,"scope":"memcg","constraint":"CONSTRAINT_MEMCG",
            "outcome":"killed","complete":false,"missing":["call_trace","mem_info"],"sections":["trigger"],"interleaved":true,"suppressed_before":14,
            "lost_messages":3,"kernel":{"release":"4.15.0-46-generic","version":"#49-Ubuntu"},
            "trigger":{"comm":"stress","pid":32332,"gfp_mask":"0x14000c0","gfp_flags":["GFP_KERNEL"],"gfp_flags_source":"printed","order":-1,"oom_adj":-17,
            "manual":true},"registers":{"RIP":"0033:0x558182259cf0"},
            "memcg":{"path":"/kubepods","memory":{"usage_bytes":128974848,"limit_bytes":128974848,"failcnt":3632},
            "memory_swap":{"usage_bytes":0,"unlimited":true,"limit_printed_kb":9007199254740988,"failcnt":0},
            "stats":[{"path":"/kubepods","values":{"rss":126517248}}]},"page_size_bytes":4096,"page_size_source":"log","other_task_columns":["nrss"],
            "tasks":[{"pid":7,"uid":4294967294,"tgid":7,"total_vm_bytes":113299456,"rss_bytes":102207488,"pgtables_bytes":253952,"oom_score_adj":939,
            "comm":"","other":{"nrss":12}}],
            "victims":[{"pid":7,"comm":"stress","score":1718,"time":"2019-04-27T22:56:09.000005-03:30","time_source":"boot","anon_rss_bytes":102010880,
            "reaper":{"outcome":"unable"}}]}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), OomJson.ToJson(oomEvent));
        Assert.Equal(oomEvent, OomJson.Parse(OomJson.ToJson(oomEvent)));
    }

    [Fact]
    public void What_the_log_did_not_say_is_left_out()
    {
        const string Expected = """
            {"schema":"kmsgoom/1","id":"x","revision":1,"kind":"oom","source":{"line":1,"byte_offset":0,"line_count":1,"foreign_lines":0},
            "scope":"unknown","outcome":"unfinished","complete":true,"sections":["trigger"],"page_size_bytes":4096,"page_size_source":"assumed"}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), OomJson.ToJson(Least));
    }

    [Fact]
    public void Every_value_of_an_enumeration_has_a_word_of_its_own()
    {
        AssertAll<OomEventKind>(value => Least with { Kind = value });
        AssertAll<OomOutcome>(value => Least with { Outcome = value });
        AssertAll<OomScope>(value => Least with { Scope = value });
        AssertAll<OomSections>(value => Least with { Sections = value, Missing = value });
        AssertAll<OomPageSizeSource>(value => Least with { PageSizeSource = value });
        AssertAll<OomTimeSource>(value => Least with { Time = new OomTimestamp(DateTime.UnixEpoch, TimeSpan.Zero, value) });
        AssertAll<OomReaperOutcome>(value => Least with { Victims = [new OomVictim { Reaper = new OomReaper { Outcome = value } }] });

        static void AssertAll<T>(Func<T, OomEvent> make)
            where T : struct, Enum
        {
            foreach (T value in Enum.GetValues<T>())
            {
                Assert.Equal(make(value), OomJson.Parse(OomJson.ToJson(make(value))));
            }
        }
    }

    [Fact]
    public void Sizes_beyond_64_bits_are_written_in_full()
    {
        OomEvent oomEvent = Least with { PageSize = 65536, Tasks = [new OomTask { RssPages = long.MaxValue, TotalVmPages = long.MinValue }] };
        string json = OomJson.ToJson(oomEvent);
        Assert.Contains("\"rss_bytes\":604462909807314587287552,", json, StringComparison.Ordinal);
        Assert.Contains("\"total_vm_bytes\":-604462909807314587353088,", json, StringComparison.Ordinal);
        Assert.Equal(oomEvent, OomJson.Parse(json));
    }

    [Fact]
    public void Names_that_are_not_utf8_are_readable_and_stay_so()
    {
        byte[] bytes = [(byte)'a', .. Enumerable.Repeat((byte)0xFF, 14)];
        OomEvent oomEvent = Least with { Victims = [new OomVictim { Name = new TaskName(bytes) }] };
        string json = OomJson.ToJson(oomEvent);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("a" + new string('\ufffd', 14), document.RootElement.GetProperty("victims")[0].GetProperty("comm").GetString());

        // 14 replacements of three bytes each do not fit a name: the rest is lost, the beginning is not.
        Assert.StartsWith("a\ufffd\ufffd\ufffd\ufffd", OomJson.Parse(json).Victims[0].Name.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_kernel_cut_within_a_character_is_written_the_same_again()
    {
        OomEvent oomEvent = Least with { Trigger = new OomTrigger { Name = new TaskName("aaaaaaaaaaaaa\u20ac"u8) } };
        string json = OomJson.ToJson(oomEvent);
        Assert.Contains("\"comm\":\"aaaaaaaaaaaaa\ufffd\"", json, StringComparison.Ordinal);
        Assert.Equal(json, OomJson.ToJson(OomJson.Parse(json)));
    }

    [Fact]
    public void Any_bytes_of_a_name_can_be_written_and_read() =>
        Gen.Byte.Array[0, TaskName.MaxLength].Sample(
            bytes => OomJson.Parse(OomJson.ToJson(Least with { Trigger = new OomTrigger { Name = new TaskName(bytes) } })).Trigger is not null,
            iter: 1000);

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement() =>
        Assert.Equal("a\ufffdb", OomJson.Parse(OomJson.ToJson(Least with { Host = "a\ud800b" })).Host);

    [Fact]
    public void Repeated_names_keep_their_places()
    {
        OomEvent oomEvent = Least with
        {
            Registers = [new("RIP", "1"), new("RSP", "2"), new("RIP", "3"), new("CR2", "4"), new("RIP", "5")],
            Memcg = new OomMemcg { Stats = [new OomMemcgStats("/", [new("a", 1), new("a", 2), new("b", 3)])] },
            Tasks = [default, default],
            OtherTaskColumns = ["cpu", "x", "cpu"],
            OtherTaskValues = [1, 2, 3, 4, 5, 6],
        };
        string json = OomJson.ToJson(oomEvent);
        string[] parts =
        [
            """
            "registers":{"RIP":"1","RSP":"2","CR2":"4"},"registers_repeated":[{"index":2,"name":"RIP","value":"3"},{"index":4,"name":"RIP","value":"5"}]
            """,
            """
            "values":{"a":1,"b":3},"values_repeated":[{"index":1,"name":"a","value":2}]
            """,
            """
            "other":{"cpu":1,"x":2},"other_repeated":[3]
            """,
        ];
        Assert.All(parts, part => Assert.Contains(part, json, StringComparison.Ordinal));
        Assert.Equal(oomEvent, OomJson.Parse(json));
    }

    [Fact]
    public void Names_of_later_versions_are_ignored()
    {
        string json = OomJson.ToJson(Least).Replace("\"schema\"", "\"analysis\":{\"a\":[1,{}]},\"schema\"", StringComparison.Ordinal);
        Assert.Equal(Least, OomJson.Parse(json));
    }

    [Fact]
    public void Decoded_flags_are_a_conclusion_and_not_read()
    {
        OomEvent oomEvent = Least with { Trigger = new OomTrigger { GfpMask = 0xd0, GfpFlags = ["GFP_KERNEL"] } };
        string json = OomJson.ToJson(oomEvent).Replace("\"printed\"", "\"decoded\"", StringComparison.Ordinal);
        Assert.Equal(new OomTrigger { GfpMask = 0xd0 }, OomJson.Parse(json).Trigger);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "An event is a JSON object.")]
    [InlineData("[]", "An event is a JSON object.")]
    [InlineData("{}", "This is no event: it has no \"schema\": \"kmsgoom/1\".")]
    [InlineData("""{"schema":"kmsgoom/2","id":{}}""", "schema: only \"kmsgoom/1\" is understood.")]
    [InlineData("""{"schema":1}""", "schema: only \"kmsgoom/1\" is understood.")]
    [InlineData("""{"schema":"kmsgoom/1"}""", "id: is missing.")]
    [InlineData("""{"schema":"kmsgoom/1","id":"x"}""", "kind: is missing.")]
    [InlineData("""{"schema":"kmsgoom/1","id":"x","kind":"Oom"}""", "kind: \"Oom\" is not known.")]
    [InlineData("""{"schema":"kmsgoom/1","id":"x","kind":"oom","outcome":"panic"}""", "source: is missing.")]
    [InlineData("""{"schema":"kmsgoom/1"} {}""", "")]
    [InlineData("""{"\ud800":1}""", "The text is not valid Unicode.")]
    public void What_is_not_an_event_is_refused(string json, string message)
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(() => OomJson.Parse(json));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"time":"yesterday"}""", "time: ")]
    [InlineData("""{"time":"2019-04-27T22:56:09+99:00"}""", "time: ")]
    [InlineData("""{"uptime_seconds":1e28}""", "uptime_seconds: ")]
    [InlineData("""{"trigger":{"gfp_mask":"14000c0"}}""", "gfp_mask: ")]
    [InlineData("""{"call_trace":[null]}""", "call_trace: ")]
    [InlineData("""{"tasks":[null]}""", "tasks: ")]
    [InlineData("""{"tasks":[{"comm":"a"}]}""", "tasks.pid: ")]
    [InlineData("""{"tasks":[{"pid":1}]}""", "comm: ")]
    [InlineData("""{"tasks":[{"pid":1,"comm":"a","rss_bytes":4097}]}""", "rss_bytes: 4097 ")]
    [InlineData("""{"tasks":[{"pid":1,"comm":"a"}],"other_task_columns":["cpu"]}""", "tasks.other: ")]
    [InlineData("""{"page_size_bytes":0}""", "page_size_bytes: ")]
    [InlineData("""{"memcg":{"memory":{"usage_bytes":1024}}}""", "limit_bytes: ")]
    [InlineData("""{"memcg":{"memory":{"usage_bytes":79228162514264337593543950335,"unlimited":true}}}""", "usage_bytes: ")]
    [InlineData("""{"registers":{"RIP":null}}""", "registers: ")]
    [InlineData("""{"registers":{"RIP":"1"},"registers_repeated":[{"index":2,"name":"RIP","value":"2"}]}""", "registers_repeated: ")]
    public void Impossible_values_are_refused_by_name(string members, string message)
    {
        string json = OomJson.ToJson(Least with { PageSize = 4096 }).Replace("\"page_size_bytes\":4096,", "", StringComparison.Ordinal)[..^1] + "," + members[1..];
        JsonException exception = Assert.ThrowsAny<JsonException>(() => OomJson.Parse(json));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"other_task_columns":["cpu"]}""")]
    [InlineData("""{"tasks":[]}""")]
    [InlineData("""{"time":"2019-04-27T22:56:09+00:00","time_source":"boot"}""")]
    [InlineData("""{"memcg":{"kmem":{"usage_bytes":0,"unlimited":true,"failcnt":0}}}""")]
    [InlineData("""{"tasks":[{"pid":1,"comm":"a","other":{"cpu":3}}]}""")]
    public void What_others_leave_out_or_write_otherwise_is_understood(string members)
    {
        OomEvent oomEvent = OomJson.Parse(OomJson.ToJson(Least)[..^1] + "," + members[1..]);
        Assert.Equal(oomEvent, OomJson.Parse(OomJson.ToJson(oomEvent)));
    }

    [Fact]
    public void A_writer_of_the_caller_decides_about_its_form()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            OomJson.Write(writer, Least);
            OomJson.Write(writer, Least);
            writer.WriteEndArray();
        }

        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        Assert.All(document.RootElement.EnumerateArray(), element => Assert.Equal(Least, OomJson.Parse(element.GetRawText())));
    }

    [Fact]
    public void Lines_follow_each_other_and_a_failure_spoils_none()
    {
        ArrayBufferWriter<byte> output = new();
        OomJson.WriteLine(output, Least);
        Assert.ThrowsAny<Exception>(() => OomJson.WriteLine(new ArrayBufferWriter<byte>(), Least with { Kind = (OomEventKind)99 }));
        OomJson.WriteLine(output, Least with { Host = "中\"" });
        string[] lines = Encoding.UTF8.GetString(output.WrittenSpan).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(Least, OomJson.Parse(lines[0]));
        Assert.Contains("\"host\":\"中\\\"\"", lines[1], StringComparison.Ordinal);
        Assert.Empty(lines[2]);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex SnakeCase();

    /// <summary>No null, no empty list or object; names are snake_case unless the log made them.</summary>
    private static void AssertIsTidy(JsonElement element, bool isNamedByLog)
    {
        Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
        if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.NotEqual(0, element.GetArrayLength());
            Assert.All(element.EnumerateArray(), item => AssertIsTidy(item, isNamedByLog: false));
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            Assert.NotEqual(0, element.GetPropertyCount());
            foreach (JsonProperty property in element.EnumerateObject())
            {
                Assert.True(isNamedByLog || SnakeCase().IsMatch(property.Name), property.Name);
                AssertIsTidy(property.Value, property.Name is "registers" or "values" or "other");
            }
        }
    }

    /// <summary>What follows from other members agrees with them.</summary>
    private static void AssertAgrees(JsonElement root)
    {
        Assert.Equal("kmsgoom/1", root.GetProperty("schema").GetString());
        Assert.NotEqual(root.TryGetProperty("missing", out _), root.GetProperty("complete").GetBoolean());
        Assert.Equal(root.TryGetProperty("time", out _), root.TryGetProperty("time_source", out _));
        Assert.True(root.TryGetProperty("page_size_bytes", out _));
        if (root.TryGetProperty("trigger", out JsonElement trigger))
        {
            Assert.Equal(trigger.TryGetProperty("order", out JsonElement order) && order.GetInt32() == -1, trigger.TryGetProperty("manual", out _));
            Assert.Equal(trigger.TryGetProperty("gfp_flags", out _), trigger.TryGetProperty("gfp_flags_source", out _));
        }
    }
}
