using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The logs of booted kernels, if they lie beside the repository.</summary>
internal static partial class Captures
{
    public static readonly DirectoryInfo? Folder = Find();

    /// <summary>The file's path, and its messages as the kernel wrote them.</summary>
    public static IEnumerable<(string File, IReadOnlyList<string> Messages)> Kmsg() =>
        Folder?.EnumerateFiles("*.kmsg.log", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => (file.FullName, Messages(file))) ?? [];

    // "%u,%llu,%llu,%c;%s\n", then properties that begin with a blank: kernel/printk/printk.c, info_print_ext_header()
    private static IReadOnlyList<string> Messages(FileInfo file) =>
    [
        .. File.ReadAllText(file.FullName, Encoding.Latin1)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => Record().IsMatch(line))
            .Select(line => Unescape(line[(line.IndexOf(';', StringComparison.Ordinal) + 1)..])),
    ];

    private static string Unescape(string text) => Escape().Replace(
        text, match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());

    private static DirectoryInfo? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            DirectoryInfo captures = new(Path.Combine(folder.FullName, "shared", "captures"));
            if (captures.Exists)
            {
                return captures;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\d+,\d+,\d+,[^;]*;")]
    private static partial Regex Record();

    [GeneratedRegex(@"\\x([0-9a-f]{2})")]
    private static partial Regex Escape();
}

/// <summary>A test that needs the captures; skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CapturesFactAttribute : FactAttribute
{
    public CapturesFactAttribute()
    {
        if (Captures.Folder is null)
        {
            Skip = "shared/captures is not beside the repository";
        }
    }
}
