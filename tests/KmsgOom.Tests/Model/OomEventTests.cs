using System.Reflection;

namespace KmsgOom.Tests.Model;

public sealed class OomEventTests
{
    // One change for each property that counts; the test below proves that none is missing.
    private static readonly Dictionary<string, Func<OomEvent, OomEvent>> Changes = new()
    {
        [nameof(OomEvent.Id)] = static e => e with { Id = "other" },
        [nameof(OomEvent.Revision)] = static e => e with { Revision = 2 },
        [nameof(OomEvent.Kind)] = static e => e with { Kind = OomEventKind.AllocationFailure },
        [nameof(OomEvent.Outcome)] = static e => e with { Outcome = OomOutcome.Panic },
        [nameof(OomEvent.Scope)] = static e => e with { Scope = OomScope.Global },
        [nameof(OomEvent.Constraint)] = static e => e with { Constraint = OomConstraint.Cpuset },
        [nameof(OomEvent.ConstraintText)] = static e => e with { ConstraintText = null },
        [nameof(OomEvent.Sections)] = static e => e with { Sections = OomSections.None },
        [nameof(OomEvent.Missing)] = static e => e with { Missing = OomSections.Trigger },
        [nameof(OomEvent.Source)] = static e => e with { Source = e.Source with { Line = 2 } },
        [nameof(OomEvent.Host)] = static e => e with { Host = "other" },
        [nameof(OomEvent.Time)] = static e => e with { Time = null },
        [nameof(OomEvent.Uptime)] = static e => e with { Uptime = TimeSpan.Zero },
        [nameof(OomEvent.IsDuplicated)] = static e => e with { IsDuplicated = true },
        [nameof(OomEvent.IsInterleaved)] = static e => e with { IsInterleaved = true },
        [nameof(OomEvent.SuppressedBefore)] = static e => e with { SuppressedBefore = 1 },
        [nameof(OomEvent.LostMessages)] = static e => e with { LostMessages = 1 },
        [nameof(OomEvent.Kernel)] = static e => e with { Kernel = e.Kernel! with { Release = "other" } },
        [nameof(OomEvent.Trigger)] = static e => e with { Trigger = e.Trigger! with { GfpFlags = ["GFP_NOFS"] } },
        [nameof(OomEvent.CallTrace)] = static e => e with { CallTrace = ["other+0x1/0x2"] },
        [nameof(OomEvent.Registers)] = static e => e with { Registers = [new("RIP", "other")] },
        [nameof(OomEvent.Memcg)] = static e => e with { Memcg = e.Memcg! with { Stats = [] } },
        [nameof(OomEvent.Memory)] = static e => e with { Memory = new OomMemory { RamPages = 1 } },
        [nameof(OomEvent.PageSize)] = static e => e with { PageSize = 65536 },
        [nameof(OomEvent.PageSizeSource)] = static e => e with { PageSizeSource = OomPageSizeSource.Option },
        [nameof(OomEvent.Tasks)] = static e => e with { Tasks = [e.Tasks[0] with { Pid = 8 }] },
        [nameof(OomEvent.OtherTaskColumns)] = static e => e with { OtherTaskColumns = ["cpu", "other"] },
        [nameof(OomEvent.OtherTaskValues)] = static e => e with { OtherTaskValues = [4, 6] },
        [nameof(OomEvent.Victims)] = static e => e with { Victims = [e.Victims[0] with { Reaper = new OomReaper() }] },
        [nameof(OomEvent.Announced)] = static e => e with { Announced = new OomAnnounced(1, default) },
        [nameof(OomEvent.Panic)] = static e => e with { Panic = "other" },
        [nameof(OomEvent.Remarks)] = static e => e with { Remarks = [new OomRemark(OomRemarkKind.SysRq, "other")] },
        [nameof(OomEvent.UnknownLines)] = static e => e with { UnknownLines = ["other"] },
    };

    [Fact]
    public void Equality_OfEventsBuiltTwice_IsByValue()
    {
        OomEvent left = Make();
        OomEvent right = Make();

        Assert.NotSame(left, right);
        Assert.Equal(left, right);
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.False(left.Equals(null));
    }

    [Fact]
    public void Equality_WithOneValueChanged_IsNone()
    {
        foreach ((string property, Func<OomEvent, OomEvent> change) in Changes)
        {
            Assert.False(Make().Equals(change(Make())), property);
        }
    }

    [Fact]
    public void Equality_OfProperties_CountsAllButTheText()
    {
        IEnumerable<string> properties = typeof(OomEvent).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.CanWrite)
            .Select(static property => property.Name);

        Assert.Equal(Changes.Keys.Append(nameof(OomEvent.Lines)).Order(), properties.Order());
        Assert.Equal(Make(), Make() with { Lines = [new OomLine(1, OomSections.Trigger, "text")] });
    }

    [Fact]
    public void Other_ByRowAndColumn_IsTheValueAsPrinted()
    {
        OomEvent oomEvent = Make() with { Tasks = [default, default], OtherTaskColumns = ["cpu", "oom_adj"], OtherTaskValues = [1, -17, 2, 15] };

        Assert.Equal(1, oomEvent.GetOther(0, "cpu"));
        Assert.Equal(-17, oomEvent.GetOther(0, "oom_adj"));
        Assert.Equal(2, oomEvent.GetOther(1, "cpu"));
        Assert.Equal(15, oomEvent.GetOther(1, "oom_adj"));
        Assert.Null(oomEvent.GetOther(1, "nr_ptes"));
        Assert.Throws<ArgumentOutOfRangeException>(() => oomEvent.GetOther(2, "cpu"));
        Assert.Throws<ArgumentOutOfRangeException>(() => oomEvent.GetOther(-1, "cpu"));
    }

    [Fact]
    public void Complete_WithNothingMissing_IsSo()
    {
        Assert.True(Make().IsComplete);
        Assert.False((Make() with { Missing = OomSections.Victim }).IsComplete);
    }

    [Theory]
    [InlineData(4096, 24953, 102207488)]
    [InlineData(65536, 2, 131072)]
    public void Bytes_OfPages_FollowThePageSize(int pageSize, long pages, long bytes) =>
        Assert.Equal(bytes, (Make() with { PageSize = pageSize }).ToBytes(pages));

    private static OomEvent Make() => new()
    {
        Id = "id",
        Kind = OomEventKind.Oom,
        Outcome = OomOutcome.Killed,
        Scope = OomScope.Memcg,
        Constraint = OomConstraint.Memcg,
        ConstraintText = "CONSTRAINT_MEMCG",
        Sections = OomSections.Trigger | OomSections.Victim,
        Source = new OomSource("kern.log", 1, 0, 2, 0),
        Host = "host",
        Time = new OomTimestamp(new DateTime(2026, 11, 23), null, OomTimeSource.Printed),
        Uptime = TimeSpan.FromSeconds(12),
        Kernel = new OomKernel { Release = "6.12.0" },
        Trigger = new OomTrigger { Name = new TaskName("a"), GfpFlags = ["GFP_KERNEL"] },
        CallTrace = ["dump_stack+0x5c/0x78"],
        Registers = [new("RIP", "0033:0x7f7fb0b1a9ca")],
        Memcg = new OomMemcg { Path = "/a", Stats = [new("/a", [new("anon", 4096)])] },
        Tasks = [new OomTask { Pid = 7, Name = new TaskName("a") }],
        OtherTaskColumns = ["cpu", "oom_adj"],
        OtherTaskValues = [4, 5],
        Victims = [new OomVictim { Pid = 7, Name = new TaskName("a") }],
        Panic = "System is deadlocked on memory",
        Remarks = [new OomRemark(OomRemarkKind.SysRq, "text")],
        UnknownLines = ["text"],
    };
}
