using System.Buffers;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Walks a path from the root inwards; what is found last is innermost, and what was found before is around it.</summary>
internal static class CgroupPath
{
    // Deeper than any hierarchy; a hostile path is not worth more.
    private const int MaxDepth = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static OomWorkload? Parse(string path)
    {
        string[] parts = path.Split('/', MaxDepth, StringSplitOptions.RemoveEmptyEntries);
        OomWorkload? current = null;
        string? slice = null;
        long? user = null;
        int at = 0;
        while (at < parts.Length)
        {
            user = SystemdUnits.FindUser(parts[at]) ?? user;
            OomWorkload? found = KubernetesPath.TryRead(parts, ref at) ?? ContainerPath.TryRead(parts, ref at) ?? JobPath.TryRead(parts, ref at);
            if (found is null && parts[at].EndsWith(".slice", StringComparison.Ordinal))
            {
                slice = SystemdName.Unescape(parts[at]);
                at++;
                continue;
            }

            found ??= SystemdUnits.TryRead(parts, ref at, current);
            if (found is null)
            {
                at++;
                continue;
            }

            // A service inside a container is a detail of the container, but a container inside a service is what counts.
            current = found with { Outer = IsShell(current, found) ? current!.Outer : current, Slice = found.Slice ?? slice, UserId = found.UserId ?? user };
            slice = null;
        }

        return current is not null ? current with { Slice = current.Slice ?? slice }
            : slice is not null ? new OomWorkload { Kind = OomWorkloadKind.Slice, Slice = slice, Name = slice, UserId = user, Driver = "systemd" }
            : parts.Length == 0 ? null
            : new OomWorkload { Kind = OomWorkloadKind.Cgroup, Name = parts[^1], UserId = user };
    }

    public static bool IsHex(ReadOnlySpan<char> text, int minLength) =>
        text.Length >= minLength && !text.ContainsAnyExcept(HexDigits);

    public static long? ParseNumber(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    // user@1000.service holds the user's own units: it is the shell of what is inside, no workload around it.
    private static bool IsShell(OomWorkload? outer, OomWorkload inner) =>
        outer is { Kind: OomWorkloadKind.UserUnit or OomWorkloadKind.Unit or OomWorkloadKind.Service } && inner.Kind != OomWorkloadKind.Kubernetes;
}
