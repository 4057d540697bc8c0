using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Envelopes;

/// <summary>Records of many lines end where a line is no part of them: what stands there is lost with none of them.</summary>
public sealed class RecordEndTests
{
    private const string Kill = "[   77.500000] Out of memory: Killed process 5 (a) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0";
    private const string Other = "Out of memory: Killed process 6 (b) total-vm:8kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0";
    private const string Export = "__CURSOR=s=1;i=2\n_HOSTNAME=h\n_SOURCE_MONOTONIC_TIMESTAMP=99500000\nSYSLOG_IDENTIFIER=kernel\nMESSAGE=" + Other + "\n";
    private const string Verbose = "Mon 2026-11-23 18:17:43.082318 UTC [s=1;i=2]\n    _HOSTNAME=h\n    SYSLOG_IDENTIFIER=kernel\n    MESSAGE=" + Other + "\n";

    [Theory]
    [InlineData("__CURSOR=s=1;i=2\n" + Kill + "\n", "5")]
    [InlineData("__CURSOR=s=1;i=2\nPRIORITY=3\n" + Kill + "\n", "5")]
    [InlineData("__CURSOR=s=1;i=2\n00001000\n" + Kill + "\n", "5")]
    [InlineData(Export + Kill + "\n", "6,5")]
    [InlineData(Export + "\n" + Kill + "\n", "6,5")]
    [InlineData(Verbose + Kill + "\n", "6,5")]
    [InlineData(Verbose + "\n" + Kill + "\n", "6,5")]
    [InlineData(Kill + "\n" + Verbose, "5,6")]
    [InlineData("__CURSOR=s=1;i=2\n6,2,1000,-,ncfrag=0/140;" + Other + "\n", "6")]
    [InlineData("{\n2026-11-23T18:17:43.000001+00:00 h kernel: " + Kill + "\n", "5")]
    [InlineData("{\n6,2,1000,-,ncfrag=0/140;" + Other + "\n" + Kill + "\n", "6,5")]
    public void Kill_BehindAnUnfinishedRecord_IsFound(string log, string pids)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(log);
        foreach (int size in (int[])[1, 7, 64, bytes.Length])
        {
            ImmutableArray<OomEvent> events = Chunks.ParseInPieces(bytes, size, Golden.Options);

            Assert.Equal(pids, string.Join(',', events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid)));
            Assert.All(events, oomEvent => Assert.Contains("Killed process", log.Split('\n')[(int)oomEvent.Source.Line - 1], StringComparison.Ordinal));
        }
    }

    /// <summary>Any field may be written as bytes (<c>_SELINUX_CONTEXT</c> ends with a line feed on most machines), not just the message.</summary>
    [Theory]
    [InlineData("unconfined\n")]
    [InlineData("a=b\n\n__CURSOR=none\n")]
    [InlineData("ten bytes\n")]
    [InlineData("abc\r")]
    [InlineData("abc\0\0")]
    [InlineData("a\r\nb\0c\r\n\0")]
    [InlineData("")]
    public void Export_WithAFieldOfBytes_GoesOnBehindIt(string value)
    {
        string length = Encoding.Latin1.GetString(BitConverter.GetBytes((long)value.Length));
        string log = Export.Replace("MESSAGE=", $"_SELINUX_CONTEXT\n{length}{value}\nMESSAGE=", StringComparison.Ordinal) + "\n";

        OomEvent oomEvent = Assert.Single(OomLog.Parse(Encoding.Latin1.GetBytes(log), Golden.Options));
        Assert.Equal((6, "h", 99_500_000), (Assert.Single(oomEvent.Victims).Pid, oomEvent.Host, oomEvent.Uptime?.TotalMicroseconds ?? -1));
    }

    /// <summary>A wrapper's line that was passed over unread is remembered as it would have been read.</summary>
    [Theory]
    [InlineData("2026-11-23T18:17:43.123Z In(05) vcpu-5 - Guest: <6>[ 1234.567312] eth0: up")]
    [InlineData("__CURSOR=s=1;i=2")]
    [InlineData("{\"MESSAGE\":\"Started.\",\"_HOSTNAME\":\"node-a\"}")]
    [InlineData("2026-11-23T18:17:43,123456+00:00 eth0: up")]
    [InlineData("2026-11-23T18:17:43+0000 node-1 kernel: eth0: up")]
    [InlineData("35 <6>Nov 23 18:17:43 n app[12]: report follows")]
    [InlineData("<6>Nov 23 18:17:43 n app[1]: x<6>Nov 23 18:17:44 host app[2]: y")]
    public void IndentedLine_BehindAnotherForm_IsReadAlikeWithoutSkipping(string line)
    {
        foreach (int indent in (int[])[15, 25, 31, 33, 40])
        {
            string log = $"[   77.000000] eth0: link up\n{line}\n{new string(' ', indent)}{Other}\n{Kill}\n";

            Assert.Equal(Lines(log, canSkip: false), Lines(log, canSkip: true));
        }
    }

    /// <summary>A record that was passed over unread is looked up behind, whatever line of it the text that matters stands in.</summary>
    [Theory]
    [InlineData("__CURSOR=s=1\nMESSAGE=hi\nFOO\n\u0092\0\0\0\0\0\0\0" + Other + "\n_HOSTNAME=n\n\n", KernelLogFormat.Auto)]
    [InlineData("__CURSOR=s=1\n_HOSTNAME=n\nMESSAGE\n\u0098\0\0\0\0\0\0\0aaa\nbb\n" + Other + "\nSYSLOG_IDENTIFIER=kernel\n\n", KernelLogFormat.Auto)]
    [InlineData("{\n6,2,1000,-,ncfrag=0/140;" + Other + "\n", KernelLogFormat.DevKmsg)]
    [InlineData("__CURSOR=s=1\n6,2,1000,-,ncfrag=0/140;" + Other + "\n", KernelLogFormat.DevKmsg)]
    public void Record_PassedOverUnread_IsReadAlike(string record, KernelLogFormat format)
    {
        string log = "junk\njunk\n" + record + Kill + "\n";
        OomParserOptions options = Golden.Options with { Format = format };

        Assert.Equal(Lines(log, canSkip: false, options), Lines(log, canSkip: true, options));
    }

    private static string Lines(string log, bool canSkip, OomParserOptions? options = null)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(log);
        options ??= Golden.Options;
        return string.Join('\n', (canSkip ? OomLog.Parse(bytes, options) : Chunks.ParseWithoutSkipping(bytes, options)).Select(oomEvent => OomJson.ToJson(oomEvent)));
    }
}
