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
                Sentence = $"The whole machine ran out of memory; the log does not have its counters, so that what filled it is not proven{DescribeLargest(inputs)}.",
                Evidence = Verdicts.VictimEvidence(oomEvent),
                Advice = [],
            };
        }

        (OomCause cause, string what) = FindCause(inputs, machine);
        return new OomVerdict
        {
            Cause = cause,
            Sentence = $"The machine ran out of its {Amount.Of(machine.BaseBytes)}: {what}{DescribeSwap(machine.Swap)}.",
            Evidence = FindEvidence(oomEvent, machine),
            Advice = Advise(inputs, cause),
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

        if (bytes < total / 4 && OtherParts.MaxBy(kind => machine[kind]) is var other && machine[other] > bytes)
        {
            return (OomCause.NotDeterminable, $"its largest part, {Amount.Of(machine[other])} ({Amount.Share(machine[other], total)}), is {BucketText.Describe(other)}, and the log does not tell why that did not go");
        }

        string share = $"{Amount.Of(bytes)} ({Amount.Share(bytes, total)})";
        return cause switch
        {
            OomCause.Processes when machine[OomBucketKind.UserUndivided] > machine[OomBucketKind.Anon] => DescribeUndivided(inputs, machine, share, bytes),
            OomCause.Processes => DescribeProcesses(inputs, $"{share} is memory of processes", total),
            OomCause.Tmpfs => (cause, $"{share} are files in tmpfs or shared memory, which stay without swap until they are deleted"),
            OomCause.SlabLeak => (cause, $"{share} are kernel objects that cannot be reclaimed{DescribeCaches(inputs.Event)}"),
            OomCause.PageTables => (cause, $"{share} are page tables"),
            OomCause.HugetlbReservation => (cause, $"{share} are set aside as huge pages{DescribePool(inputs.Event)}"),
            _ => (cause, $"{share} is in no counter of the kernel: a driver, a balloon or a hypervisor has it"),
        };
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

        OomTask task = FindLargestTask(inputs.Event);
        OomProgram largest = inputs.Programs[0];
        string who = largest.Count == 1
            ? $"{largest.Name} alone holds {Amount.Of(largest.RssBytes)}"
            : string.Create(CultureInfo.InvariantCulture, $"{largest.Count} tasks called {largest.Name} hold {Amount.Of(largest.RssBytes)} together (what they share counted for each)");
        return largest.Count >= StormTasks && largest.Count * 2 > inputs.Event.Tasks.Length ? (OomCause.ForkStorm, $"{what}, and {who}")
            : Bytes(inputs, task.RssPages) * 2 > total
                ? (OomCause.LeakSuspect, string.Create(CultureInfo.InvariantCulture, $"{what}, and {task.Name} alone holds {Amount.Of(Bytes(inputs, task.RssPages))} (pid {task.Pid}): a leak, or too large for this machine"))
            : (OomCause.Processes, $"{what}; {who}");
    }

    private static OomTask FindLargestTask(OomEvent oomEvent)
    {
        OomTask largest = oomEvent.Tasks[0];
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            largest = task.RssPages > largest.RssPages ? task : largest;
        }

        return largest;
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
        Int128 free = oomEvent.Memory!.Hugepages.Aggregate(Int128.Zero, (sum, pool) => sum + ((Int128)Math.Clamp(pool.Free, 0, 1L << 40) * Math.Clamp(pool.SizeKiB, 0, 1L << 40)));
        return $", {Amount.Of(free * 1024)} of them unused";
    }

    private static string DescribeSwap(OomSwapBalance? swap) => swap switch
    {
        { TotalBytes: 0 } => "; there is no swap",
        { State: OomSwapState.Full, TotalBytes: { } total } => $"; swap is full ({Amount.Of(total)})",
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

    private static ImmutableArray<string> Advise(VerdictInputs inputs, OomCause cause)
    {
        OomEvent oomEvent = inputs.Event;
        ImmutableArray<string>.Builder advice = ImmutableArray.CreateBuilder<string>();
        switch (cause)
        {
            case OomCause.Processes or OomCause.LeakSuspect when !inputs.Programs.IsEmpty:
                string limit = inputs.Programs.Length > 1 ? "give them limits of their own" : "give it a limit of its own";
                advice.Add($"look at {string.Join(" and ", inputs.Programs.Take(2).Select(program => $"{program.Name} ({Amount.Of(program.RssBytes)})"))}, and {limit} (MemoryMax=, limits.memory)");
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
                advice.Add("lower vm.nr_hugepages, or let a program use the pages that are set aside");
                break;
            case OomCause.PageTables:
                advice.Add("many processes map large shared memory: use huge pages for it");
                break;
            case OomCause.Unaccounted:
                advice.Add("look for drivers and balloons: virsh dommemstat, vmware-toolbox-cmd stat balloon, nvidia-smi; compare /proc/meminfo over time");
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
