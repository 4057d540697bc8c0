using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class PerCpuLineTests
{
    public static TheoryData<string, int, OomPerCpuList[]> Lists => new()
    {
        { "cpu 0 hot: low 2, high 6, batch 1", 0, [new(OomPerCpuTemperature.Hot, 2, 6, 1, null)] },
        { "cpu 1 cold: low 0, high 62, batch 31", 1, [new(OomPerCpuTemperature.Cold, 0, 62, 31, null)] },
        { "cpu 0 cold: high 62, batch 15 used:14", 0, [new(OomPerCpuTemperature.Cold, null, 62, 15, 14)] },
        {
            "CPU    3: Hot: hi:  186, btch:  31 usd: 170   Cold: hi:   62, btch:  15 usd:   9",
            3,
            [new(OomPerCpuTemperature.Hot, null, 186, 31, 170), new(OomPerCpuTemperature.Cold, null, 62, 15, 9)]
        },
        { "CPU   12: hi:  186, btch:  31 usd:  90", 12, [new(OomPerCpuTemperature.Any, null, 186, 31, 90)] },
        { "CPU 1234: hi:    0, btch:   1 usd:   0", 1234, [new(OomPerCpuTemperature.Any, null, 0, 1, 0)] },
        { "CPU    0: hi:  186", 0, [new(OomPerCpuTemperature.Any, null, 186, null, null)] },
        { "CPU    0: nothing", 0, [] },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lists_OfEveryEra_AreRead(string message, int cpu, OomPerCpuList[] expected)
    {
        byte[] text = Latin1.Bytes(message);
        Utf8Cursor cursor = new(text);

        Assert.True(PerCpuLine.TryParse(text, ref cursor, out int found));
        Assert.Equal(cpu, found);
        List<OomPerCpuList> lists = [];
        while (PerCpuLine.TryTakeList(ref cursor, out OomPerCpuList list))
        {
            lists.Add(list);
        }

        Assert.Equal(expected, lists);
    }

    [Theory]
    [InlineData("CPU: 0 PID: 5 Comm: a")]
    [InlineData("CPU x: hi:  186, btch:  31 usd:  90")]
    [InlineData("CPU 5")]
    [InlineData("hi:  186, btch:  31 usd:  90")]
    public void Line_WithoutItsCpu_IsNone(string message)
    {
        byte[] text = Latin1.Bytes(message);
        Utf8Cursor cursor = new(text);

        Assert.False(PerCpuLine.TryParse(text, ref cursor, out _));
    }
}
