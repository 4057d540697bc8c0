namespace KmsgOom.Insight;

/// <summary>The names of runtimes behind the prefixes that they give to groups.</summary>
internal static class RuntimeNames
{
    public static string Of(string prefix) => prefix switch
    {
        "cri-containerd" or "nerdctl" or "containerd" => "containerd",
        "crio" or "crio-conmon" => "cri-o",
        "docker" => "docker",
        "libpod" or "libpod-conmon" or "podman" => "podman",
        "buildkit" => "buildkit",
        _ => prefix,
    };

    public static bool IsKnown(ReadOnlySpan<char> prefix) =>
        prefix is "cri-containerd" or "nerdctl" or "containerd" or "crio" or "crio-conmon" or "docker" or "libpod" or "libpod-conmon" or "podman" or "buildkit";
}
