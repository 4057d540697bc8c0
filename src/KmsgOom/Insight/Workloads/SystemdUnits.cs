namespace KmsgOom.Insight;

/// <summary>The units of systemd: services, sessions, the applications of a user's own systemd, snaps, Flatpaks.</summary>
internal static class SystemdUnits
{
    private static readonly string[] Suffixes = [".service", ".scope", ".mount", ".socket", ".swap"];

    /// <summary>Reads a user from <c>user-1000.slice</c>, <c>user@1000.service</c>, <c>user.slice/uid_1000</c>.</summary>
    public static long? FindUser(string part) =>
        (ContainerPath.TryTrim(part, "user-", ".slice") ?? ContainerPath.TryTrim(part, "user@", ".service")) is { } number ? CgroupPath.ParseNumber(number) : null;

    public static OomWorkload? TryRead(string[] parts, ref int at, OomWorkload? outer)
    {
        string part = parts[at];
        string? suffix = Array.Find(Suffixes, suffix => part.EndsWith(suffix, StringComparison.Ordinal));
        if (suffix is null)
        {
            return null;
        }

        at++;
        string unit = SystemdName.Unescape(part);
        string name = unit[..^suffix.Length];
        bool isOfUser = outer is { Kind: OomWorkloadKind.UserUnit };
        OomWorkloadKind kind = name switch
        {
            _ when name.StartsWith("snap.", StringComparison.Ordinal) => OomWorkloadKind.Snap,
            _ when name.StartsWith("app-flatpak-", StringComparison.Ordinal) => OomWorkloadKind.Flatpak,
            _ when name.StartsWith("session-", StringComparison.Ordinal) && suffix == ".scope" => OomWorkloadKind.Session,
            _ when name.StartsWith("user@", StringComparison.Ordinal) || isOfUser => OomWorkloadKind.UserUnit,
            _ when suffix == ".service" => OomWorkloadKind.Service,
            _ => OomWorkloadKind.Unit,
        };
        return new OomWorkload { Kind = kind, Unit = unit, Name = DescribeName(kind, name), Driver = "systemd" };
    }

    // snap.firefox.firefox-<uuid> is of the snap firefox; app-flatpak-org.app-123 is the application org.app.
    private static string DescribeName(OomWorkloadKind kind, string name) => kind switch
    {
        OomWorkloadKind.Snap => name.Split('.') is [_, { } snap, ..] ? snap : name,
        OomWorkloadKind.Flatpak => name["app-flatpak-".Length..].Split('-')[0],
        _ => name,
    };
}
