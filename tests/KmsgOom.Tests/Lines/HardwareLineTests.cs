using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class HardwareLineTests
{
    [Theory]
    [InlineData("Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.3-debian-1.16.3-2 04/01/2014",
        "QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.3-debian-1.16.3-2 04/01/2014")]
    [InlineData("Hardware name: linux,dummy-virt (DT)", "linux,dummy-virt (DT)")]
    [InlineData("Hardware name: IBM 8561 T01 703 (z/VM 7.3.0) ", "IBM 8561 T01 703 (z/VM 7.3.0)")]
    [InlineData("Hardware name: ", "")]
    public void Hardware_FreeText_IsKept(string message, string expected)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(text.AsSpan().StartsWith(HardwareLine.Start));
        Assert.Equal(expected, Latin1.Text(HardwareLine.Parse(text), text));
    }
}
