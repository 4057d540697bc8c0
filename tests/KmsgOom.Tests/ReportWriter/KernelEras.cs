namespace KmsgOom.Tests.ReportWriter;

/// <summary>The eras of the format reference: each threshold is the first version of its tables that prints the form.</summary>
internal static class KernelEras
{
    private static readonly KernelEra Rhel6 = Mainline("2.6.36") with
    {
        Name = "rhel6",
        Release = "2.6.32-642.6.2.el6.x86_64",
        Kill = KillForm.K5a,
    };

    private static readonly KernelEra Rhel7 = Mainline("3.10") with { Name = "rhel7.0", Release = "3.10.0-123.el7.x86_64", MayHaveKdump = true };

    private static readonly KernelEra Rhel77 = Rhel7 with
    {
        Name = "rhel7.7",
        Release = "3.10.0-1062.el7.x86_64",
        Kill = KillForm.K6a,
        PerCpu = PerCpuForm.None,
        Counters = CountersForm.G5,
        Zone = ZoneForm.Z6,
        UnlimitedKiB = 9007199254740988,
    };

    private static readonly KernelEra Rhel81 = Mainline("4.15") with
    {
        Name = "rhel8.1",
        Release = "4.18.0-147.5.1.el8_1.x86_64",
        Announcement = AnnouncementForm.None,
        Kill = KillForm.K7,
        HasGroupKill = true,
        HasNoKillableLine = true,
        Gfp = GfpForm.D,
        MayHaveKdump = true,
    };

    private static readonly KernelEra Rhel83 = Mainline("5.3") with
    {
        Name = "rhel8.3",
        Release = "4.18.0-240.el8.x86_64",
        HasTitle = false,
        Table = TableForm.T5,
        Kill = KillForm.K7a,
        Gfp = GfpForm.D,
    };

    private static readonly KernelEra Rhel85 = Mainline("5.11") with
    {
        Name = "rhel8.5",
        Release = "4.18.0-348.2.1.el8_5.x86_64",
        StatKeys = new Version(5, 12),
        Zone = ZoneForm.Z12Rhel,
        Gfp = GfpForm.D,
    };

    private static readonly KernelEra OpenVz9 = Mainline("5.15") with { Name = "openvz9", Release = "5.14.0-427.22.1.vz9.62.1", Kill = KillForm.K8a };

    private static readonly string[] Versions =
    [
        "2.6.9", "2.6.18", "2.6.24", "2.6.29", "2.6.32", "2.6.34", "2.6.36", "3.2", "3.7", "3.9", "3.10", "3.13", "3.16", "3.18", "4.0", "4.2", "4.4", "4.5", "4.6", "4.8", "4.9",
        "4.11", "4.13", "4.15", "4.19", "5.0", "5.2", "5.4", "5.6", "5.8", "5.9", "5.11", "5.12", "5.15", "5.17", "5.18", "5.19", "6.0", "6.1", "6.3", "6.5", "6.6", "6.8", "6.10",
        "6.12", "6.13", "6.17", "6.18", "6.19", "7.0", "7.1", "7.3",
    ];

    public static KernelEra[] All { get; } = [.. Versions.Select(Mainline), Rhel6, Rhel7, Rhel77, Rhel81, Rhel83, Rhel85, OpenVz9];

    public static KernelEra Find(string name) => All.Single(era => era.Name == name);

    private static KernelEra Mainline(string name)
    {
        Version version = Version.Parse(name);
        bool Since(string first) => version >= Version.Parse(first);
        bool Within(string first, string next) => Since(first) && !Since(next);
        T Pick<T>(T oldest, params (string From, T Form)[] later) => later.LastOrDefault(form => Since(form.From), (From: "", Form: oldest)).Form;

        return new KernelEra(name, version, name.StartsWith("2.6", StringComparison.Ordinal) ? name + "-1-amd64" : name + ".0-21-generic")
        {
            StatKeys = version,
            Trigger = Pick(
                TriggerForm.Nameless, ("2.6.14", TriggerForm.NamelessOrder), ("2.6.19", TriggerForm.OomKillAdj), ("2.6.32", TriggerForm.OomAdj),
                ("2.6.36", TriggerForm.BothAdj), ("3.7", TriggerForm.ScoreAdj), ("4.6", TriggerForm.GfpNames), ("4.9", TriggerForm.Nodemask),
                ("4.11", TriggerForm.NodemaskTwoBlanks), ("4.15", TriggerForm.NodemaskOneBlank), ("5.0", TriggerForm.Modern)),
            HasCpusetLine = Within("2.6.29", "5.0"),
            CpuLine = Pick(
                CpuForm.None, ("2.6.24", CpuForm.Pid), ("3.10", CpuForm.Cpu), ("5.14", CpuForm.CpuBuildId), ("6.12", CpuForm.CpuUid), ("6.17", CpuForm.CpuUidPreempt)),
            Trace = Pick(
                TraceForm.None, ("2.6.18", TraceForm.BlankLines), ("2.6.29", TraceForm.Addresses), ("3.10", TraceForm.AddressesAndStack),
                ("4.10", TraceForm.Plain), ("5.15", TraceForm.TaskMarks)),
            TaskIn = Pick(TaskInForm.None, ("2.6.30", TaskInForm.OneLine), ("3.15", TaskInForm.ThreeRecords), ("3.18", TaskInForm.OneLine), ("5.0", TaskInForm.None)),
            HasLimitReached = Within("4.1", "5.0"),
            HasMemcgCounters = Since("2.6.30"),
            HasKmem = Since("3.8"),
            HasV2Counters = Since("5.3"),
            Stats = Pick(StatsForm.None, ("3.9", StatsForm.OneLine), ("5.3", StatsForm.MultiLine), ("6.5", StatsForm.Records)),
            HasProtection = Since("6.19"),
            HasTitle = Since("4.19"),
            Table = Pick(
                TableForm.None, ("2.6.25", TableForm.T1), ("2.6.36", TableForm.T2), ("3.6", TableForm.T3), ("4.0", TableForm.T4), ("4.15", TableForm.T5),
                ("4.19", TableForm.T6), ("6.8", TableForm.T7)),
            HasConstraint = Since("5.0"),
            IsConstraintBroken = Within("5.0", "5.2"),
            Announcement = Pick(
                AnnouncementForm.None, ("2.6.16", AnnouncementForm.AndChildren), ("2.6.20", AnnouncementForm.OrAChild),
                ("2.6.36", AnnouncementForm.SacrificeChild), ("5.1", AnnouncementForm.None)),
            Kill = Pick(
                KillForm.K1, ("2.6.16", KillForm.K2), ("2.6.20", KillForm.K3), ("2.6.33", KillForm.K4), ("2.6.36", KillForm.K5), ("4.5", KillForm.K6),
                ("5.1", KillForm.K7), ("5.4", KillForm.K8)),
            PrintsPgtablesInBytes = Within("5.4", "5.5"),
            HasReaper = Since("4.6"),
            HasGroupKill = Since("4.19"),
            HasAlreadyExiting = Since("5.9"),
            HasNoKillableLine = Since("4.19"),
            SuppressedBy = Pick("", ("2.6.33", "oom_kill_process: {0} callbacks suppressed")),
            PerCpu = Pick(
                PerCpuForm.LowHigh, ("2.6.18", PerCpuForm.HighUsed), ("2.6.19", PerCpuForm.HotCold), ("2.6.25", PerCpuForm.Plain), ("4.1", PerCpuForm.None)),
            Counters = Pick(
                CountersForm.G0, ("2.6.21", CountersForm.G1), ("2.6.28", CountersForm.G2), ("2.6.32", CountersForm.G3), ("3.7", CountersForm.G4),
                ("4.1", CountersForm.G5), ("5.8", CountersForm.G6), ("5.15", CountersForm.G7), ("6.1", CountersForm.G8)),
            Node = Pick(
                NodeForm.None, ("4.8", NodeForm.N1), ("4.12", NodeForm.N2), ("5.8", NodeForm.N3), ("5.9", NodeForm.N4), ("5.11", NodeForm.N5),
                ("6.1", NodeForm.N6), ("6.6", NodeForm.N7), ("6.17", NodeForm.N8), ("7.1", NodeForm.N9)),
            Zone = Pick(
                ZoneForm.Z0, ("2.6.12", ZoneForm.Z1), ("2.6.28", ZoneForm.Z2), ("2.6.32", ZoneForm.Z3), ("3.7", ZoneForm.Z4), ("3.8", ZoneForm.Z5),
                ("4.1", ZoneForm.Z6), ("4.8", ZoneForm.Z7), ("4.13", ZoneForm.Z8), ("5.6", ZoneForm.Z9), ("5.8", ZoneForm.Z10), ("5.9", ZoneForm.Z11),
                ("5.11", ZoneForm.Z12), ("5.17", ZoneForm.Z13), ("6.17", ZoneForm.Z14), ("6.18", ZoneForm.Z15), ("7.3", ZoneForm.Z16)),
            HasMigrateTypes = Since("3.8"),
            HasHwpoisoned = Since("3.14"),
            Profile = Pick(ProfileForm.None, ("6.10", ProfileForm.Bytes), ("6.12", ProfileForm.Human), ("6.18", ProfileForm.HumanWithState)),
            HasSlabTable = Since("4.15"),
            Gfp = Pick(GfpForm.Numeric, ("4.6", GfpForm.B), ("4.10", GfpForm.C), ("4.19", GfpForm.D), ("5.2", GfpForm.E), ("6.17", GfpForm.BitOrder)),
            MayHaveKdump = Since("4.19"),
            MemcgPrintsMemInfo = !Since("3.9"),
            UnlimitedKiB = Pick(9007199254740991UL, ("3.13", 18014398509481983UL), ("3.19", 9007199254740988UL)),
        };
    }
}
