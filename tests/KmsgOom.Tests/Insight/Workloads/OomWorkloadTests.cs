using CsCheck;

namespace KmsgOom.Tests.Insight.Workloads;

public sealed class OomWorkloadTests
{
    private static readonly string[] Pieces =
    [
        "/", "//", "docker", "kubepods", "kubepods.slice", "burstable", "pod", "podab", "pod-", "pod_", "lxc", "lxc.payload.", "ns", "ecs", "slurm", "uid_", "uid_1", "job_", "job_1", "step_",
        "nomad.slice", ".scope", ".slice", ".service", "session-.scope", "user@.service", "user@1.service", "user-.slice", "user-99999999999.slice", "snap..scope", "app-.scope", "app--.scope",
        @"\x", @"\x2", @"\x2d", @"\xff\xfe", "machine-.scope", @"machine-qemu\x2d1\x2d.scope", "machine", ".libvirt-", "garden", "good", "container_1_2_3_4", ":", "a:b:c", "kubepods-pod.slice:x:abcd",
        "libpod-payload-", "libpod_parent", "conmon", "ecstasks-.slice", "ecstasks-", "user", ".user", "1.user", ".session", "_", "__.service", "\0", "\n", "\uD800", "é", "..", SomePaths.C, SomePaths.U,
    ];

    [Theory]
    [MemberData(nameof(SomePaths.All), MemberType = typeof(SomePaths))]
    public void Parse_RealPath_GivesTheWorkload(string path, string workload) => Assert.Equal(workload, WorkloadText.Of(OomWorkload.Parse(path)));

    [Theory]
    [MemberData(nameof(SomePaths.All), MemberType = typeof(SomePaths))]
    public void Path_WithSubPath_IsThePathThatWasRead(string path, string workload)
    {
        OomWorkload read = OomWorkload.Parse(path)!;
        Assert.NotEmpty(workload);
        Assert.Equal(path, read.SubPath is { } below ? $"{read.Path}/{below}" : read.Path);
        for (OomWorkload? outer = read.Parent; outer is not null; outer = outer.Parent)
        {
            Assert.StartsWith(outer.Path + "/", path, StringComparison.Ordinal);
            Assert.Null(outer.SubPath);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("///")]
    [InlineData("(name too long)")]
    [InlineData("<name too long>")]
    [InlineData("(error)")]
    public void Parse_PathThatSaysNothing_IsNull(string? path) => Assert.Null(OomWorkload.Parse(path));

    [Fact]
    public void Parse_PathLongerThanTheKernels_IsNull()
    {
        Assert.NotNull(OomWorkload.Parse("/" + new string('a', 4095)));
        Assert.Null(OomWorkload.Parse("/" + new string('a', 4096)));
    }

    [Fact]
    public void Parse_ContainersWithoutEnd_AreCutSoonAndKept()
    {
        string path = string.Concat(Enumerable.Repeat("/docker/abcd", 300));
        OomWorkload workload = OomWorkload.Parse(path)!;
        int depth = 0;
        for (OomWorkload? one = workload; one is not null; one = one.Parent)
        {
            depth++;
        }

        Assert.Equal(16, depth);
        Assert.Equal(path, $"{workload.Path}/{workload.SubPath}");
    }

    [Fact]
    public void Parse_HostilePath_NeverThrowsAndLosesNothing() =>
        Gen.OneOf(Gen.OneOf(Pieces.Select(piece => Gen.Const(piece)).ToArray()), Gen.OneOf(Pieces.Select(piece => Gen.Const("/" + piece)).ToArray()), Gen.String[0, 6]).Array[0, 14].Select(string.Concat).Sample(
            path =>
            {
                OomWorkload? workload = OomWorkload.Parse(path);
                string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
                string[] read = workload is null ? [] : $"{workload.Path}/{workload.SubPath}".Split('/', StringSplitOptions.RemoveEmptyEntries);
                return workload is null || read.SequenceEqual(parts);
            },
            iter: 20_000);
}
