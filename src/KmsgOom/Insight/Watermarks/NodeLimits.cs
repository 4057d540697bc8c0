namespace KmsgOom.Insight;

/// <summary>Which nodes a request may use.</summary>
/// <remarks>
/// Kernel: <c>cpuset_zone_allowed()</c>, <c>policy_nodemask()</c>. An enclosing cpuset may allow more to requests without <c>__GFP_HARDWALL</c>; the log does
/// not name it.
/// </remarks>
internal readonly record struct NodeLimits(string? Nodemask, string? MemsAllowed, bool IsHardwall)
{
    public static NodeLimits Of(OomTrigger? trigger, GfpRequest request, KernelVersion? version)
    {
        // Atomic requests take memory outside of their cpuset too.
        bool ignoresCpuset = !request.MayReclaim && (request.IsHigh || (version is { } old && !old.IsAtLeast(4, 4)));
        return new(trigger?.Nodemask, ignoresCpuset ? null : trigger?.MemsAllowed, request.IsHardwall);
    }

    /// <summary>Gets why a node may not be used; null where it may.</summary>
    public string? Exclude(int node) =>
        !string.IsNullOrEmpty(Nodemask) && !NodeList.Contains(Nodemask, node) ? $"the memory policy allows nodes {Nodemask} only"
        : !string.IsNullOrEmpty(MemsAllowed) && !NodeList.Contains(MemsAllowed, node)
            ? IsHardwall ? $"the cpuset allows nodes {MemsAllowed} only" : $"the cpuset allows nodes {MemsAllowed} only, unless one around it allows more to the kernel"
        : null;
}
