using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Walks down the path of a cgroup, component by component, and keeps the innermost workload and those around it.</summary>
internal sealed class WorkloadPath
{
    // PATH_MAX: the kernel prints no longer ones.
    private const int MaxLength = 4096;

    // Containers in containers; deeper ones are left in the sub-path, so that nothing that follows parents can recurse far.
    private const int MaxDepth = 16;

    private readonly string[] _parts;
    private int _at;
    private int _layerEnd;
    private int _depth;

    public WorkloadPath(string? path) =>
        _parts = path is null || path.Length > MaxLength || IsRemark(path) ? [] : path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the innermost workload so far.</summary>
    public OomWorkload? Layer { get; private set; }

    /// <summary>Gets whether the next component stands directly in <see cref="Layer"/>.</summary>
    public bool IsInLayer => Layer is not null && _at == _layerEnd;

    /// <summary>Gets or sets the innermost slice inside the innermost container.</summary>
    public string? Slice { get; set; }

    /// <summary>Gets or sets the user inside the innermost container.</summary>
    public uint? UserId { get; set; }

    /// <summary>Gets or sets whether a user's service manager runs what follows.</summary>
    public bool IsUserManager { get; set; }

    /// <summary>Gets a component that lies ahead; empty behind the end.</summary>
    public string this[int ahead] => _at + ahead < _parts.Length ? _parts[_at + ahead] : "";

    public OomWorkload? Read()
    {
        while (_at < _parts.Length)
        {
            if (_depth < MaxDepth
                && (KubernetesPath.TryTake(this) || ContainerPath.TryTake(this) || JobPath.TryTake(this) || MachinePath.TryTake(this) || SystemdPath.TryTake(this)))
            {
                continue;
            }

            _at++;
        }

        OomWorkload? workload = Layer ?? ReadUnknown();
        return workload is null || _layerEnd >= _parts.Length ? workload : workload with { SubPath = string.Join('/', _parts[_layerEnd..]) };
    }

    /// <summary>Goes past components that say nothing more of the workload; at the end of the path they are its sub-path.</summary>
    public bool Skip(int count)
    {
        _at += count;
        return true;
    }

    /// <summary>Takes components as the cgroup of a workload of its own.</summary>
    public bool Enter(int count, OomWorkload workload)
    {
        OomWorkload? parent = IsHost(Layer) ? Layer : Layer?.Parent;
        _depth += IsHost(workload) ? 1 : 0;
        bool isContainer = workload.Kind is OomWorkloadKind.Container or OomWorkloadKind.Kubernetes;
        Layer = workload with
        {
            Slice = workload.Slice ?? Slice,
            UserId = workload.UserId ?? UserId,
            IsRootless = isContainer && IsUserManager && UserId is > 0,
            Parent = parent,
        };
        if (IsHost(workload))
        {
            Slice = null;
            UserId = null;
            IsUserManager = false;
        }

        return Advance(count);
    }

    /// <summary>Takes components as a lower level of the same workload.</summary>
    public bool Deepen(int count, OomWorkload workload)
    {
        Layer = workload;
        return Advance(count);
    }

    /// <summary>Makes a workload whose path is filled in when it is entered.</summary>
    public static OomWorkload Of(OomWorkloadKind kind) => new() { Kind = kind, Path = "" };

    public static bool IsHex(ReadOnlySpan<char> text, int minLength)
    {
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return text.Length >= minLength;
    }

    public static bool IsUuid(ReadOnlySpan<char> text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    public static uint? ParseNumber(ReadOnlySpan<char> text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    // What other systems or containers may run in; services and sessions are only the daemons that started them.
    private static bool IsHost(OomWorkload? workload) => workload?.Kind is OomWorkloadKind.Kubernetes or OomWorkloadKind.Container
        or OomWorkloadKind.SystemContainer or OomWorkloadKind.VirtualMachine or OomWorkloadKind.EcsTask or OomWorkloadKind.NomadTask
        or OomWorkloadKind.GardenContainer or OomWorkloadKind.SlurmJob or OomWorkloadKind.YarnContainer;

    // Kernel: mm/memcontrol.c up to 4.x "<name too long>", later kernfs "(name too long)" and "(error)"; "(null)" from printf.
    private static bool IsRemark(string path) => path is "(error)" or "(null)"
        || path.EndsWith("name too long)", StringComparison.Ordinal) || path.EndsWith("name too long>", StringComparison.Ordinal);

    private bool Advance(int count)
    {
        _at += count;
        _layerEnd = _at;
        Layer = Layer! with { Path = "/" + string.Join('/', _parts[.._at]) };
        return true;
    }

    private OomWorkload? ReadUnknown()
    {
        if (_parts is not [.., string last])
        {
            return null;
        }

        _layerEnd = _parts.Length;
        string path = "/" + string.Join('/', _parts);
        bool isSlice = last.EndsWith(SystemdName.SliceSuffix, StringComparison.Ordinal);
        return new OomWorkload
        {
            Kind = isSlice ? OomWorkloadKind.Slice : OomWorkloadKind.Cgroup,
            Path = path,
            Name = isSlice ? SystemdName.Unescape(last[..^SystemdName.SliceSuffix.Length]) : last,
            Unit = isSlice ? last : null,
            Driver = isSlice ? OomCgroupDriver.Systemd : null,
            Slice = Slice,
        };
    }
}
