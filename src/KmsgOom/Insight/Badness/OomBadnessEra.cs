namespace KmsgOom;

/// <summary>How the kernel of an event computes badness, <c>oom_badness()</c>.</summary>
public enum OomBadnessEra
{
    /// <summary>Nothing tells the kernel.</summary>
    Unknown,

    /// <summary>Up to 2.6.35: from address space, run time and niceness; a log does not have the inputs.</summary>
    RunTime,

    /// <summary>2.6.36 to 3.4 and RHEL 6: per mille of all memory, 30 less for root, between 1 and 1000; swap and page tables are not in the table.</summary>
    PerMille,

    /// <summary>3.5 to 3.12: pages, with 30 taken from root's adjustment.</summary>
    PagesRootAdjusted,

    /// <summary>3.13 to 4.16 and RHEL 7: pages, 3 % less for root.</summary>
    PagesRootBonus,

    /// <summary>4.17 to 5.8: pages, at least 1.</summary>
    Pages,

    /// <summary>5.9 and later, RHEL 8.5: pages, which may be negative.</summary>
    SignedPages,
}
