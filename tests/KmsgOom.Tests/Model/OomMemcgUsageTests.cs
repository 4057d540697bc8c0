namespace KmsgOom.Tests.Model;

public sealed class OomMemcgUsageTests
{
    /// <summary>The limits that kernels print for "none", from the format reference, section 3.2.</summary>
    [Theory]
    [InlineData(9007199254740991)]
    [InlineData(18014398509481983)]
    [InlineData(9007199254740988)]
    [InlineData(9007199254740976)]
    [InlineData(9007199254740928)]
    [InlineData(8589934588)]
    [InlineData(1L << 43)]
    public void Limit_ThatMeansNone_IsUnlimited(long limit) => Assert.True(new OomMemcgUsage(0, limit, 0).IsUnlimited);

    [Theory]
    [InlineData(0)]
    [InlineData(125952)]
    [InlineData(8589934592)]
    [InlineData((1L << 43) - 4)]
    public void Limit_OfASize_IsALimit(long limit) => Assert.False(new OomMemcgUsage(0, limit, 0).IsUnlimited);

    [Fact]
    public void Equality_OfCounters_IsByValue()
    {
        OomMemcgUsage usage = new(1, 2, ulong.MaxValue);

        Assert.Equal(usage, new OomMemcgUsage(1, 2, ulong.MaxValue));
        Assert.NotEqual(usage, usage with { FailCount = 0 });
    }
}
