using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>Lines that follow each other in one piece are read in runs; one by one, from a log that comes byte by byte, they give the same.</summary>
public class RunTests
{
    // Names that look like wrappers, stamps or escapes, or that a table could hold anyway.
    private static readonly string[] Names =
    [
        "a.b", "cron.daily", "[12345.123456] ", "[12345.123456]", "x[1.234567] y", "b[1]", "c]", "[d]", "x kernel: y", "kernel: z", "12:34:56 k", "log.1", "<6>e", "f: g",
        " h", "i ", "", "(null)", "#012j", "\\x0ak", "\\012l", "\u001b[0m", "m{", "n>", "1,2,3,-;o", "2026-11-29", "Nov 29 01:02:03", "?", "'p'", "fifteen.letters",
    ];

    private static readonly string[] Registers =
    [
        "RIP: 0033:0x7f1d0f4a7a3d", "Code: 0f 1f 00 <48> 8b", "RSP: 002b:00007fff01a47940 EFLAGS: 00010206", "RSP: 002b:00007fff01a47940 EFLAGS: 00010206 ORIG_RAX: 0000000000000001",
        "RAX: ffffffffffffffda RBX: 0000000000000001 RCX: 00007f1d0f4a7a3d", "R13: 00007fff01a47940 R14: 0000000000000000 R15: ", "RAX: 1 RBX: 2", "RAX: 1234  RBX: 2", "RBP:0000",
        "R8: zzzz", "CPU: 0000", "DMA: 0000", "GPR00: c000000000b5a3c4 c00000000b8f3a40", "RDX: 12:34:56 RSI: 0000", "NIP:  c0000000", "_AX: 0000", "CR2: 0000000000000000 ",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("[12345.{0:D6}] ")]
    [InlineData("Mar  2 06:07:07 worker-07 kernel: [12345.{0:D6}] ")]
    [InlineData("4,{0},12345{0:D6},-;")]
    public void Run_OfOddLines_IsReadAsOneByOne(string prefix)
    {
        foreach (string odd in (string[])[.. Names, .. Registers])
        {
            bool isName = Array.IndexOf(Names, odd) >= 0;
            List<string> lines = ["sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", "Call Trace:"];
            for (int i = 0; i < 12; i++)
            {
                lines.Add($" dump_stack+0x{i:x}/0x5a");
                lines.Add(!isName && i == 6 ? odd : "RAX: ffffffffffffffda RBX: 0000000000000001 RCX: 00007f1d0f4a7a3d");
            }

            lines.Add("Tasks state (memory values in pages):");
            lines.Add("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name");
            for (int i = 0; i < 12; i++)
            {
                lines.Add($"[{100 + i,7}]     0   {100 + i}     1000      500    40960        0             0 {(isName && i == 6 ? odd : "sh")}");
            }

            lines.Add("Out of memory: Killed process 105 (sh) total-vm:4000kB, anon-rss:2000kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:40kB oom_score_adj:0");
            byte[] log = Encoding.Latin1.GetBytes(string.Concat(lines.Select((line, number) => string.Format(null, prefix, number) + line + "\n")));
            ImmutableArray<OomEvent> inRuns = Chunks.ParseCut(log, [], Golden.Options);
            Assert.Equal(105, Assert.Single(inRuns).Victims[0].Pid);
            AssertEvents.Same(inRuns, Chunks.ParseInPieces(log, 1, Golden.Options));
        }
    }

    /// <summary>Only the first messages of a log may be rows of a table that begins before it; those that are read in a run are counted among them.</summary>
    [Fact]
    public void Row_BehindALongReport_BeginsNoOther()
    {
        List<string> lines = ["sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0", "Call Trace:"];
        lines.AddRange(Enumerable.Range(0, 80).Select(i => $" dump_stack+0x{i:x}/0x5a"));
        lines.Add("Out of memory: Killed process 105 (sh) total-vm:4000kB, anon-rss:2000kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:40kB oom_score_adj:0");
        lines.Add("[    356]     0   356     1595     1367    53248        0             0 mid");
        byte[] log = Encoding.Latin1.GetBytes(string.Concat(lines.Select((line, number) => $"[12345.{number:D6}] {line}\n")));

        ImmutableArray<OomEvent> inRuns = Chunks.ParseCut(log, [], Golden.Options);
        Assert.Equal(105, Assert.Single(inRuns).Victims[0].Pid);
        AssertEvents.Same(inRuns, Chunks.ParseInPieces(log, 1, Golden.Options));
    }
}
