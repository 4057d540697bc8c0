namespace KmsgOom.Tests.ReportWriter;

/// <summary>The Mem-Info block as its lines tell it: each line adds what it says.</summary>
internal sealed class ExpectedMemory
{
    private readonly List<OomNode> _nodes = [];
    private readonly List<OomCounter> _counters = [];
    private readonly List<OomHugepages> _hugepages = [];
    private readonly List<OomSlab> _slabs = [];
    private readonly List<OomAllocation> _allocations = [];
    private (int Node, string Zone)? _reserveOf;
    private (int Node, string Zone)? _perCpuOf;
    private int _lastCpu;

    /// <summary>Gets or sets the values that stand alone; the lists are added when the model is made.</summary>
    public OomMemory Facts { get; set; } = new();

    public OomMemory ToMemory() => Facts with
    {
        Counters = [.. _counters],
        Nodes = [.. _nodes],
        Hugepages = [.. _hugepages],
        UnreclaimableSlab = [.. _slabs],
        Allocations = [.. _allocations],
    };

    /// <summary>Adds a counter of the machine. Old arch code counts some a second time, which adds nothing.</summary>
    public void Count(string key, long pages, bool isAgain = false)
    {
        if (!isAgain || _counters.All(counter => counter.Key != key))
        {
            _counters.Add(new OomCounter(key, pages, OomUnit.Pages));
        }
    }

    public void SetNode(int number, OomCounter[] counters, bool? isAllUnreclaimable) =>
        Change(number, node => node with { Counters = [.. counters], AllUnreclaimable = isAllUnreclaimable });

    public void SetZone(int node, string name, OomCounter[] counters, bool? isAllUnreclaimable)
    {
        Change(node, name, zone => zone with { Counters = [.. counters], AllUnreclaimable = isAllUnreclaimable });
        _reserveOf = (node, name);
    }

    /// <summary>Gives the reserve to the zone whose line came just before; without that line it is nobody's.</summary>
    public void SetReserve(long[] pages)
    {
        if (_reserveOf is { } owner)
        {
            Change(owner.Node, owner.Zone, zone => zone with { LowmemReservePages = [.. pages] });
            _reserveOf = null;
        }
    }

    public void SetBuddies(int node, string name, OomBuddy[] blocks, long? totalKiB) =>
        Change(node, name, zone => zone with { Buddy = [.. blocks], BuddyTotalKiB = totalKiB });

    public void BeginPerCpu(int node, string name)
    {
        Change(node, name, zone => zone);
        (_perCpuOf, _lastCpu) = ((node, name), -1);
    }

    /// <summary>Gives a CPU's lists to the zone that was titled; where the numbers begin again, a title is missing, and they are nobody's.</summary>
    public void AddPerCpu(int cpu, params OomPerCpuList[] lists)
    {
        bool isSecondLine = cpu == _lastCpu && lists[0].Temperature == OomPerCpuTemperature.Cold;
        _perCpuOf = cpu > _lastCpu || isSecondLine ? _perCpuOf : null;
        _lastCpu = cpu;
        if (_perCpuOf is { } owner)
        {
            Change(owner.Node, owner.Zone, zone => zone with { PerCpu = [.. zone.PerCpu, .. lists.Select(list => new OomPerCpu(cpu, list))] });
        }
    }

    public void Add(OomHugepages pool) => _hugepages.Add(pool);

    public void Add(OomSlab cache) => _slabs.Add(cache);

    public void Add(OomAllocation site) => _allocations.Add(site);

    private void Change(int number, Func<OomNode, OomNode> change)
    {
        int index = _nodes.FindIndex(node => node.Node == number);
        if (index < 0)
        {
            index = _nodes.Count;
            _nodes.Add(new OomNode { Node = number });
        }

        _nodes[index] = change(_nodes[index]);
    }

    private void Change(int number, string name, Func<OomZone, OomZone> change) => Change(number, node =>
    {
        OomZone zone = node.Zones.FirstOrDefault(zone => zone.Name == name) ?? new OomZone { Name = name };
        OomZone[] others = [.. node.Zones];
        int index = Array.FindIndex(others, other => other.Name == name);
        return index < 0 ? node with { Zones = [.. others, change(zone)] } : node with { Zones = node.Zones.SetItem(index, change(zone)) };
    });
}
