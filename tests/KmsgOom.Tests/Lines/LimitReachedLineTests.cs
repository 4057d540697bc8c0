using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class LimitReachedLineTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/docker/74be")]
    [InlineData("/odd dir (1),x=y")]
    [InlineData("<name too long>")]
    public void Limit_OfACgroup_NamesIt(string path)
    {
        byte[] text = Latin1.Bytes("Memory limit reached of cgroup " + path);

        Assert.True(text.AsSpan().StartsWith(LimitReachedLine.Start));
        Assert.Equal(path, Latin1.Text(LimitReachedLine.Parse(text), text));
    }
}
