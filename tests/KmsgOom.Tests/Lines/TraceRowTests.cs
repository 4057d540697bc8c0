using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

/// <summary>What stands in brackets in a call trace must not look like a row of the task table, whichever section is open.</summary>
public sealed class TraceRowTests
{
    [Theory]
    [InlineData("[c0000000fe8a3a00] [c0000000009e4e0c] dump_stack+0xb0/0xf0 (unreliable)")]
    [InlineData("[0000000000664a20] handle_pte_fault+0xe0/0x200")]
    [InlineData("[<c0012fcc>] (dump_backtrace) from [<c00131a4>] (show_stack+0x20/0x24)")]
    [InlineData("[<0000000000113fbe>] show_stack+0x56/0x80 ")]
    [InlineData("NIP [00000000100010e8] 0x100010e8")]
    [InlineData("1fa0: 00000000 00000000 00000000 00000000")]
    public void TraceLine_IsNoRow(string message)
    {
        foreach (OomSections section in Enum.GetValues<OomSections>())
        {
            Assert.NotEqual(OomLineKind.TaskRow, OomLineClassifier.Classify(Latin1.Bytes(message), section));
        }
    }
}
