using System.Buffers;
using System.Text;

namespace KmsgOom.Tests.Contracts;

/// <summary>Defects that a review found, each with the input that showed it.</summary>
public sealed class ReviewTests
{
    private const string Kill = "[    1.000000] Out of memory: Killed process 5 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB\n";

    /// <summary>A kill line cut before or inside its pid named a victim that nobody killed, in an event called complete.</summary>
    [Theory]
    [InlineData("[    1.000000] Out of memory: Killed process ", 0)]
    [InlineData("[    1.000000] Out of memory: Killed process 99999999999 (x) total-vm:1kB", 0)]
    [InlineData("[    1.000000] Out of memory: Killed process -5 (x) total-vm:1kB", 0)]
    [InlineData("[    1.000000] Out of memory: Killed process 32", 1)]
    public void KillLine_CutInItsPid_InventsNobody(string line, int victims)
    {
        OomEvent[] events = [.. OomLog.Parse(line)];
        Assert.Equal(victims, events.Sum(oomEvent => oomEvent.Victims.Length));
        Assert.All(events, oomEvent => Assert.True(oomEvent.Missing.HasFlag(OomSections.Victim)));
    }

    /// <summary>The same reaper line again and again made one report grow past every bound.</summary>
    [Fact]
    public void ReaperLines_WithoutEnd_StayWithinTheBound()
    {
        byte[] line = "[    1.000001] oom_reaper: reaped process 5 (x), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB\n"u8.ToArray();
        byte[] log = [.. Encoding.ASCII.GetBytes(Kill), .. "[    1.000000] Tasks in /a are going to be killed due to memory.oom.group set\n"u8, .. Enumerable.Repeat(line, 2000).SelectMany(bytes => bytes)];
        using OomParser parser = new();
        ReadOnlySequence<byte> sequence = new(log);
        Assert.True(parser.TryRead(ref sequence, isFinalBlock: true, out OomEventView oomEvent));
        Assert.Equal(3, oomEvent.LineCount);
        Assert.Equal(1999, parser.Counters.OrphanReaperLines);
    }

    /// <summary>Per-CPU lines behind the counters of another zone counted as that zone's, at a place where it had none: an exception.</summary>
    [Fact]
    public void PerCpuLines_BehindAnotherZone_StayWithTheirOwn()
    {
        const string Log = "[    1.000000] Mem-Info:\n"
            + "[    1.000000] DMA per-cpu:\n"
            + "[    1.000000] CPU    0: hi:    0, btch:   1 usd:   0\n"
            + "[    1.000000] Normal free:1kB min:1kB low:1kB high:1kB\n"
            + "[    1.000000] CPU    1: hi:    0, btch:   1 usd:   0\n"
            + "[    1.000000] Normal per-cpu:\n"
            + "[    1.000000] CPU    0: hi:    0, btch:   1 usd:   0\n"
            + "[    1.000000] DMA per-cpu:\n"
            + "[    1.000000] [ pid ] uid tgid total_vm rss nr_ptes swapents oom_score_adj name\n"
            + Kill;
        OomMemory memory = Assert.Single(OomLog.Parse(Log)).Memory!;
        Assert.Equal([0, 1], memory.Nodes[0].Zones.Select(zone => zone.PerCpu.Length));
    }

    /// <summary>A reserve whose zone line was lost became that of the zone before.</summary>
    [Fact]
    public void LowmemReserve_WithoutItsZone_IsNobodys()
    {
        const string Log = "[    1.000000] Mem-Info:\n"
            + "[    1.000000] DMA free:1kB min:1kB low:1kB high:1kB\n"
            + "[    1.000000] lowmem_reserve[]: 0 992 992\n"
            + "[    1.000000] lowmem_reserve[]: 0 0 7\n"
            + "[    1.000000] [ pid ] uid tgid total_vm rss nr_ptes swapents oom_score_adj name\n"
            + Kill;
        Assert.Equal([0L, 992L, 992L], Assert.Single(OomLog.Parse(Log)).Memory!.Nodes[0].Zones[0].LowmemReservePages.AsEnumerable());
    }

    /// <summary>Two hosts whose tables alternate: the columns of a report were those of its first header, not of the one before its rows.</summary>
    [Fact]
    public void TaskRows_OfAlternatingHosts_AreReadByTheirOwnHeader()
    {
        const string A = "Nov 23 10:00:00 a kernel: ";
        const string B = "Nov 23 10:00:00 b kernel: ";
        string log = A + "[ pid ] uid tgid total_vm rss nr_ptes swapents oom_score_adj name\n"
            + A + "[ pid ] uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name\n"
            + B + "[ pid ] uid tgid total_vm rss cpu oom_adj oom_score_adj name\n"
            + A + "[ 5] 0 5 100 50 4096 7 -998 x\n"
            + B + "[ 6] 0 6 100 50 1 2 3 y\n"
            + A + "[ 7] 0 7 100 50 8192 9 -997 z\n";
        OomEvent[] events = [.. OomLog.Parse(log)];
        Assert.Equal([4096L, 8192L], events[0].Tasks.Select(task => task.PageTablesBytes!.Value));
        Assert.Equal([-998, -997], events[0].Tasks.Select(task => task.OomScoreAdj!.Value));
        Assert.Equal("x", events[0].Tasks[0].Name.ToString());
        Assert.Equal(["cpu", "oom_adj"], events[1].OtherTaskColumns.AsEnumerable());
    }

    /// <summary>A host that waits for a reaper line kept the events of all others back until the end.</summary>
    [Fact]
    public void Events_OfOtherHosts_DoNotWaitForEver()
    {
        StringBuilder log = new("Nov 23 10:00:00 a kernel: Out of memory: Killed process 5 (x) total-vm:1kB\n");
        for (int minute = 1; minute < 30; minute++)
        {
            log.Append(System.Globalization.CultureInfo.InvariantCulture, $"Nov 23 10:{minute:00}:00 b kernel: Out of memory: Killed process {minute + 10} (y) total-vm:1kB\n");
        }

        using OomParser parser = new();
        ReadOnlySequence<byte> sequence = new(Encoding.ASCII.GetBytes(log.ToString()));
        int events = 0;
        while (parser.TryRead(ref sequence, isFinalBlock: false, out OomEventView _))
        {
            events++;
        }

        Assert.InRange(events, 27, 30);
    }

    /// <summary>A stamp of twelve digits overflowed into a negative time.</summary>
    [Fact]
    public void Uptime_OfAnyLength_IsNotNegative() => Assert.All(
        OomLog.Parse(Kill.Replace("    1.", "999999999999.", StringComparison.Ordinal)),
        oomEvent => Assert.True(oomEvent.Uptime is null || oomEvent.Uptime >= TimeSpan.Zero));
}
