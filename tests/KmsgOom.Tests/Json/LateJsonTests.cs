using System.Buffers;
using System.Text;
using System.Text.Json;
using KmsgOom.Json;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Json;

/// <summary>What is written of the bytes of a log, without strings of them.</summary>
public sealed class LateJsonTests
{
    [CapturesFact]
    public void What_is_written_of_the_bytes_of_a_log_is_what_its_strings_are()
    {
        foreach (string path in CaptureLogs.BestForms())
        {
            foreach (OomEvent oomEvent in CaptureLogs.Parse(path))
            {
                OomEvent same = oomEvent with { CallTrace = oomEvent.CallTrace, Registers = oomEvent.Registers };
                Assert.Equal(OomJson.ToJson(same), OomJson.ToJson(oomEvent));
            }
        }
    }

    [Theory]
    [InlineData("frame+0x1/0x2")]
    [InlineData("\"quoted\" \\ \t <b>&\u00E9\u3042\uD83D\uDE00")]
    [InlineData(" blanks around ")]
    [InlineData("\u00A0other blanks around\u0085")]
    [InlineData("\uFFFD replaced before")]
    [InlineData("")]
    [InlineData(" ")]
    public void A_text_of_a_log_is_written_as_its_string_is(string text)
    {
        foreach (byte[] bytes in new byte[][] { Encoding.UTF8.GetBytes(text), [(byte)'a', 0xFF, .. Encoding.UTF8.GetBytes(text), 0xC3, (byte)'z'], [.. Encoding.UTF8.GetBytes(text), 0xE2] })
        {
            LateTexts frames = new(bytes, [new(0, bytes.Length)]);
            LateRegisters registers = new(bytes, [new(new(0, bytes.Length), new(0, bytes.Length))]);
            OomEvent late = OomJsonTests.Least with { LateCallTrace = frames, LateRegisters = registers };
            Assert.Equal(OomJson.ToJson(OomJsonTests.Least with { CallTrace = late.CallTrace, Registers = late.Registers }), OomJson.ToJson(late));

            OomEvidence evidence = new(new KeptLines(bytes, [new KeptLine(7, 0, bytes.Length, OomSections.Victim)]), 0);
            OomEvidence made = new(evidence.Line, evidence.Text);
            Assert.Equal(made, evidence);
            Assert.Equal(made.GetHashCode(), evidence.GetHashCode());
            Assert.Equal(Written(made), Written(evidence));
        }

        static string Written(OomEvidence evidence)
        {
            ArrayBufferWriter<byte> output = new();
            using Utf8JsonWriter writer = new(output);
            writer.WriteEvidence(in evidence);
            writer.Flush();
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }
}
