namespace KmsgOom.Insight;

/// <summary>A component that is a container: <c>docker-….scope</c>, <c>crio-…</c>, or the bare id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Runtime">The runtime; null for a bare id.</param>
/// <param name="IsMonitor">Whether it is the cgroup of conmon.</param>
/// <param name="IsScope">Whether systemd named it.</param>
internal readonly record struct ContainerName(string Id, string? Runtime, bool IsMonitor, bool IsScope)
{
    private const int FullLength = 64;

    // People shorten ids before they post logs.
    private const int MinLength = 4;

    // The longer of two that begin alike stands first.
    private static readonly (string Prefix, string Runtime, bool IsMonitor)[] Prefixes =
    [
        ("cri-containerd-", "containerd", false),
        ("nerdctl-", "containerd", false),
        ("containerd-", "containerd", false),
        ("crio-conmon-", "cri-o", true),
        ("crio-", "cri-o", false),
        ("docker-", "docker", false),
        ("libpod-conmon-", "podman", true),
        ("libpod-payload-", "podman", false),
        ("libpod-", "podman", false),
        ("podman-", "podman", false),
        ("kata_", "kata", false),
    ];

    public static ContainerName? Parse(string part, int minBareLength = FullLength)
    {
        bool isScope = SystemdName.TryTrimScope(part, out string name);
        name = isScope ? name : part;
        foreach ((string prefix, string runtime, bool isMonitor) in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && WorkloadPath.IsHex(name.AsSpan(prefix.Length), MinLength))
            {
                return new ContainerName(name[prefix.Length..], runtime, isMonitor, isScope);
            }
        }

        // A runtime that is not known: its name stands before the id.
        int dash = name.Length - FullLength - 1;
        if (dash > 0 && name[dash] == '-' && WorkloadPath.IsHex(name.AsSpan(dash + 1), FullLength))
        {
            return new ContainerName(name[(dash + 1)..], name[..dash], false, isScope);
        }

        return WorkloadPath.IsHex(name, minBareLength) ? new ContainerName(name, null, false, isScope) : null;
    }

    /// <summary>Parses <c>kubepods-….slice:cri-containerd:ID</c>, which runc's cgroupfs driver makes of a path that was meant for systemd.</summary>
    public static ContainerName? ParseColons(string part, out string slice)
    {
        string[] fields = part.Split(':');
        slice = fields[0];
        if (fields.Length != 3 || !WorkloadPath.IsHex(fields[2], MinLength))
        {
            return null;
        }

        return Parse($"{fields[1]}-{fields[2]}") ?? new ContainerName(fields[2], fields[1].Length > 0 ? fields[1] : null, false, false);
    }
}
