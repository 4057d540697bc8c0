using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Copies the Mem-Info block into an owned one.</summary>
internal static class OwnedMemory
{
    // What a thread keeps for the next block; ordinary ones take a tenth of it.
    private const int MaxIdleBytes = 1 << 20;

    /// <summary>Where blocks are read from lines, on each thread: it keeps its size as the parser's reports do.</summary>
    [ThreadStatic]
    private static OomReport? _idleReport;

    /// <summary>Reads the block of an event from its lines.</summary>
    public static OomMemory Make(KeptLines lines)
    {
        OomReport report = _idleReport ?? new OomReport();
        for (int at = 0; at < lines.Count; at++)
        {
            if (lines.GetSection(at) == OomSections.MemInfo)
            {
                ReadOnlySpan<byte> text = lines.GetUtf8(at);
                report.Lines.Add(new ReportLine(lines.GetNumber(at), report.Keep(text), OomSections.MemInfo, IsKnown: true));
            }
        }

        OomMemory memory = Make(report);
        report.Clear();
        _idleReport = report.Bytes <= MaxIdleBytes ? report : null;
        return memory;
    }

    private static OomMemory Make(OomReport report)
    {
        ReportMemory memory = MemoryReader.Get(report);
        MemoryFacts facts = memory.Facts;
        return new OomMemory
        {
            Counters = MakeCounters(report, memory.Totals.AsSpan()),
            RamPages = facts.Ram,
            HighMemPages = facts.HighMem,
            ReservedPages = facts.Reserved,
            CmaReservedPages = facts.CmaReserved,
            HwpoisonedPages = facts.Hwpoisoned,
            PageCachePages = facts.PageCache,
            SwapCachePages = facts.SwapCachePages,
            SharedPages = facts.Shared,
            NonSharedPages = facts.NonShared,
            PageTableCachePages = facts.PageTableCache,
            FreePagesKiB = facts.FreePagesKiB,
            FreeHighMemKiB = facts.FreeHighMemKiB,
            SwapTotalKiB = facts.SwapTotalKiB,
            SwapFreeKiB = facts.SwapFreeKiB,
            SwapCache = facts.SwapCache,
            Nodes = MakeNodes(report, memory),
            Hugepages = [.. memory.Hugepages.AsSpan()],
            UnreclaimableSlab = MakeSlabs(report, memory),
            Allocations = MakeAllocations(report, memory),
            IsProfilingOn = facts.IsProfilingOn,
        };
    }

    private static string Text(OomReport report, TextRange range) => Encoding.UTF8.GetString(report.Get(range));

    private static ImmutableArray<OomCounter> MakeCounters(OomReport report, ReadOnlySpan<CounterEntry> entries)
    {
        OomCounter[] counters = new OomCounter[entries.Length];
        int place = 0;
        for (int at = 0; at < counters.Length; at++)
        {
            ref readonly CounterEntry entry = ref entries[at];
            counters[at] = new OomCounter(CounterKeys.Get(report.Get(entry.Key), ref place), entry.Value, entry.Unit);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(counters);
    }

    private static ImmutableArray<OomNode> MakeNodes(OomReport report, ReportMemory memory)
    {
        ImmutableArray<OomNode>.Builder nodes = ImmutableArray.CreateBuilder<OomNode>(memory.Nodes.Count);
        foreach (ref readonly NodeEntry node in memory.Nodes.AsSpan())
        {
            ImmutableArray<OomZone>.Builder zones = ImmutableArray.CreateBuilder<OomZone>();
            foreach (ref readonly ZoneEntry zone in memory.Zones.AsSpan())
            {
                if (zone.Node == node.Node)
                {
                    zones.Add(MakeZone(report, memory, in zone));
                }
            }

            nodes.Add(new OomNode
            {
                Node = node.Node,
                Counters = MakeCounters(report, memory.Counters.AsSpan().Slice(node.FirstCounter, node.CounterCount)),
                AllUnreclaimable = node.AllUnreclaimable,
                Zones = zones.ToImmutable(),
            });
        }

        return nodes.MoveToImmutable();
    }

    private static OomZone MakeZone(OomReport report, ReportMemory memory, in ZoneEntry zone)
    {
        OomBuddy[] buddies = new OomBuddy[zone.BuddyCount];
        for (int at = 0; at < buddies.Length; at++)
        {
            ref BuddyEntry entry = ref memory.Buddies[zone.FirstBuddy + at];
            buddies[at] = new OomBuddy(entry.Order, entry.Count, entry.Types.IsPresent ? Text(report, entry.Types) : "");
        }

        return new OomZone
        {
            Name = Text(report, zone.Name),
            Counters = MakeCounters(report, memory.Counters.AsSpan().Slice(zone.FirstCounter, zone.CounterCount)),
            AllUnreclaimable = zone.AllUnreclaimable,
            LowmemReservePages = [.. memory.Reserves.AsSpan().Slice(zone.FirstReserve, zone.ReserveCount)],
            Buddy = ImmutableCollectionsMarshal.AsImmutableArray(buddies),
            BuddyTotalKiB = zone.BuddyTotalKiB,
            PerCpu = [.. memory.PerCpu.AsSpan().Slice(zone.FirstPerCpu, zone.PerCpuCount)],
        };
    }

    private static ImmutableArray<OomSlab> MakeSlabs(OomReport report, ReportMemory memory)
    {
        OomSlab[] slabs = new OomSlab[memory.Slabs.Count];
        for (int at = 0; at < slabs.Length; at++)
        {
            ref SlabEntry entry = ref memory.Slabs[at];
            slabs[at] = new OomSlab(Text(report, entry.Name), entry.UsedKiB, entry.TotalKiB);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(slabs);
    }

    private static ImmutableArray<OomAllocation> MakeAllocations(OomReport report, ReportMemory memory)
    {
        OomAllocation[] allocations = new OomAllocation[memory.Allocations.Count];
        for (int at = 0; at < allocations.Length; at++)
        {
            ref AllocationEntry entry = ref memory.Allocations[at];
            allocations[at] = new OomAllocation(
                entry.Bytes, Text(report, entry.Size), entry.Calls, Text(report, entry.Site), entry.Module.IsPresent ? Text(report, entry.Module) : null, Text(report, entry.Function));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(allocations);
    }
}
