using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The task that was killed.</summary>
/// <remarks>
/// <c>Message</c>: null where the announcement carries it (2.6.20 to 5.0).<br/>
/// <c>Uid</c>: printed signed by RHEL 6 and 7, unsigned since 5.4.<br/>
/// <c>Ve</c>: the name of an OpenVZ container.<br/>
/// <c>TotalVmKiB</c>: called vsz from 2.6.33 to 2.6.35.<br/>
/// <c>PageTablesKiB</c>: as printed: bytes in 5.4, whatever the unit says.
/// </remarks>
internal sealed record Kill(
    KillMessage? Message,
    int Pid,
    string Comm,
    long? Uid,
    string? Ve,
    long? TotalVmKiB,
    long? AnonRssKiB,
    long? FileRssKiB,
    long? ShmemRssKiB,
    long? PageTablesKiB,
    int? OomScoreAdj);

/// <summary>Format reference, section 6.2; <c>mm/oom_kill.c</c>, <c>__oom_kill_process()</c>.</summary>
internal static class KillGrammar
{
    private static readonly Kill Empty = new(null, 0, "", null, null, null, null, null, null, null, null);

    // 2.6.9, 2.6.16 to 2.6.19  "%s: Killed process %d (%s).\n"; 2.6.20 to 2.6.32 "Killed process %d (%s)\n"
    private static readonly Parser<char, Kill> Bare = Words(")").Then(Char('.').Optional()).ThenReturn(Empty);

    // 5.4  "…, UID:%u pgtables:%lukB oom_score_adj:%hd\n"
    private static readonly Parser<char, (long PageTables, int Adj)> PageTablesAndAdj =
        from pageTables in KiB(" pgtables")
        from adj in Words(" oom_score_adj:").Then(Number32)
        select (pageTables, adj);

    // 2.6.33  "Killed process %d (%s) vsz:%lukB, anon-rss:%lukB, file-rss:%lukB\n"
    // 2.6.36  "Killed process %d (%s) total-vm:%lukB, anon-rss:%lukB, file-rss:%lukB\n"
    // 4.5     "…, shmem-rss:%lukB\n"; late RHEL 7 "(%s), UID %d, total-vm:…"; RHEL 8 "…, UID:%u\n"
    // OpenVZ  "(%s) VE \"%s\" total-vm:…"
    private static readonly Parser<char, Kill> WithSizes =
        from rhel7Uid in Words(")").Then(OrNull(Words(", UID ").Then(Number).Before(Char(','))))
        from ve in OrNull(AnyCharExcept('"').ManyString().Between(OneOf(Try(Words(" in VE \"")), Words(" VE \"")), Char('"')))
        from totalVm in KiB(" total-vm").Or(KiB(" vsz"))
        from anonRss in KiB(", anon-rss")
        from fileRss in KiB(", file-rss")
        from shmemRss in OrNull(KiB(", shmem-rss"))
        from uid in OrNull(Words(", UID:").Then(Number))
        from tail in OrNull(PageTablesAndAdj)
        select Empty with
        {
            Uid = rhel7Uid ?? uid,
            Ve = ve,
            TotalVmKiB = totalVm,
            AnonRssKiB = anonRss,
            FileRssKiB = fileRss,
            ShmemRssKiB = shmemRss,
            PageTablesKiB = tail?.PageTables,
            OomScoreAdj = tail?.Adj,
        };

    // RHEL 6  "Killed process %d, UID %d, (%s) total-vm:…"
    private static readonly Parser<char, Kill> Line =
        from message in OrNull(Not(Words("Killed process ")).Then(KillMessageGrammar.Prefix))
        from pid in Words("Killed process ").Then(Number32)
        from rhel6Uid in OrNull(Words(", UID ").Then(Number).Before(Char(',')))
        from found in Words(" (").Then(LongestBefore(Try(WithSizes).Or(Bare)))
        select found.Tail with { Message = message, Pid = pid, Comm = found.Text, Uid = rhel6Uid ?? found.Tail.Uid };

    public static Kill? TryParse(string message) => Line.ReadWhole(message);
}
