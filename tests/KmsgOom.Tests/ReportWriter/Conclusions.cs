namespace KmsgOom.Tests.ReportWriter;

/// <summary>What may be concluded from the lines that are there: the rules of docs/architecture.md and of the format reference, as rules.</summary>
internal static class Conclusions
{
    /// <summary>The ends of a report; of several that a log tells of, the one that stands here first is how it ended.</summary>
    private static readonly OomOutcome[] Ends = [OomOutcome.Panic, OomOutcome.GroupKilled, OomOutcome.Killed, OomOutcome.AlreadyExiting, OomOutcome.NoVictim];

    /// <summary>What lines may say of whose memory it is. "Out of memory" is what the kernel says of cpusets and policies too: the narrower word holds.</summary>
    private static readonly OomScope[] Scopes = [OomScope.Memcg, OomScope.Cpuset, OomScope.Mempolicy, OomScope.Global];

    public static OomOutcome Outcome(Expectation report)
    {
        if (report.Kind != OomEventKind.Oom)
        {
            return OomOutcome.NoVictim;
        }

        // That a group is to die is no proof that anybody did: a kill line is.
        return Array.Find(Ends, end => report.Ends.Contains(end) && (end != OomOutcome.GroupKilled || report.Ends.Contains(OomOutcome.Killed)));
    }

    public static OomScope Scope(Expectation report)
    {
        if (report.Kind != OomEventKind.Oom)
        {
            return OomScope.Unknown;
        }

        // Reference, 14: Mem-Info without any word of a cgroup is about the machine.
        bool isMachine = report.Sections.HasFlag(OomSections.MemInfo);
        return Array.Find(Scopes, scope => report.Scopes.Contains(scope) || (scope == OomScope.Global && isMachine));
    }

    /// <summary>Tells which sections are provably missing or cut.</summary>
    public static OomSections Missing(Expectation report)
    {
        if (report.Kind != OomEventKind.Oom)
        {
            return OomSections.None;
        }

        return (OomSections)Enum.GetValues<OomSections>().Where(section => section != OomSections.None && IsMissing(report, section)).Sum(section => (int)section);
    }

    private static bool IsMissing(Expectation report, OomSections section) => section switch
    {
        // A trigger, where other sections are there.
        OomSections.Trigger => !Has(report, OomSections.Trigger),

        // A victim, where the report just ends.
        OomSections.Victim => Outcome(report) == OomOutcome.Unfinished,

        // What must stand between two others: the trace, between the CPU line that begins it and the section behind it …
        OomSections.CallTrace => report.HasCpuLine && report.Frames.Count == 0
            && (Has(report, OomSections.Memcg) || Has(report, OomSections.MemInfo) || Has(report, OomSections.Tasks) || Has(report, OomSections.Constraint)),

        // … and between trigger and kill line what every report of that kernel has. That the kernel printed a whole report, one of its late sections proves.
        OomSections.Constraint => IsWhole(report) && !Has(report, OomSections.Constraint),
        OomSections.MemInfo => IsWhole(report) && !Has(report, OomSections.MemInfo) && (Scope(report) is OomScope.Global or OomScope.Cpuset or OomScope.Mempolicy),
        OomSections.Memcg => AreStatsCut(report) || (IsWhole(report) && !Has(report, OomSections.Memcg) && Scope(report) == OomScope.Memcg),
        _ => false,
    };

    private static bool Has(Expectation report, OomSections section) => report.Sections.HasFlag(section);

    /// <summary>Tells a whole report that ends in a kill line with page tables: such kernels (5.4) print the <c>oom-kill:</c> line (5.0) too.</summary>
    private static bool IsWhole(Expectation report) =>
        report.HasPageTables && Has(report, OomSections.Trigger) && (Has(report, OomSections.Tasks) || Has(report, OomSections.Constraint));

    /// <summary>Tells whether statistics lack the key that every kernel prints last but for those that not every build has.</summary>
    private static bool AreStatsCut(Expectation report)
    {
        if (report.Memcg.Stats is not [.., var last])
        {
            return false;
        }

        return last.Values switch
        {
            [] => Has(report, OomSections.Tasks) || Has(report, OomSections.Constraint) || Has(report, OomSections.Victim),
            [{ Key: "anon" }, ..] => last["pglazyfreed"] is null,
            [{ Key: "cache" }, ..] => last["unevictable"] is null,
            _ => false,
        };
    }
}
