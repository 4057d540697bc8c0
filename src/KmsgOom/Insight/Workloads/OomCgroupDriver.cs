namespace KmsgOom;

/// <summary>Who names the cgroups of containers and pods.</summary>
public enum OomCgroupDriver : byte
{
    /// <summary>The runtime itself: <c>/kubepods/burstable/pod…/…</c>, <c>/docker/…</c>.</summary>
    Cgroupfs,

    /// <summary>systemd: slices and scopes.</summary>
    Systemd,
}
