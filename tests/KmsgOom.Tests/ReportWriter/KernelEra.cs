namespace KmsgOom.Tests.ReportWriter;

internal enum TriggerForm { Nameless, NamelessOrder, OomKillAdj, OomAdj, BothAdj, ScoreAdj, GfpNames, Nodemask, NodemaskTwoBlanks, NodemaskOneBlank, Modern }

internal enum CpuForm { None, Pid, Cpu, CpuBuildId, CpuUid, CpuUidPreempt }

internal enum TraceForm { None, BlankLines, Addresses, AddressesAndStack, Plain, TaskMarks }

internal enum TaskInForm { None, OneLine, ThreeRecords }

internal enum StatsForm { None, OneLine, MultiLine, Records }

internal enum TableForm { None, T1, T2, T3, T4, T5, T6, T7 }

internal enum AnnouncementForm { None, AndChildren, OrAChild, SacrificeChild }

internal enum KillForm { K1, K2, K3, K4, K5, K5a, K6, K6a, K7, K7a, K8, K8a }

internal enum PerCpuForm { None, LowHigh, HighUsed, HotCold, Plain }

internal enum CountersForm { G0, G1, G2, G3, G4, G5, G6, G7, G8 }

internal enum NodeForm { None, N1, N2, N3, N4, N5, N6, N7, N8, N9 }

internal enum ZoneForm { Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9, Z10, Z11, Z12, Z12Rhel, Z13, Z14, Z15, Z16 }

internal enum ProfileForm { None, Bytes, Human, HumanWithState }

internal enum GfpForm { Numeric, B, C, D, E, BitOrder }

/// <summary>A kernel as the format reference describes it: which form of each line it prints.</summary>
internal sealed record KernelEra(string Name, Version Version, string Release)
{
    public TriggerForm Trigger { get; init; }

    public bool HasCpusetLine { get; init; }

    public CpuForm CpuLine { get; init; }

    public TraceForm Trace { get; init; }

    public TaskInForm TaskIn { get; init; }

    public bool HasLimitReached { get; init; }

    public bool HasMemcgCounters { get; init; }

    public bool HasKmem { get; init; }

    public bool HasV2Counters { get; init; }

    public StatsForm Stats { get; init; }

    /// <summary>Gets the version whose statistics keys are printed; a distribution's kernel may be ahead of its own.</summary>
    public required Version StatKeys { get; init; }

    public bool HasProtection { get; init; }

    public bool HasTitle { get; init; }

    public TableForm Table { get; init; }

    public bool HasConstraint { get; init; }

    /// <summary>Gets whether CONSTRAINT_NONE is printed for everything (5.0).</summary>
    public bool IsConstraintBroken { get; init; }

    public AnnouncementForm Announcement { get; init; }

    public KillForm Kill { get; init; }

    /// <summary>Gets whether the kill line says bytes and calls them kB (5.4.0).</summary>
    public bool PrintsPgtablesInBytes { get; init; }

    public bool HasReaper { get; init; }

    public bool HasGroupKill { get; init; }

    public bool HasAlreadyExiting { get; init; }

    public bool HasNoKillableLine { get; init; }

    public string SuppressedBy { get; init; } = "";

    public PerCpuForm PerCpu { get; init; }

    public CountersForm Counters { get; init; }

    public NodeForm Node { get; init; }

    public ZoneForm Zone { get; init; }

    public bool HasMigrateTypes { get; init; }

    public bool HasHwpoisoned { get; init; }

    public ProfileForm Profile { get; init; }

    public bool HasSlabTable { get; init; }

    public GfpForm Gfp { get; init; }

    public bool MayHaveKdump { get; init; }

    /// <summary>Gets whether a memcg report has the machine's Mem-Info too (up to 3.8, RHEL 6).</summary>
    public bool MemcgPrintsMemInfo { get; init; }

    /// <summary>Gets the printed limit that means "none", for 4 KiB pages.</summary>
    public ulong UnlimitedKiB { get; init; }

    public bool HasMemcg => IsSince("2.6.29");

    public bool IsSince(string version) => Version >= Version.Parse(version);

    public override string ToString() => Name;
}
