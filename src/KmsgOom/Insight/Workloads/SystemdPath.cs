namespace KmsgOom.Insight;

/// <summary>The cgroups of systemd: slices, services, scopes, sessions, applications, snaps.</summary>
internal static class SystemdPath
{
    public static bool TryTake(WorkloadPath walk)
    {
        string part = walk[0];
        if (part.Length > SystemdName.SliceSuffix.Length && part.EndsWith(SystemdName.SliceSuffix, StringComparison.Ordinal))
        {
            return TakeSlice(walk, part);
        }

        // Init of a container or of a user's manager is a detail of it; tabs of a terminal are one of the terminal.
        bool isDetail = walk.Layer is { Kind: OomWorkloadKind.Application or OomWorkloadKind.Scope or OomWorkloadKind.Flatpak or OomWorkloadKind.UserSession };
        if (SystemdName.TryTrimScope(part, out string scope))
        {
            return !(walk.Layer is not null && (part == "init.scope" || isDetail)) && walk.Enter(1, ReadScope(part, scope));
        }

        if (SystemdName.TryTrimService(part, out string service))
        {
            return TakeService(walk, part, service);
        }

        return TakeUpstart(walk, part);
    }

    private static bool TakeSlice(WorkloadPath walk, string part)
    {
        // A slice in a service is one that the service made for itself, unless the service is a user's manager.
        walk.Slice = part;
        string name = part[..^SystemdName.SliceSuffix.Length];
        if (name.StartsWith("user-", StringComparison.Ordinal) && WorkloadPath.ParseNumber(name.AsSpan("user-".Length)) is { } user)
        {
            walk.UserId = user;
            return walk.Enter(1, Systemd(OomWorkloadKind.User) with { Name = name, Unit = part, UserId = user });
        }

        return walk.Skip(1);
    }

    private static bool TakeService(WorkloadPath walk, string part, string name)
    {
        (string template, string? instance) = name.Split('@', 2) is [string before, string after] ? (before, SystemdName.Unescape(after)) : (name, null);
        if (template == "user" && instance is not null && WorkloadPath.ParseNumber(instance) is { } user)
        {
            walk.UserId = user;
            walk.IsUserManager = true;
            return walk.Enter(1, Systemd(OomWorkloadKind.User) with { Name = name, Unit = part, Instance = instance, UserId = user });
        }

        OomWorkload workload = Systemd(OomWorkloadKind.Service) with { Name = SystemdName.Unescape(template), Unit = part, Instance = instance };
        return walk.Enter(1, ReadSnap(workload, name) ?? (walk.IsUserManager ? ReadApplication(workload, template, isScope: false) : null) ?? workload);
    }

    private static OomWorkload ReadScope(string part, string name)
    {
        OomWorkload scope = Systemd(OomWorkloadKind.Scope) with { Name = SystemdName.Unescape(name), Unit = part };
        if (name.StartsWith("session-", StringComparison.Ordinal))
        {
            return scope with { Kind = OomWorkloadKind.UserSession, Name = name["session-".Length..] };
        }

        return ReadSnap(scope, name) ?? ReadApplication(scope, name, isScope: true) ?? scope;
    }

    // "snap.APP.SERVICE.service", "snap.APP.COMMAND-UUID.scope", and with a dot before the UUID (older).
    private static OomWorkload? ReadSnap(OomWorkload unit, string name)
    {
        const string Start = "snap.";
        if (!name.StartsWith(Start, StringComparison.Ordinal) || name.Length == Start.Length)
        {
            return null;
        }

        string snap = name[Start.Length..];
        bool hasUuid = snap.Length > 37 && WorkloadPath.IsUuid(snap.AsSpan(snap.Length - 36)) && snap[^37] is '-' or '.';
        return unit with { Kind = OomWorkloadKind.Snap, Name = SystemdName.Unescape(hasUuid ? snap[..^37] : snap) };
    }

    // systemd's rule for desktops: "app[-LAUNCHER]-ID-RANDOM.scope", "app[-LAUNCHER]-ID[@RANDOM].service"; a dash of the id is escaped.
    private static OomWorkload? ReadApplication(OomWorkload unit, string name, bool isScope)
    {
        string[] words = name.Split('-');
        int id = words.Length - (isScope ? 2 : 1);
        if (words[0] != "app" || id < 1 || words[id].Length == 0)
        {
            return null;
        }

        bool isFlatpak = id > 1 && words[1] == "flatpak";
        return unit with { Kind = isFlatpak ? OomWorkloadKind.Flatpak : OomWorkloadKind.Application, Name = SystemdName.Unescape(words[id]) };
    }

    // Before systemd, and cgmanager: "/user/1000.user/c2.session".
    private static bool TakeUpstart(WorkloadPath walk, string part)
    {
        if (part != "user" || !walk[1].EndsWith(".user", StringComparison.Ordinal) || WorkloadPath.ParseNumber(walk[1].AsSpan(0, walk[1].Length - ".user".Length)) is not { } user)
        {
            return false;
        }

        OomWorkload workload = WorkloadPath.Of(OomWorkloadKind.User) with { Name = walk[1], UserId = user };
        return walk[2].EndsWith(".session", StringComparison.Ordinal)
            ? walk.Enter(3, workload with { Kind = OomWorkloadKind.UserSession, Name = walk[2][..^".session".Length] })
            : walk.Enter(2, workload);
    }

    private static OomWorkload Systemd(OomWorkloadKind kind) => WorkloadPath.Of(kind) with { Driver = OomCgroupDriver.Systemd };
}
