using System.Text.Json;
using KmsgOom.Cli.Text;
using KmsgOom.Json;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Balance;

/// <summary>What holds for the sheets of every event.</summary>
internal static class Sheets
{
    public static OomEvent Event() => OomLog.Parse("[    1.0] Out of memory: Killed process 7 (x) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB\n"u8.ToArray(), Golden.Options)[0];

    public static void Check(OomEvent oomEvent, OomEvent? previous)
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream);
        writer.WriteStartArray();
        if (OomBalance.Of(oomEvent) is { } machine)
        {
            Assert.Equal(machine.BaseBytes, machine.Buckets.Sum(bucket => bucket.Bytes) + machine.UnexplainedBytes);
            Assert.All(machine.Buckets, bucket => Assert.InRange(bucket.Bytes, 1, long.MaxValue));
            BalanceWriter.Write(writer, machine);
        }

        if (OomMemcgBalance.Of(oomEvent, previous) is { } memcg)
        {
            Assert.Equal(memcg.UsageBytes, memcg.Buckets.Sum(bucket => bucket.Bytes) + memcg.UnexplainedBytes);
            MemcgBalanceWriter.Write(writer, memcg);
        }

        if (OomPrograms.Of(oomEvent) is { } programs)
        {
            Assert.Equal(oomEvent.Tasks.Length, programs.Programs.Sum(program => program.Count));
            ProgramsWriter.Write(writer, programs);
        }

        writer.WriteEndArray();
        Screen screen = new(usesColors: false);
        BalanceText.Write(screen, OomAnalysis.Of(oomEvent, null, previous));
        ProgramsText.Write(screen, OomPrograms.Of(oomEvent));
        Assert.All(screen.Take().Split('\n'), line => Assert.InRange(line.Length, 0, Screen.Width));
    }
}
