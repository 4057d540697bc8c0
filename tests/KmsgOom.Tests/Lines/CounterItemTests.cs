using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class CounterItemTests
{
    [Theory]
    [InlineData(" active_anon:968kB", "active_anon=968kB")]
    [InlineData(" isolated(file):4kB mapped:8kB", "isolated(file)=4kB mapped=8kB")]
    [InlineData(" shmem_thp: 2048kB anon_thp: 0kB", "shmem_thp=2048kB anon_thp=0kB")]
    [InlineData(" reserved_highatomic:12KB free_highatomic:0kB", "reserved_highatomic=12kB free_highatomic=0kB")]
    [InlineData(" pages_scanned:71 all_unreclaimable? yes", "pages_scanned=71 yes")]
    [InlineData(" all_unreclaimable? no Balloon:0kB", "no Balloon=0kB")]
    [InlineData("active_anon:1 inactive_anon:18446744073709551615", "active_anon=1")]
    [InlineData("Active:120 dirty:-3", "Active=120 dirty=-3")]
    [InlineData("key_of_tomorrow:7 ??? 5:6 (x) free:9kB", "key_of_tomorrow=7 free=9kB")]
    [InlineData("a: b:5", "b=5")]
    [InlineData("  ", "")]
    public void Items_OfALine_AreReadAndTheRestIsSkipped(string message, string expected)
    {
        byte[] text = Latin1.Bytes(message);
        List<string> items = [];
        Utf8Cursor cursor = new(text);
        while (CounterItem.TryTake(ref cursor, text, out CounterItem item))
        {
            items.Add(item.Key.IsPresent ? $"{Latin1.Text(item.Key, text)}={item.Value}{(item.IsKiB ? "kB" : "")}" : item.AllUnreclaimable switch { true => "yes", false => "no", null => "?" });
        }

        Assert.Equal(expected, string.Join(' ', items));
    }
}
