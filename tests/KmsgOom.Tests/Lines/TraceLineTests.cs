using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TraceLineTests
{
    [Theory]
    [InlineData("[<c01408cb>] out_of_memory+0x69/0x18e")]
    [InlineData("[<ffffffff81128072>] ? dump_header+0x92/0x1b0")]
    [InlineData("dump_stack+0x5c/0x78")]
    [InlineData("? find_lock_task_mm+0x3b/0x80")]
    [InlineData("oom_kill_process.cold.33+0xb/0x10")]
    [InlineData("xfs_buf_alloc+0x1a/0x30 [xfs]")]
    [InlineData("xfs_buf_alloc+0x1a/0x30 [xfs 0123456789abcdef0123456789abcdef01234567]")]
    [InlineData("dump_backtrace+0x0/0x1a0 (P)")]
    [InlineData("[<c0012fcc>] (dump_backtrace) from [<c00131a4>] (show_stack+0x20/0x24)")]
    [InlineData("show_stack from dump_stack_lvl+0x90/0xac")]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0 (unreliable)")]
    [InlineData("[<0000000000113fbe>] show_stack+0x56/0x80 ")]
    [InlineData("([<0000000000113fbe>] show_trace+0x56/0x80)")]
    [InlineData("[0000000000664a20] handle_pte_fault+0xe0/0x200")]
    [InlineData("<IRQ>  [<ffffffff8169a5f0>] dump_stack+0x19/0x1b")]
    [InlineData("<EOI>  [<ffffffff8169a5f0>] ? dump_stack+0x19/0x1b")]
    [InlineData("<ffffffff8015a6f5>{out_of_memory+55} <ffffffff8015b7b7>{__alloc_pages+567}")]
    [InlineData("<ffffffff8015a6f5>{:ext3:ext3_readpage+15}")]
    [InlineData("{out_of_memory+55} {__alloc_pages+567}")]
    [InlineData("<EOI> <ffffffff8015a6f5>{thread_return+0}")]
    [InlineData("Function entered at [<c0011738>] from [<c03019b8>]")]
    public void Frame_OfEveryArchitecture_IsOne(string text) => AssertIs(nameof(OomLineKind.Frame), text);

    [Theory]
    [InlineData("<TASK>")]
    [InlineData("</TASK>")]
    [InlineData("<IRQ>")]
    [InlineData("</IRQ>")]
    [InlineData("<EOI>")]
    [InlineData("0000000000000286 000000001926a587 ffff99e5a1cabc60 ffffffff8ce12e02")]
    [InlineData("=======================")]
    [InlineData("--- interrupt: 300 at 0x100010e8")]
    [InlineData("--- interrupt: 300")]
    [InlineData("--- Exception: c01 at 0xff5c1d8")]
    [InlineData("NIP [00000000100010e8] 0x100010e8")]
    [InlineData("LR [0000000010001104] 0x10001104")]
    [InlineData("Backtrace: ")]
    [InlineData("Leftover inexact backtrace:")]
    [InlineData("Last Breaking-Event-Address:")]
    [InlineData("Exception stack(0xc2821fb0 to 0xc2821ff8)")]
    [InlineData("1fa0:                                     00000000 00000000 00000000 00000000")]
    [InlineData("sp=e000003022f0fb20 bsp=e000003022f01168")]
    [InlineData("Stack : 0000000000000000 ffffffff80a20000 0000000000000001 98000000f1a3fb00")]
    [InlineData("98000000f1a3fb00 ffffffff80a20000")]
    public void Mark_BetweenFrames_IsOne(string text) => AssertIs(nameof(OomLineKind.TraceMark), text);

    [Theory]
    [InlineData("RIP: 0033:0x7f7fb0b1a9ca", "RIP=0033:0x7f7fb0b1a9ca")]
    [InlineData("Code: f3 0f 1e fa b8 ea ff ff ff 48 85 ff <74> 28 48", "Code=f3 0f 1e fa b8 ea ff ff ff 48 85 ff <74> 28 48")]
    [InlineData("Code: Bad RIP value.", "Code=Bad RIP value.")]
    [InlineData("Code: Unable to access opcode bytes at RIP 0x7f7fb0b1a9a0.", "Code=Unable to access opcode bytes at RIP 0x7f7fb0b1a9a0.")]
    [InlineData("Code: Unable to access opcode bytes at 0x7f7fb0b1a9a0.", "Code=Unable to access opcode bytes at 0x7f7fb0b1a9a0.")]
    [InlineData("RSP: 002b:00007ffd5b9c3f58 EFLAGS: 00010246 ORIG_RAX: 0000000000000014",
        "RSP=002b:00007ffd5b9c3f58|EFLAGS=00010246|ORIG_RAX=0000000000000014")]
    [InlineData("RSP: 002b:00007ffd5b9c3f58 EFLAGS: 00010246", "RSP=002b:00007ffd5b9c3f58|EFLAGS=00010246")]
    [InlineData("RAX: 0000000000000001 RBX: 00007f0a4c0008c0 RCX: 00007f0a5d9a5aff ", "RAX=0000000000000001|RBX=00007f0a4c0008c0|RCX=00007f0a5d9a5aff")]
    [InlineData("NIP:  00000000100010e8 LR: 00000000100010a4 CTR: 0000000010037418", "NIP=00000000100010e8|LR=00000000100010a4|CTR=0000000010037418")]
    [InlineData("REGS: c0000000036a3e80 TRAP: 0300   Not tainted  (6.1.0-50-powerpc64le Debian 6.1.176-1)",
        "REGS=c0000000036a3e80|TRAP=0300   Not tainted  (6.1.0-50-powerpc64le Debian 6.1.176-1)")]
    [InlineData("MSR:  800000000280f033 <SF,VEC,LE>  CR: 44002428  XER: 0000005a", "MSR=800000000280f033 <SF,VEC,LE>|CR=44002428|XER=0000005a")]
    [InlineData("CFAR: 00000000100010ec DAR: 00007fff60740000 DSISR: 42000000 IRQMASK: 0 ",
        "CFAR=00000000100010ec|DAR=00007fff60740000|DSISR=42000000|IRQMASK=0")]
    [InlineData("GPR00: 00000000100010a4 00007fffc02d8400 ", "GPR00=00000000100010a4 00007fffc02d8400")]
    [InlineData("r6:000200da r5:00000000", "r6=000200da|r5=00000000")]
    [InlineData("r10:c2821fb0 r9:00000000 fp:c0a1b2c3", "r10=c2821fb0|r9=00000000|fp=c0a1b2c3")]
    [InlineData("RBP: 0000000000000001 R08: 00007f0a4c0008c0 R09: 00007f0a5d9a5aff", "RBP=0000000000000001|R08=00007f0a4c0008c0|R09=00007f0a5d9a5aff")]
    public void Registers_OfUserMode_AreTakenOneByOne(string message, string expected)
    {
        AssertIs(nameof(OomLineKind.Register), message);

        byte[] text = Latin1.Bytes(message);
        List<string> registers = [];
        Utf8Cursor cursor = new(text);
        while (!cursor.IsAtEnd && TraceLine.TryTakeRegister(ref cursor, text, out TextRange name, out TextRange value))
        {
            registers.Add($"{Latin1.Text(name, text)}={Latin1.Text(value, text)}");
        }

        Assert.Equal(expected, string.Join('|', registers));
    }

    [Theory]
    [InlineData("eth0: link up")]
    [InlineData("IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready")]
    [InlineData("NMI: watchdog enabled")]
    [InlineData("BUG: Bad rss-counter state mm:00000000deadbeef idx:1 val:2")]
    [InlineData("TCP: eth0: Driver has suspect GRO implementation")]
    [InlineData("ACPI: EC: interrupt blocked")]
    [InlineData("CPU: 1 of 2")]
    [InlineData("DMA: 1*4kB")]
    [InlineData("<4>text")]
    [InlineData("memory at 0x12345+0x10")]
    [InlineData("sda: sda1 sda2")]
    [InlineData("r8169: eth0: link up")]
    [InlineData("fb: 12345678x")]
    [InlineData("dead beef")]
    [InlineData("00007fdc1763a010")]
    [InlineData("--- cut here ---")]
    [InlineData("==")]
    public void Line_ThatOnlyLooksLikeARegister_IsUnrelated(string text) => AssertIs(nameof(OomLineKind.Unrelated), text);

    private static void AssertIs(string kind, string text) => Assert.Equal(kind, TraceLine.Classify(Latin1.Bytes(text)).ToString());
}
