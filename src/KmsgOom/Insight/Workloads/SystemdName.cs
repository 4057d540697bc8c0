using System.Globalization;
using System.Text;

namespace KmsgOom.Insight;

/// <summary>Undoes the escapes of systemd's unit names: <c>\x2d</c> is a dash.</summary>
internal static class SystemdName
{
    public static string Unescape(string name)
    {
        if (!name.Contains('\\', StringComparison.Ordinal))
        {
            return name;
        }

        List<byte> bytes = [];
        for (int at = 0; at < name.Length; at++)
        {
            if (name[at] == '\\' && at + 3 < name.Length && name[at + 1] == 'x'
                && byte.TryParse(name.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes.Add(value);
                at += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([name[at]]));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
