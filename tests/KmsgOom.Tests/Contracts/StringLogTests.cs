using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>A log in the strings of a program's text, of YAML or of an object written out: in quotation marks, its newlines escaped.</summary>
public sealed class StringLogTests
{
    private const string Trigger = "fox invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=3";
    private const string Kill = "Out of memory: Killed process 77 (fox) total-vm:9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB, UID:4 pgtables:12kB oom_score_adj:3";
    private const string Reaper = "oom_reaper: reaped process 77 (fox), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB";

    [Theory]
    [InlineData("        \"output\": \"", "Nov 23 18:17:43 mill kernel: ", "\",", "mill", true, null)]
    [InlineData("  out:'", "[Mon Nov 23 18:17:43 2026] ", "',", null, true, null)]
    [InlineData("  'oom': `", "[   12.345678] ", "`,", null, false, 12.345678)]
    [InlineData("\t\tlog: \"", "2026-11-23T18:17:43+02:00 mill kernel: ", "\\n\"", "mill", true, null)]
    [InlineData("", "", "", null, false, null)]
    public void EscapedNewlines_PartTheLinesOfAReport(string before, string head, string after, string? host, bool hasTime, double? uptime)
    {
        OomEvent oom = AssertOne($"{before}{head}{Trigger}\\n{head}{Kill}\\n{head}{Reaper}{after}\n  note: \"that was all\"\n");

        Assert.Equal(("fox", 3, OomOutcome.Killed), (oom.Trigger?.Name.ToString(), oom.Trigger?.OomScoreAdj, oom.Outcome));
        Assert.Equal((host, hasTime, uptime), (oom.Host, oom.Time is not null, oom.Uptime?.TotalSeconds));
        Assert.NotNull(Assert.Single(oom.Victims).Reaper);
    }

    [Fact]
    public void KillAndReaper_InOneString_AreOneKill()
    {
        OomEvent oom = AssertOne($"  'oom': `[   12.345678] {Kill}\\n[   12.345999] {Reaper}\\n[   12.400000] systemd[1]: den.service: Failed`,\n");

        Assert.Equal(12.345999, Assert.Single(oom.Victims).Reaper?.Uptime?.TotalSeconds);
    }

    [Fact]
    public void AnnouncementAndKill_InOneMessage_AreOneKill()
    {
        const string Log = """
            {"log":"Memory cgroup out of memory: Kill process 76 (den) score 1923 or sacrifice child\nKilled process 77 (fox) total-vm:9kB, anon-rss:8kB, file-rss:7kB\n"}

            """;
        OomVictim victim = Assert.Single(AssertOne(Log).Victims);

        Assert.Equal((77, 1923L, 8L, 76), (victim.Pid, victim.Score, victim.AnonRssKiB, victim.Announced?.Pid));
    }

    [Theory]
    [InlineData("Killed process 77 (a\\nb) total-vm:9kB, anon-rss:8kB, file-rss:7kB", "a\\nb")]
    [InlineData("Out of memory: Kill process 77 (a\\nb child) score 5 or sacrifice child", "a\\nb child")]
    public void Name_WithSuchAnEscape_IsWhole(string line, string name)
    {
        OomEvent oom = AssertOne("[   12.345678] " + line + "\n");

        Assert.Equal(name, oom.Victims.Length > 0 ? oom.Victims[0].Name.ToString() : oom.Announced?.Name.ToString());
    }

    [Theory]
    [InlineData("    message: \"Nov  3 18:17:43 mill kernel: [   12.345678] ", "\"", "mill", 12.345678)]
    [InlineData("\t\tMessage:   \"2026-11-23T18:17:43-0500 mill kernel: ", "\",", "mill", null)]
    [InlineData("    cont(\"2026-11-23T18:17:43.000001+00:00 mill kernel: ", "\", \"2026-11-23T18:17:43.000001Z\"),", "mill", null)]
    [InlineData("    line: \"kern:     err: [2026-11-23T18:17:43.000001605Z]: ", "\",", null, null)]
    [InlineData("#   Nov 23 18:17:43 kernel: ", "", null, null)]
    [InlineData("# [Mon Nov 23 18:17:43 2026] ", "", null, null)]
    [InlineData("// Nov 23 18:17:43 mill kernel: ", "", "mill", null)]
    public void Header_BehindAQuotationMarkOrAMark_TellsHostAndTime(string before, string after, string? host, double? uptime)
    {
        OomEvent oom = AssertOne($"{before}{Trigger}{after}\n{before}oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/den,task=fox,pid=77,uid=4{after}\n"
            + $"{before}{Kill}{after}\n");

        Assert.Equal((host, uptime, "/den"), (oom.Host, oom.Uptime?.TotalSeconds, oom.Memcg?.TaskPath));
        Assert.NotNull(oom.Time);
        Assert.Equal(("fox", 12L), (oom.Trigger?.Name.ToString(), Assert.Single(oom.Victims).PageTablesKiB));
    }

    private static OomEvent AssertOne(string text)
    {
        byte[] log = Encoding.Latin1.GetBytes(text);
        OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));
        for (int size = 1; size < 64; size += 3)
        {
            Assert.Equal(oom, Assert.Single(Chunks.ParseInPieces(log, size, Golden.Options)));
        }

        Assert.Equal(oom, Assert.Single(Chunks.ParseWithoutSkipping(log, Golden.Options)));
        return oom;
    }
}
