namespace KmsgOom.Insight;

/// <summary>The version of a kernel as far as formulas depend on it.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number; of 2.6.32 it is 6.</param>
/// <param name="Patch">The third number; 0 where there is none.</param>
/// <param name="RedHat">The release of Red Hat Enterprise Linux (or a clone of it), whose kernels are patched beyond their number; 0 for others.</param>
internal readonly record struct KernelVersion(int Major, int Minor, int Patch, int RedHat)
{
    /// <summary>Reads a release such as <c>4.15.0-46-generic</c> or <c>3.10.0-957.el7.x86_64</c>.</summary>
    public static KernelVersion? Parse(string? release)
    {
        if (release is null)
        {
            return null;
        }

        int at = 0;
        if (TakeNumber(release, ref at) is not { } major || at == release.Length || release[at++] != '.' || TakeNumber(release, ref at) is not { } minor)
        {
            return null;
        }

        int patch = at < release.Length && release[at++] == '.' ? TakeNumber(release, ref at) ?? 0 : 0;
        int el = release.IndexOf(".el", StringComparison.Ordinal) + ".el".Length;
        int redHat = el >= ".el".Length ? TakeNumber(release, ref el) ?? 0 : 0;
        return new KernelVersion(major, minor, patch, redHat);
    }

    /// <summary>Tells whether the kernel is this version or a later one, by its number.</summary>
    public bool IsAtLeast(int major, int minor, int patch = 0) =>
        Major != major ? Major > major : Minor != minor ? Minor > minor : Patch >= patch;

    private static int? TakeNumber(string text, ref int at)
    {
        int start = at;
        int value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 6)
        {
            value = (value * 10) + (text[at++] - '0');
        }

        return at > start ? value : null;
    }
}
