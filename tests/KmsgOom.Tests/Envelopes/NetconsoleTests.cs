using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KmsgOom.Tests.Support;
using KmsgOom.Tests.Text;
using static System.FormattableString;

namespace KmsgOom.Tests.Envelopes;

/// <summary>Extended netconsole: records of kmsg, in pieces where a datagram has no room for them.</summary>
public sealed class NetconsoleTests
{
    // Its statistics are a record of nearly 1000 bytes.
    private const string Kmsg = "6.1-amd64-v2-k8s.kmsg.log";
    private const string Release = "6.1.0-52-cloud-amd64-of-a-vendor-with-a-long-name,";
    private const string Properties = " n=1\n a=bcdefghijklmnop\n";

    /// <summary>
    /// As a receiver writes them that ends each datagram with a line feed, and as one that does not; with the kernel's release before the head, with properties
    /// behind the text.
    /// </summary>
    [Theory]
    [InlineData(1000, "\n", Release, "")]
    [InlineData(1000, "", Release, "")]
    [InlineData(1000, "\n", "", Properties)]
    [InlineData(1000, "", "", Properties)]
    [InlineData(1000, "\n", Release, Properties)]
    [InlineData(300, "", "", "")]
    [InlineData(300, "", "", " cpu=3\n")]
    [InlineData(120, "", "", "")]
    public void Report_InPieces_IsTheSame(int size, string end, string release, string properties)
    {
        string log = Encoding.Latin1.GetString(Golden.Read(Kmsg));
        string sent = Send(log, size, end, release, properties);
        Assert.Contains(",ncfrag=", sent, StringComparison.Ordinal);

        ImmutableArray<string> expected = [.. OomLog.Parse(Latin1.Bytes(log), Golden.Options).Select(Comparable)];
        byte[] bytes = Latin1.Bytes(sent);
        Assert.Equal(expected, OomLog.Parse(bytes, Golden.Options).Select(Comparable));
        Assert.Equal(expected, OomLog.Parse(bytes, Golden.Options with { Format = KernelLogFormat.DevKmsg }).Select(Comparable));
        Assert.Equal(expected, Chunks.ParseInPieces(bytes, 7, Golden.Options).Select(Comparable));
        Assert.Equal(expected, Chunks.ParseInPieces(bytes, 1000, Golden.Options).Select(Comparable));
    }

    /// <summary>What was cut off is not read as if it were whole: neither the end of one piece nor the beginning of another.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Piece_ThatWasLost_LeavesNoHalfValues(int lost)
    {
        string log = Encoding.Latin1.GetString(Golden.Read(Kmsg));
        for (int more = 0; more < 20; more++)
        {
            string[] lines = [.. Send(log, 1000, "\n", new string('6', more) + Release, Properties).Split('\n')];
            int first = Array.FindIndex(lines, line => line.Contains(",ncfrag=0/", StringComparison.Ordinal));
            AssertNoHalfValues(log, string.Join('\n', lines.Where((_, at) => at != first + lost)));
        }
    }

    [Theory]
    [InlineData("4,500,99999,-,ncfrag=9/9;Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB\n")]
    [InlineData("4,500,99999,-,ncfrag=900/1900;half a line\\x0aOut of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB\n")]
    public void Kill_InAPieceWithoutTheFirst_IsFound(string log) =>
        Assert.Equal(7, Assert.Single(Assert.Single(OomLog.Parse(Latin1.Bytes(log), Golden.Options)).Victims).Pid);

    /// <summary>Pieces without end, and heads that are none, are read in one pass each.</summary>
    [Fact]
    public void Pieces_OnOneLine_AreReadWithoutNesting()
    {
        string pieces = string.Concat(Enumerable.Range(0, 30_000).Select(at => Invariant($"6,1,1,-,ncfrag={at}/999999;x")));
        string heads = "6,1,1,-,ncfrag=0/9;x6,2,1,-,ncfrag=1/9;" + string.Concat(Enumerable.Repeat(",ncfrag=1/2;", 30_000));

        Assert.Empty(OomLog.Parse(Latin1.Bytes(pieces + "\n" + heads + "\n"), Golden.Options));
    }

    [Fact]
    public void Pieces_ThatAreSkipped_AreReadAlike()
    {
        string quiet = string.Concat(Enumerable.Range(0, 50).Select(at => Invariant($"6,{100 + at},1000{at},-;{new string('x', 400)}\\x0asecond line\n")));
        string log = quiet + Encoding.Latin1.GetString(Golden.Read(Kmsg));
        byte[] bytes = Latin1.Bytes(Send(log, 300, "\n", "", ""));

        Assert.Equal(OomLog.Parse(bytes, Golden.Options).Select(oomEvent => OomJson.ToJson(oomEvent)), Chunks.ParseWithoutSkipping(bytes, Golden.Options).Select(oomEvent => OomJson.ToJson(oomEvent)));
    }

    private static void AssertNoHalfValues(string log, string left)
    {
        OomEvent whole = Assert.Single(OomLog.Parse(Latin1.Bytes(log), Golden.Options));
        OomEvent damaged = Assert.Single(OomLog.Parse(Latin1.Bytes(left), Golden.Options));
        ImmutableArray<OomMemcgStat> all = Assert.Single(whole.Memcg!.Stats).Values;
        ImmutableArray<OomMemcgStat> some = Assert.Single(damaged.Memcg!.Stats).Values;
        Assert.InRange(some.Length, 1, all.Length - 1);
        Assert.Empty(some.Except(all));
        Assert.Equal(whole.Victims.Select(victim => victim.Pid), damaged.Victims.Select(victim => victim.Pid));
        Assert.Equal(whole.Tasks.Length, damaged.Tasks.Length);
    }

    private static string Comparable(OomEvent oomEvent) =>
        string.Join('\n', oomEvent.Lines.Select(line => $"{line.Section} {line.Text}").Append($"{oomEvent.Uptime} {oomEvent.LostMessages} {string.Join('|', oomEvent.UnknownLines)}"));

    /// <summary>Sends records as the kernel does (<c>send_msg_fragmented()</c>).</summary>
    private static string Send(string log, int size, string end, string release, string properties)
    {
        StringBuilder sent = new();
        foreach (string line in log.TrimEnd('\n').Split('\n'))
        {
            int semicolon = line.IndexOf(';', StringComparison.Ordinal);
            string head = release + line[..semicolon];
            string body = line[(semicolon + 1)..] + "\n" + properties;
            if (head.Length + 1 + body.Length <= size)
            {
                sent.Append(CultureInfo.InvariantCulture, $"{head};{body}");
                continue;
            }

            for (int at = 0; at < body.Length;)
            {
                string headOfPiece = Invariant($"{head},ncfrag={at}/{body.Length};");

                // Smaller pieces than the kernel's are told apart by their heads alone.
                int length = Math.Min(body.Length - at, size - headOfPiece.Length);
                sent.Append(headOfPiece).Append(body, at, length);
                at += length;
                sent.Append(at < body.Length || !body.EndsWith('\n') ? end : "");
            }
        }

        return sent.ToString();
    }
}
