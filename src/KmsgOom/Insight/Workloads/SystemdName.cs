using System.Globalization;
using System.Text;

namespace KmsgOom.Insight;

/// <summary>The names of systemd's units.</summary>
internal static class SystemdName
{
    public const string SliceSuffix = ".slice";

    public const string ScopeSuffix = ".scope";

    public const string ServiceSuffix = ".service";

    private static readonly string[] OtherSuffixes = [".socket", ".mount", ".swap"];

    /// <summary>Undoes <c>\x2d</c>: bytes of UTF-8; an escape that is none stays as it is.</summary>
    public static string Unescape(string name)
    {
        if (!name.Contains(@"\x", StringComparison.Ordinal))
        {
            return name;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        int count = 0;
        for (int at = 0; at < name.Length; at++)
        {
            if (name.AsSpan(at).StartsWith(@"\x")
                && at + 4 <= name.Length
                && byte.TryParse(name.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes[count++] = value;
                at += 3;
                continue;
            }

            bool isPair = char.IsHighSurrogate(name[at]) && at + 1 < name.Length;
            count += Encoding.UTF8.GetBytes(name.AsSpan(at, isPair ? 2 : 1), bytes.AsSpan(count));
            at += isPair ? 1 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>Takes the suffix off a service, socket, mount or swap unit.</summary>
    public static bool TryTrimService(string part, out string name)
    {
        foreach (string suffix in (ReadOnlySpan<string>)[ServiceSuffix, .. OtherSuffixes])
        {
            if (part.Length > suffix.Length && part.EndsWith(suffix, StringComparison.Ordinal))
            {
                name = Unguard(part[..^suffix.Length]);
                return true;
            }
        }

        name = "";
        return false;
    }

    public static bool TryTrimScope(string part, out string name)
    {
        bool isScope = part.Length > ScopeSuffix.Length && part.EndsWith(ScopeSuffix, StringComparison.Ordinal);
        name = isScope ? Unguard(part[..^ScopeSuffix.Length]) : "";
        return isScope;
    }

    // systemd puts "_" before names that the kernel could take for files of its own (cg_escape()).
    private static string Unguard(string name) =>
        name.Length > 1 && name[0] == '_' && (name[1] is '_' or '.' || name.StartsWith("_cgroup.", StringComparison.Ordinal)) ? name[1..] : name;
}
