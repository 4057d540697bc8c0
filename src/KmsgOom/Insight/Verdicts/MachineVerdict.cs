using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>The machine ran out: what filled it.</summary>
internal static class MachineVerdict
{
    private const int StormTasks = 100;

    // What no cause is named after. File cache and such goes away where it can: it counts only where all else is small.
    private static readonly OomBucketKind[] OtherParts =
    [
        OomBucketKind.File, OomBucketKind.SwapCache, OomBucketKind.SlabReclaimable, OomBucketKind.KernelMiscReclaimable, OomBucketKind.SecondaryPageTables, OomBucketKind.KernelStacks,
        OomBucketKind.Bounce, OomBucketKind.WritebackTemp, OomBucketKind.Zspages, OomBucketKind.GpuActive, OomBucketKind.GpuReclaimable, OomBucketKind.Hwpoisoned,
    ];

    public static OomVerdict Make(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        if (ZoneVerdict.TryMake(inputs.Watermarks) is { } ofZones)
        {
            return ofZones;
        }

        if (inputs.Machine is not { } machine)
        {
            return new OomVerdict
            {
                Cause = OomCause.NotDeterminable,
                Sentence = $"The machine, and no control group, ran out of memory; the log does not have its counters, so that what filled it is not proven{DescribeLargest(inputs)}.",
                Evidence = Verdicts.VictimEvidence(oomEvent),
                Advice = [],
            };
        }

        (OomCause cause, string what) = FindCause(inputs, machine);
        return new OomVerdict
        {
            Cause = cause,
            Sentence = $"The machine ran out of its {Amount.Of(machine.BaseBytes)}: {what}{DescribeSwap(machine)}.",
            Evidence = FindEvidence(oomEvent, machine),
            Advice = Advise(inputs, machine, cause),
        };
    }

    private static (OomCause Cause, string What) FindCause(VerdictInputs inputs, OomBalance machine)
    {
        Int128 total = machine.BaseBytes;
        if (machine.UnexplainedBytes < -machine.BaseBytes / 4)
        {
            return (OomCause.NotDeterminable, "its counters contradict each other (they claim more than there is), so that nothing is proven");
        }

        long shmem = machine.ShmemBytes;
        long anon = machine[OomBucketKind.Anon] + machine[OomBucketKind.UserUndivided];
        (OomCause Cause, long Bytes)[] parts =
        [
            (OomCause.Processes, anon),
            (OomCause.Tmpfs, shmem),
            (OomCause.SlabLeak, machine[OomBucketKind.SlabUnreclaimable] + machine[OomBucketKind.SlabUndivided]),
            (OomCause.PageTables, machine[OomBucketKind.PageTables]),
            (OomCause.HugetlbReservation, machine[OomBucketKind.HugetlbUsed] + machine[OomBucketKind.HugetlbFree]),
            (OomCause.Unaccounted, machine.UnexplainedBytes + machine[OomBucketKind.Balloon]),
        ];
        (OomCause cause, long bytes) = parts.MaxBy(part => part.Bytes);
        if (machine[OomBucketKind.FreeUsable] + machine[OomBucketKind.FreeCma] > Math.Max(bytes, machine.BaseBytes / 4))
        {
            return (OomCause.NotDeterminable, $"{Amount.Of(machine[OomBucketKind.FreeUsable] + machine[OomBucketKind.FreeCma])} were free when the report was printed, so that the request could not use them, or they came back too late");
        }

        OomBucketKind other = OtherParts.MaxBy(kind => machine[kind]);
        if (machine[other] > bytes && (bytes < total / 4 || machine[other] > total / 2))
        {
            string unwritten = other == OomBucketKind.File ? DescribeUnwritten(inputs.Event, machine[other]) : "";
            return (OomCause.NotDeterminable, $"its largest part, {Amount.Of(machine[other])} ({Amount.Share(machine[other], total)}), is {BucketText.Describe(other)}{unwritten}, and the log does not tell why that did not go");
        }

        string share = $"{Amount.Of(bytes)} ({Amount.Share(bytes, total)})";
        return cause switch
        {
            OomCause.Unaccounted when !HasAllCounters(inputs.Event.Memory!) =>
                (OomCause.NotDeterminable, $"{share} is in no counter that the log has, and lines of them are missing from it"),
            OomCause.Processes when machine[OomBucketKind.UserUndivided] > machine[OomBucketKind.Anon] => DescribeUndivided(inputs, machine, share, bytes),
            OomCause.Processes => DescribeProcesses(inputs, $"{share} is memory of processes", total),
            OomCause.Tmpfs => (cause, $"{share} are files in tmpfs or shared memory, which stay without swap until they are deleted"),
            OomCause.SlabLeak => (cause, $"{share} are kernel objects that cannot be reclaimed{DescribeCaches(inputs.Event)}"),
            OomCause.PageTables => (cause, $"{share} are page tables"),
            OomCause.HugetlbReservation => (cause, $"{share} are set aside as huge pages{DescribePool(inputs.Event)}"),
            _ => (cause, $"{share} is in no counter of the kernel: a driver, a balloon or a hypervisor has it"),
        };
    }

    /// <summary>Tells whether the log has the counters that any kernel prints, last ones too: of the block, lines without a prefix are easily lost.</summary>
    private static bool HasAllCounters(OomMemory memory) =>
        memory.Counters.Get("free") is not null && memory.Counters.Get("pagetables") is not null
        && (memory.Counters.Get("slab_unreclaimable") ?? memory.Counters.Get("slab")) is not null;

    private static Int128 UnwrittenBytes(OomEvent oomEvent) =>
        ((Int128)Math.Max(0, oomEvent.Memory!.Counters.Get("dirty") ?? 0) + Math.Max(0, oomEvent.Memory.Counters.Get("writeback") ?? 0)) * oomEvent.PageSize;

    private static string DescribeUnwritten(OomEvent oomEvent, long file)
    {
        Int128 bytes = UnwrittenBytes(oomEvent);
        return bytes * 4 > file ? $" ({Amount.Of(bytes)} of it must be written to disk first)" : "";
    }

    /// <summary>Kernels that do not print the parts: the table tells whether it can be processes.</summary>
    private static (OomCause Cause, string What) DescribeUndivided(VerdictInputs inputs, OomBalance machine, string share, long bytes)
    {
        OomBucket part = machine.Buckets.First(bucket => bucket.Kind == OomBucketKind.UserUndivided);
        string what = $"{share} is {part.Note ?? BucketText.Describe(part.Kind)}, which this kernel does not print apart";
        return inputs.Sums?.Total.RssBytes >= bytes / 2 ? DescribeProcesses(inputs, what, machine.BaseBytes) : (OomCause.NotDeterminable, what);
    }

    private static (OomCause Cause, string What) DescribeProcesses(VerdictInputs inputs, string what, Int128 total)
    {
        if (inputs.Programs.IsEmpty)
        {
            return (OomCause.Processes, $"{what}; the log has no table of them");
        }

        (OomTask task, Int128 own) = FindLargestTask(inputs);
        OomProgram largest = inputs.Programs[0];
        string who = largest.Count == 1
            ? $"{largest.Name} alone holds {Amount.Of(largest.RssBytes)}{DescribeShareable(inputs, largest)}"
            : string.Create(CultureInfo.InvariantCulture, $"{largest.Count} tasks called {largest.Name} hold {Amount.Of(largest.RssBytes)} together (what they share counted for each)");
        return largest.Count >= StormTasks && largest.Count * 2 > inputs.Event.Tasks.Length ? (OomCause.ForkStorm, $"{what}, and {who}")
            : own * 2 > total
                ? (OomCause.LeakSuspect, string.Create(CultureInfo.InvariantCulture, $"{what}, and {task.Name} alone holds {Amount.Of(Bytes(inputs, task.RssPages))} (pid {task.Pid}): a leak, or too large for this machine"))
            : (OomCause.Processes, $"{what}; {who}");
    }

    /// <summary>Finds the task with most memory of its own, and how much that is at least: shared memory that it may have mapped is none.</summary>
    private static (OomTask Task, Int128 OwnBytes) FindLargestTask(VerdictInputs inputs)
    {
        OomEvent oomEvent = inputs.Event;
        Int128 shmem = inputs.Machine?.ShmemBytes ?? 0;
        OomTask largest = oomEvent.Tasks[0];
        OomVictim? victim = oomEvent.Victims.IsEmpty ? null : oomEvent.Victims[0];
        Int128 most = Int128.MinValue;
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            Int128 own = task.RssAnonPages is { } anon ? Bytes(inputs, anon)
                : victim is { AnonRssKiB: { } printed } chosen && chosen.Pid == task.Pid ? (Int128)printed * 1024
                : Bytes(inputs, task.RssPages) - shmem;
            (largest, most) = own > most ? (task, own) : (largest, most);
        }

        return (largest, most);
    }

    /// <summary>Says how much of a program of one task may be shared with others, where that is most of it.</summary>
    private static string DescribeShareable(VerdictInputs inputs, OomProgram program)
    {
        Int128? shareable = (Int128?)program.RssFileShmemBytes
            ?? (inputs.Event.Victims is [{ FileRssKiB: { } file } victim, ..] && victim.Name == program.Name ? ((Int128)file + (victim.ShmemRssKiB ?? 0)) * 1024 : default(Int128?));
        return shareable is { } part && part * 2 > program.RssBytes ? $" ({Amount.Of(part)} of it files and shared memory)" : "";
    }

    private static Int128 Bytes(VerdictInputs inputs, long pages) => (Int128)pages * inputs.Event.PageSize;

    private static string DescribeLargest(VerdictInputs inputs) =>
        inputs.Programs.IsEmpty ? "" : $" ({inputs.Programs[0].Name} held most: {Amount.Of(inputs.Programs[0].RssBytes)})";

    private static string DescribeCaches(OomEvent oomEvent)
    {
        ImmutableArray<OomSlab> slabs = oomEvent.Memory!.UnreclaimableSlab;
        return slabs.IsEmpty ? "; the log does not name the caches"
            : $", most in {string.Join(", ", slabs.OrderByDescending(slab => slab.TotalKiB).Take(3).Select(slab => $"{slab.Name} ({Amount.Of((Int128)slab.TotalKiB * 1024)})"))}";
    }

    private static string DescribePool(OomEvent oomEvent)
    {
        Int128 free = FreeHugepages(oomEvent.Memory!);
        return free > 0 ? $", {Amount.Of(free)} of them unused" : ", all of them in use";
    }

    private static Int128 FreeHugepages(OomMemory memory) =>
        memory.Hugepages.Aggregate(Int128.Zero, (sum, pool) => sum + ((Int128)Math.Clamp(pool.Free, 0, 1L << 40) * Math.Clamp(pool.SizeKiB, 0, 1L << 40))) * 1024;

    private static string DescribeSwap(OomBalance machine) => machine.Swap switch
    {
        { TotalBytes: 0 } => "; there is no swap",
        { State: OomSwapState.Full, TotalBytes: { } total } => $"; swap is full ({Amount.Of(total)})",
        { TotalBytes: { } total, FreeBytes: { } free } when machine.UnevictableBytes > machine.BaseBytes / 2 =>
            $"; {Amount.Of(free)} of {Amount.Of(total)} swap were free, but {Amount.Of(machine.UnevictableBytes.Value)} are unevictable (locked, as with mlock) and stay in memory",
        { TotalBytes: { } total, FreeBytes: { } free } => $"; {Amount.Of(free)} of {Amount.Of(total)} swap were free, but it was too slow, or no use for this memory",
        _ => "",
    };

    private static ImmutableArray<OomEvidence> FindEvidence(OomEvent oomEvent, OomBalance machine) =>
    [
        EvidenceFinder.Find(oomEvent, OomSections.MemInfo, "pages RAM") ?? new OomEvidence(0, $"{machine.BaseBytes} bytes of RAM"),
        EvidenceFinder.Find(oomEvent, OomSections.MemInfo, "active_anon:") ?? new OomEvidence(0, $"anon {machine[OomBucketKind.Anon]} bytes"),
        EvidenceFinder.Find(oomEvent, OomSections.MemInfo, "Free swap", "swap"),
        .. Verdicts.VictimEvidence(oomEvent),
    ];

    private static ImmutableArray<string> Advise(VerdictInputs inputs, OomBalance machine, OomCause cause)
    {
        OomEvent oomEvent = inputs.Event;
        ImmutableArray<string>.Builder advice = ImmutableArray.CreateBuilder<string>();
        switch (cause)
        {
            case OomCause.Processes or OomCause.LeakSuspect when !inputs.Programs.IsEmpty:
                string largest = LargestPrograms.Describe(inputs, countsSwap: machine.Swap is { State: OomSwapState.Full }, out int count);
                string limit = count > 1 ? "give them limits of their own" : "give it a limit of its own";
                advice.Add($"look at {largest}, and {limit} (MemoryMax=, limits.memory)");
                break;
            case OomCause.ForkStorm:
                advice.Add($"limit how many tasks {inputs.Programs[0].Name} may start (TasksMax=, pids.max, its own worker count)");
                break;
            case OomCause.Tmpfs:
                advice.Add("find large files with df -t tmpfs and ipcs -m; limit tmpfs by its mount option size=");
                break;
            case OomCause.SlabLeak:
                advice.Add("watch the cache with slabtop; a kernel or module that is newer may have the leak mended");
                break;
            case OomCause.HugetlbReservation:
                advice.Add(FreeHugepages(oomEvent.Memory!) * 10 > machine[OomBucketKind.HugetlbUsed] + machine[OomBucketKind.HugetlbFree]
                    ? "lower vm.nr_hugepages, or let a program use the pages that are set aside"
                    : "look at who uses the huge pages (a database's shared buffers, a virtual machine): the task table does not count them");
                break;
            case OomCause.PageTables:
                advice.Add("many processes map large shared memory: use huge pages for it");
                break;
            case OomCause.Unaccounted:
                advice.Add("look for drivers and balloons: virsh dommemstat, vmware-toolbox-cmd stat balloon, nvidia-smi; compare /proc/meminfo over time");
                break;
            case OomCause.NotDeterminable when UnwrittenBytes(oomEvent) * 4 > machine.BaseBytes:
                advice.Add("look at the disk or file server that is written to: it was slower than what was written (vm.dirty_bytes bounds what may wait)");
                break;
            default:
                break;
        }

        if (oomEvent.Memory is { SwapTotalKiB: 0 } && cause is OomCause.Processes or OomCause.Tmpfs)
        {
            advice.Add("swap, or zram, would take memory that is not in use");
        }

        return advice.ToImmutable();
    }
}
