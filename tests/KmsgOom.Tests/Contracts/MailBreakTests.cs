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
