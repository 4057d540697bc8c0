using KmsgOom.Lines;
using KmsgOom.Tests.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

public sealed class MemcgStatLineTests
{
    [Theory]
    [InlineData("anon 1062739968", "anon", 1062739968)]
    [InlineData("file 0", "file", 0)]
    [InlineData("workingset_refault_anon 12", "workingset_refault_anon", 12)]
    [InlineData("total_pgfault 7", "total_pgfault", 7)]
    [InlineData("hierarchical_memsw_limit 9223372036854771712", "hierarchical_memsw_limit", 9223372036854771712)]
    [InlineData("key_of_9_later 1", "key_of_9_later", 1)]
    [InlineData("pgfault 18446744073709551615", "pgfault", long.MaxValue)]
    public void Stat_OfAKeyAndANumber_IsRead(string message, string key, long value)
    {
        byte[] text = Latin1.Bytes(message);

        Assert.True(MemcgStatLine.IsMatch(text));
        Assert.True(MemcgStatLine.TryParse(text, out TextRange keyRange, out long number));
        Assert.Equal(key, Latin1.Text(keyRange, text));
        Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("anon")]
    [InlineData("anon ")]
    [InlineData("anon -1")]
    [InlineData("anon 12 34")]
    [InlineData("anon 12kB")]
    [InlineData("Anon 12")]
    [InlineData("eth0: 12")]
    [InlineData("131072 pages")]
    [InlineData("inactive_an")]
    public void Stat_OfAnythingElse_IsNone(string message) => Assert.False(MemcgStatLine.IsMatch(Latin1.Bytes(message)));

    [Fact]
    public void Stat_WithNumberBeyond64Bits_IsNotRead() =>
        Assert.False(MemcgStatLine.TryParse("anon 18446744073709551616"u8, out _, out _));
}
