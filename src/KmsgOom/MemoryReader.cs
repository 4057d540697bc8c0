using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Reads the Mem-Info block from the kept lines of a report, the first time somebody asks: most of it nobody looks at.</summary>
internal static class MemoryReader
{
    public static ReportMemory Get(OomReport report)
    {
        if (!report.Memory.IsRead)
        {
            report.Memory.IsRead = true;
            foreach (ref readonly ReportLine line in report.Lines.AsSpan())
            {
                if (line.Section == OomSections.MemInfo)
                {
                    Read(report, line.Text);
                }
            }
        }

        return report.Memory;
    }

    private static void Read(OomReport report, TextRange range)
    {
        ReadOnlySpan<byte> all = report.Get(range);
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(all);
        int start = range.Start + all.Length - text.Length;
        if (text.IsEmpty)
        {
            return;
        }

        ReportMemory memory = report.Memory;
        if (TryReadRest(memory, text, start))
        {
            return;
        }

        (memory.BlocksZone, memory.ReserveZone) = (-1, -1);
        bool isNumber = text[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-';
        if (!isNumber && TryReadWords(report, text, start))
        {
            return;
        }

        if (isNumber && PageTotalLine.TryParse(text, out long pages, out ReadOnlySpan<byte> key))
        {
            ReadTotal(report, pages, key);
        }
        else if (isNumber && AllocationProfileLine.TryParse(text, out AllocationProfileLine site))
        {
            memory.Allocations.Add(new AllocationEntry(
                site.Bytes, site.Size.Shift(start), site.Calls, site.Site.Shift(start), site.Module.IsPresent ? site.Module.Shift(start) : default, site.Function.Shift(start)));
        }
        else if (SlabLine.TryParse(text, out TextRange name, out long used, out long total))
        {
            memory.Slabs.Add(new SlabEntry(name.Shift(start), used, total));
        }
        else if (!TryReadPerCpu(memory, text))
        {
            ReadTotals(report, text, start);
        }
    }

    /// <summary>Reads a line that the kernel begins with a word of its own.</summary>
    private static bool TryReadWords(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        ReportMemory memory = report.Memory;
        if (HugepagesLine.TryParse(text, out OomHugepages hugepages))
        {
            memory.Hugepages.Add(hugepages);
        }
        else if (ZoneLine.TryParse(text, out ZoneLine zone, out int rest))
        {
            ReadNodeOrZone(report, in zone, text, start, rest);
        }
        else if (LowmemReserveLine.TryParse(text, out rest))
        {
            ReadReserve(memory, text, rest);
        }
        else if (SwapLine.TryParseSpace(text, out bool isTotal, out long kiB))
        {
            memory.Facts.SwapTotalKiB = isTotal ? kiB : memory.Facts.SwapTotalKiB;
            memory.Facts.SwapFreeKiB = isTotal ? memory.Facts.SwapFreeKiB : kiB;
        }
        else if (SwapLine.TryParseCache(text, out OomSwapCache cache))
        {
            memory.Facts.SwapCache = cache;
        }
        else if (text.StartsWith(AllocationProfileLine.Title))
        {
            memory.Facts.IsProfilingOn = AllocationProfileLine.IsProfilingOn(text);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void ReadNodeOrZone(OomReport report, in ZoneLine line, ReadOnlySpan<byte> text, int start, int rest)
    {
        ReportMemory memory = report.Memory;
        int node = line.Node ?? memory.AwaitedNode;
        memory.AwaitedNode = 0;
        if (!line.Zone.IsPresent)
        {
            if (rest == text.Length)
            {
                memory.AwaitedNode = node;
                return;
            }

            ref NodeEntry entry = ref memory.Node(node);
            int first = memory.Counters.Count;
            bool? answer = ReadCounters(memory.Counters, text, rest, start);
            if (memory.Counters.Count > first)
            {
                (entry.FirstCounter, entry.CounterCount, entry.AllUnreclaimable) = (first, memory.Counters.Count - first, answer);
                memory.LastCounted = ~node;
            }

            return;
        }

        int at = FindOrBeginZone(report, node, line.Zone.Shift(start));
        ref ZoneEntry zone = ref memory.Zones[at];
        ReadOnlySpan<byte> tail = text[rest..];
        if (tail.StartsWith(" per-cpu:"u8))
        {
            (zone.FirstPerCpu, zone.PerCpuCount) = (memory.PerCpu.Count, 0);
            (memory.PerCpuZone, memory.LastCpu) = (at, -1);
        }
        else if (tail is [(byte)':', ..])
        {
            zone.FirstBuddy = memory.Buddies.Count;
            memory.BlocksZone = at;
            ReadBlocks(memory, text, start, rest + 1);
        }
        else
        {
            zone.FirstCounter = memory.Counters.Count;
            zone.AllUnreclaimable = ReadCounters(memory.Counters, text, rest, start);
            zone.CounterCount = memory.Counters.Count - zone.FirstCounter;
            memory.LastCounted = memory.LastZone = at;
        }
    }

    /// <summary>Finds a zone by node and name: its lines stand far apart.</summary>
    private static int FindOrBeginZone(OomReport report, int node, TextRange name)
    {
        ReportMemory memory = report.Memory;
        memory.Node(node);
        for (int at = 0; at < memory.Zones.Count; at++)
        {
            if (memory.Zones[at].Node == node && report.Get(memory.Zones[at].Name).SequenceEqual(report.Get(name)))
            {
                return at;
            }
        }

        memory.Zones.Add(new ZoneEntry(node, name));
        return memory.Zones.Count - 1;
    }

    private static bool? ReadCounters(GrowingArray<CounterEntry> counters, ReadOnlySpan<byte> text, int rest, int start)
    {
        bool? allUnreclaimable = null;
        Utf8Cursor cursor = new(text) { Position = rest };
        while (CounterItem.TryTake(ref cursor, text, out CounterItem item))
        {
            if (item.Key.IsPresent)
            {
                counters.Add(new CounterEntry(item.Key.Shift(start), item.Value, item.IsKiB ? OomUnit.KiB : OomUnit.Pages));
            }
            else
            {
                allUnreclaimable = item.AllUnreclaimable;
            }
        }

        return allUnreclaimable;
    }

    /// <summary>Reads blocks of the zone they may go on for. A line that breaks inside an item has no rest that could be told from another number.</summary>
    private static void ReadBlocks(ReportMemory memory, ReadOnlySpan<byte> text, int start, int from)
    {
        ref ZoneEntry zone = ref memory.Zones[memory.BlocksZone];
        Utf8Cursor cursor = new(text) { Position = from };
        if (memory.Buddies.Count > zone.FirstBuddy && BuddyLine.TryTakeTypes(ref cursor, out TextRange types))
        {
            memory.Buddies.Last = memory.Buddies.Last with { Types = types.Shift(start) };
        }

        while (BuddyLine.TryTake(ref cursor, out BuddyLine item))
        {
            memory.Buddies.Add(new BuddyEntry(memory.Buddies.Count - zone.FirstBuddy, item.Count, item.Types.IsPresent ? item.Types.Shift(start) : default));
        }

        zone.BuddyCount = memory.Buddies.Count - zone.FirstBuddy;
        bool isWhole = BuddyLine.TryTakeTotal(ref cursor, out long total);
        zone.BuddyTotalKiB = isWhole ? total : zone.BuddyTotalKiB;
        cursor.SkipBlanks();
        memory.BlocksZone = isWhole || !cursor.IsAtEnd ? -1 : memory.BlocksZone;
    }

    /// <summary>Reads the rest of a line that other CPUs' records drove apart.</summary>
    private static bool TryReadRest(ReportMemory memory, ReadOnlySpan<byte> text, int start)
    {
        Utf8Cursor cursor = new(text);
        if (memory.BlocksZone >= 0 && (text[0] is (byte)'(' or (byte)'=' || BuddyLine.TryTake(ref cursor, out _)))
        {
            ReadBlocks(memory, text, start, from: 0);
            return true;
        }

        if (memory.ReserveZone < 0 || !LowmemReserveLine.IsRest(text))
        {
            return false;
        }

        ReadReserves(memory, text, from: 0);
        return true;
    }

    private static void ReadReserve(ReportMemory memory, ReadOnlySpan<byte> text, int rest)
    {
        // Without the line of its own zone it would become the reserve of the zone before.
        if (memory.LastZone < 0)
        {
            return;
        }

        (memory.ReserveZone, memory.LastZone) = (memory.LastZone, -1);
        memory.Zones[memory.ReserveZone].FirstReserve = memory.Reserves.Count;
        ReadReserves(memory, text, rest);
    }

    private static void ReadReserves(ReportMemory memory, ReadOnlySpan<byte> text, int from)
    {
        ref ZoneEntry zone = ref memory.Zones[memory.ReserveZone];
        Utf8Cursor cursor = new(text) { Position = from };
        while (LowmemReserveLine.TryTakePages(ref cursor, out long pages))
        {
            memory.Reserves.Add(pages);
        }

        zone.ReserveCount = memory.Reserves.Count - zone.FirstReserve;
    }

    private static bool TryReadPerCpu(ReportMemory memory, ReadOnlySpan<byte> text)
    {
        Utf8Cursor cursor = new(text);
        if (!PerCpuLine.TryParse(text, ref cursor, out int cpu))
        {
            return false;
        }

        while (PerCpuLine.TryTakeList(ref cursor, out OomPerCpuList list))
        {
            if (!memory.IsOfTitledZone(cpu, list.Temperature))
            {
                memory.PerCpuZone = -1;
                return true;
            }

            memory.LastCpu = cpu;
            memory.PerCpu.Add(new OomPerCpu(cpu, list));
            memory.Zones[memory.PerCpuZone].PerCpuCount++;
        }

        return true;
    }

    private static void ReadTotal(OomReport report, long pages, ReadOnlySpan<byte> key)
    {
        ref MemoryFacts facts = ref report.Memory.Facts;
        switch (key)
        {
            case var _ when key.SequenceEqual("ram"u8):
                facts.Ram = pages;
                break;
            case var _ when key.SequenceEqual("highmem"u8):
                facts.HighMem = pages;
                break;
            case var _ when key.SequenceEqual("reserved"u8):
                facts.Reserved = pages;
                break;
            case var _ when key.SequenceEqual("cma_reserved"u8):
                facts.CmaReserved = pages;
                break;
            case var _ when key.SequenceEqual("hwpoisoned"u8):
                facts.Hwpoisoned = pages;
                break;
            case var _ when key.SequenceEqual("pagecache"u8):
                facts.PageCache = pages;
                break;
            case var _ when key.SequenceEqual("swapcache"u8):
                // arm, up to 4.0, counts it a second time in words of its own.
                facts.SwapCachePages ??= pages;
                break;
            case var _ when key.SequenceEqual("shared"u8):
                facts.Shared = pages;
                break;
            case var _ when key.SequenceEqual("non_shared"u8):
                facts.NonShared = pages;
                break;
            case var _ when key.SequenceEqual("pagetable_cache"u8):
                facts.PageTableCache = pages;
                break;
            default:
                // Old arch code counts again what the first lines told.
                if (!HasTotal(report, key))
                {
                    report.Memory.Totals.Add(new CounterEntry(report.Keep(key), pages, OomUnit.Pages));
                }

                break;
        }
    }

    private static void ReadRest(ReportMemory memory, ReadOnlySpan<byte> text, int start)
    {
        int before = memory.Counters.Count;
        bool? answer = ReadCounters(memory.Counters, text, 0, start);
        int count = memory.Counters.Count - before;
        if (memory.LastCounted < 0)
        {
            ref NodeEntry node = ref memory.Node(~memory.LastCounted);
            (node.CounterCount, node.AllUnreclaimable) = (node.CounterCount + count, answer ?? node.AllUnreclaimable);
        }
        else
        {
            ref ZoneEntry zone = ref memory.Zones[memory.LastCounted];
            (zone.CounterCount, zone.AllUnreclaimable) = (zone.CounterCount + count, answer ?? zone.AllUnreclaimable);
        }
    }

    private static bool HasTotal(OomReport report, ReadOnlySpan<byte> key)
    {
        foreach (ref readonly CounterEntry counter in report.Memory.Totals.AsSpan())
        {
            if (report.Get(counter.Key).SequenceEqual(key))
            {
                return true;
            }
        }

        return false;
    }

    // "Free pages: %11ukB (%ukB HighMem)", 2.6.9 .. 2.6.18; else "%s:%lu" …
    private static void ReadTotals(OomReport report, ReadOnlySpan<byte> text, int start)
    {
        Utf8Cursor cursor = new(text);
        if (!cursor.TryTake("Free pages:"u8))
        {
            // Counters of the machine have no unit: these are the rest of a line that a mail has broken.
            bool isRest = CounterItem.TryTake(ref cursor, text, out CounterItem item) && (item.IsKiB || item.AllUnreclaimable is not null);
            if (isRest && report.Memory.Counters.Count > 0)
            {
                ReadRest(report.Memory, text, start);
            }
            else
            {
                ReadCounters(report.Memory.Totals, text, 0, start);
            }

            return;
        }

        cursor.SkipBlanks();
        report.Memory.Facts.FreePagesKiB = cursor.TryTakeInt64(out long free) ? free : null;
        report.Memory.Facts.FreeHighMemKiB = cursor.TryTake("kB ("u8) && cursor.TryTakeInt64(out long high) ? high : null;
    }
}
