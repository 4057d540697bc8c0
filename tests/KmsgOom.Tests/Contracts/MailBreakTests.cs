using System.Globalization;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Mail programs break lines at blanks, and the rest has no wrapper.</summary>
public sealed class MailBreakTests
{
    [Theory]
    [InlineData(72)]
    [InlineData(76)]
    [InlineData(80)]
    public void BrokenLines_LoseNoRegister_AndNoCounterOfANode(int width)
    {
        byte[] log = Golden.Read("5.10-amd64-global-swap.dmesg.log");
        string[] lines = Encoding.Latin1.GetString(log).TrimEnd('\n').Split('\n');
        byte[] wrapped = Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => Break(line, width) + "\n")));
        OomEvent whole = Assert.Single(OomLog.Parse(log, Golden.Options));
        OomEvent broken = Assert.Single(OomLog.Parse(wrapped, Golden.Options));

        Assert.Equal(whole.Registers.AsEnumerable(), broken.Registers.AsEnumerable());
        Assert.Equal(whole.Memory!.Nodes.Select(node => string.Join(' ', node.Counters)), broken.Memory!.Nodes.Select(node => string.Join(' ', node.Counters)));
        Assert.Equal(broken, Assert.Single(Chunks.ParseInPieces(wrapped, 1000, Golden.Options)));
        Assert.Equal(broken, Assert.Single(Chunks.ParseWithoutSkipping(wrapped, Golden.Options)));
    }

    [Theory]
    [InlineData("nodemask=(null),\ncpuset=den,mems_allowed=0,oom_memcg=/den,task_memcg=/den/fox,task=fox,pid=77,uid=3")]
    [InlineData("nodemask=(null)\n,cpuset=den,mems_allowed=0,oom_memcg=/den,task_memcg=/den/fox,task=fox,pid=77,uid=3")]
    [InlineData("nodemask=(null),cpuset=den,mems_allowed=0,\n> oom_memcg=/den,\n> task_memcg=/den/fox,task=fox,pid=77,uid=3")]
    [InlineData("nodemask=(null),\\\n    cpuset=den,mems_allowed=0,\\\n    oom_memcg=/den,\\\n    task_memcg=/den/fox,\\\n    task=fox,pid=77,uid=3")]
    [InlineData("nodemask=(null),cpuset=den,mems_allowed=0,oom_memcg=/den,task_memcg=/den/fox,task=fox,\npid=77,uid=3")]
    [InlineData("nodemask=(null),cpuset=den,\n                 mems_allowed=0, oom_memcg=/den, task_memcg=/den/fox, task=fox, pid=77, uid=3")]
    public void ConstraintLine_BrokenAtCommas_IsReadWhole(string values)
    {
        foreach (string head in new[] { "", "[    5.000009] ", "Nov  3 10:00:00 mill kernel: ", "Nov  3 10:00:00 mill kernel: [    5.000009] " })
        {
            byte[] log = Encoding.Latin1.GetBytes($"{head}oom-kill:constraint=CONSTRAINT_NONE,{values}\n"
                + $"{head}Memory cgroup out of memory: Killed process 77 (fox) total-vm:9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB\n");
            OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));

            Assert.Equal((OomScope.Memcg, OomConstraint.None, "/den", "/den/fox"), (oom.Scope, oom.Constraint, oom.Memcg?.Path, oom.Memcg?.TaskPath));
            Assert.Equal(("den", "0", null), (oom.Trigger?.Cpuset, oom.Trigger?.MemsAllowed, oom.Trigger?.Nodemask));
            Assert.Empty(oom.UnknownLines);
            Assert.Equal(77, Assert.Single(oom.Victims).Pid);
            Assert.Equal(oom, Assert.Single(Chunks.ParseInPieces(log, 7, Golden.Options)));
            Assert.Equal(oom, Assert.Single(Chunks.ParseWithoutSkipping(log, Golden.Options)));
        }
    }

    [Theory]
    [InlineData("> kernel: fox invoked oom-killer:\n> gfp_mask=0x14201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD), nodemask=0, order=0,\n> oom_score_adj=3\n")]
    [InlineData("    fox invoked oom-killer: gfp_mask=0x14201ca(GFP_HIGHUSER_MOVABLE|\\\n\t__GFP_COLD), nodemask=0, order=0, oom_score_adj=3\n")]
    [InlineData("Nov  3 10:00:00 mill fox invoked oom-killer: gfp_mask=0x14201ca(GFP_HIGHUSER_MOVABLE|__GFP_COLD),\nnodemask=0, order=0, oom_score_adj=3\nNov  3 10:00:00 mill Mem-info:\n")]
    public void Trigger_Broken_IsReadWhole(string text)
    {
        byte[] log = Encoding.Latin1.GetBytes(text);
        OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));

        Assert.Equal(("fox", 0x14201cau, 0, 3), (oom.Trigger?.Name.ToString(), oom.Trigger?.GfpMask, oom.Trigger?.Order, oom.Trigger?.OomScoreAdj));
        Assert.Equal("GFP_HIGHUSER_MOVABLE|__GFP_COLD", string.Join('|', oom.Trigger!.GfpFlags));
        Assert.Equal(oom, Assert.Single(Chunks.ParseInPieces(log, 7, Golden.Options)));
    }

    [Fact]
    public void Hardware_BrokenBeforeTheDateOfItsBios_IsReadWhole() =>
        Assert.Equal(
            "QEMU Standard PC, BIOS 1.9.3 04/01/2014",
            Assert.Single(OomLog.Parse("> kernel: fox invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n> kernel: Hardware name: QEMU Standard PC, BIOS 1.9.3\n> 04/01/2014\n", Golden.Options)).Kernel?.Hardware);

    [Fact]
    public void ConstraintLine_BrokenInALogThatEndsThere_IsOfItsCgroup()
    {
        OomEvent oom = Assert.Single(OomLog.Parse(
            "[    5.000009] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),\ncpuset=/,mems_allowed=0,oom_memcg=/den,task_memcg=/den,task=fox,pid=77,uid=0\n\nSigned-off-by: somebody\n", Golden.Options));

        Assert.Equal((OomScope.Memcg, "/den"), (oom.Scope, oom.Memcg?.Path));
    }

    [Theory]
    [InlineData("> > ")]
    [InlineData(">> ")]
    public void Trigger_BrokenBehindItsName_HasNoMarksForOne(string marks)
    {
        OomEvent oom = Assert.Single(OomLog.Parse($"> > ./log/old:May  3 07:44:38 mill kernel: [ 2283.369927] quarry\n{marks}invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=-17\n", Golden.Options));

        Assert.DoesNotContain(">", $"{oom.Trigger!.Name}", StringComparison.Ordinal);
        Assert.Equal(-17, oom.Trigger!.OomAdj);
    }

    [Theory]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry),\nnow anon-rss:1kB, file-rss:2kB, shmem-rss:3kB\n")]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry), now\nanon-rss:1kB, file-rss:2kB, shmem-rss:3kB\n")]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry), now anon-\nrss:1kB, file-rss:2kB, shmem-rss:3kB\n")]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry), now anon-rss:\n1kB, file-rss:2kB, shmem-rss:3kB\n")]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry), now anon-rss:1kB,\nfile-rss:2kB, shmem-rss:3kB\n")]
    [InlineData("{0}oom_reaper: reaped process 411 (quarry), now anon-rss:1kB,\n> file-rss:2kB,\n> shmem-rss:3kB\n")]
    public void ReaperLine_Broken_IsReadWhole(string form)
    {
        foreach (string head in new[] { "", "[    5.000009] ", "Nov  3 10:00:00 mill kernel: ", "Nov  3 10:00:00 mill kernel: [    5.000009] " })
        {
            byte[] log = Encoding.Latin1.GetBytes($"{head}Out of memory: Killed process 411 (quarry) total-vm:9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB\n"
                + string.Format(CultureInfo.InvariantCulture, form, head));
            OomEvent oom = Assert.Single(OomLog.Parse(log, Golden.Options));
            OomReaper reaper = Assert.NotNull(Assert.Single(oom.Victims).Reaper);

            Assert.Equal((OomReaperOutcome.Reaped, 1, 2, 3), (reaper.Outcome, reaper.AnonRssKiB, reaper.FileRssKiB, reaper.ShmemRssKiB));
            Assert.Equal(head.Contains('[', StringComparison.Ordinal), reaper.Uptime is not null);
            Assert.Equal(0, oom.Source.ForeignLines);
            Assert.Equal(oom, Assert.Single(Chunks.ParseInPieces(log, 7, Golden.Options)));
            Assert.Equal(oom, Assert.Single(Chunks.ParseWithoutSkipping(log, Golden.Options)));
        }
    }

    [Fact]
    public void ReaperLine_CutForGood_TakesNoOtherLine()
    {
        const string Head = "[    5.000009] ";
        OomEvent oom = Assert.Single(OomLog.Parse(
            $"{Head}Out of memory: Killed process 411 (quarry) total-vm:9kB, anon-rss:8kB, file-rss:7kB, shmem-rss:0kB\n"
            + $"{Head}oom_reaper: reaped process 411 (quarry), now anon-rss:12kB, fil\nshe said that this was all\n", Golden.Options));
        OomReaper reaper = Assert.NotNull(Assert.Single(oom.Victims).Reaper);

        Assert.Equal((12, null, null), (reaper.AnonRssKiB, reaper.FileRssKiB, reaper.ShmemRssKiB));
        Assert.DoesNotContain("file_rss_bytes\":0,", OomJson.ToJson(oom), StringComparison.Ordinal);
    }

    private static string Break(string line, int width)
    {
        StringBuilder text = new();
        while (line.Length > width && line.LastIndexOf(' ', width) is > 0 and int blank)
        {
            text.Append(line, 0, blank).Append('\n');
            line = line[(blank + 1)..];
        }

        return text.Append(line).ToString();
    }
}
