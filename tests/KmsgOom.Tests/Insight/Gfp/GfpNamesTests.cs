using KmsgOom.Insight;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Insight.Gfp;

/// <summary>Flags that a kernel printed as a number.</summary>
public sealed class GfpNamesTests
{
    /// <summary>The masks that the format reference calls frequent, and the composites of its table.</summary>
    [Theory]
    [InlineData(0xd0, "3.10.0", "GFP_KERNEL")]
    [InlineData(0x200da, "3.2.0", "GFP_HIGHUSER_MOVABLE")]
    [InlineData(0x280da, "3.13.0", "GFP_HIGHUSER_MOVABLE|__GFP_ZERO")]
    [InlineData(0x201da, "2.6.32-754.el6.x86_64", "GFP_HIGHUSER_MOVABLE|__GFP_COLD")]
    [InlineData(0x3000d0, "3.16.0", "GFP_KERNEL|__GFP_KMEMCG|__GFP_NOTRACK")]
    [InlineData(0x84d0, "3.2.0", "GFP_KERNEL|__GFP_REPEAT|__GFP_ZERO")]
    [InlineData(0x1201d2, "2.6.27", "GFP_HIGHUSER_MOVABLE|__GFP_COLD")]
    [InlineData(0x201d2, "2.6.18-408.el5", "GFP_HIGHUSER|__GFP_COLD")]
    [InlineData(0xd2, "2.6.9", "GFP_HIGHUSER")]
    [InlineData(0x24200ca, "4.4.0-130-generic", "GFP_HIGHUSER_MOVABLE")]
    [InlineData(0x24000c0, "4.5.0", "GFP_KERNEL")]
    [InlineData(0x20, "3.2.0", "GFP_ATOMIC")]
    [InlineData(0x80000001, "3.2.0", "GFP_DMA|0x80000000")]
    [InlineData(0x24200ca, null, "GFP_HIGHUSER_MOVABLE")]
    [InlineData(0x201da, null, "GFP_HIGHUSER_MOVABLE|__GFP_COLD")]
    [InlineData(0x1201d2, null, "GFP_HIGHUSER_MOVABLE|__GFP_COLD")]
    public void Mask_IsDecodedWithTheTableOfItsKernel(uint mask, string? release, string names) =>
        Assert.Equal(names, string.Join('|', GfpNames.Decode(mask, GfpNames.FindEra(mask, KernelVersion.Parse(release)))));

    /// <summary>Kernels since 4.6 print both: the number gives the same names, in whatever order.</summary>
    [Fact]
    public void Goldens_ThatPrintBoth_Agree() => Compare(Directory.EnumerateFiles(Repository.Goldens, "*.log").Where(path => !path.Contains("-written-", StringComparison.Ordinal)), minimum: 50);

    [CapturesFact]
    public void Captures_ThatPrintBoth_Agree() => Compare(CaptureLogs.All().Where(path => CaptureLogs.Form(path) == "kmsg"), minimum: 200);

    private static void Compare(IEnumerable<string> paths, int minimum)
    {
        int compared = 0;
        foreach (string path in paths)
        {
            foreach (OomTrigger trigger in OomLog.Parse(File.ReadAllBytes(path), Golden.Options).Where(oom => oom.Kernel?.Release is not null && oom.Trigger is { GfpMask: > 0, GfpFlags.IsEmpty: false }).Select(oom => oom.Trigger! with { Cpuset = oom.Kernel!.Release }))
            {
                IEnumerable<string> decoded = GfpNames.Decode(trigger.GfpMask!.Value, GfpNames.FindEra(trigger.GfpMask.Value, KernelVersion.Parse(trigger.Cpuset)));
                Assert.Equal((path, string.Join('|', Normal(trigger.GfpFlags).Order())), (path, string.Join('|', Normal(decoded).Order())));
                compared++;
            }
        }

        Assert.True(compared >= minimum, $"{compared} compared");
    }

    // 6.17 and later write single bits with underscores.
    private static IEnumerable<string> Normal(IEnumerable<string> names) => names.Select(name => name is "__GFP_DMA" or "__GFP_DMA32" ? name[2..] : name);
}
