using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class VmFaultLineTests
{
    [Fact]
    public void Leak_NamesNobody()
    {
        byte[] text = Latin1.Bytes("Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF");

        Assert.True(VmFaultLine.IsMatch(text));
        Assert.False(VmFaultLine.TryParseName(text, out _));
    }

    [Theory]
    [InlineData("httpd")]
    [InlineData("")]
    [InlineData("a b: c")]
    public void Kill_OfTheFaultHandler_NamesTheTask(string name)
    {
        byte[] text = Latin1.Bytes("VM: killing process " + name);

        Assert.True(VmFaultLine.IsMatch(text));
        Assert.True(VmFaultLine.TryParseName(text, out TextRange range));
        Assert.Equal(name, Latin1.Text(range, text));
    }
}
