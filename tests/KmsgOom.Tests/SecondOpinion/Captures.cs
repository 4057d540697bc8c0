using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>The logs of booted kernels, if they lie beside the repository.</summary>
internal static partial class Captures
{
    public static readonly DirectoryInfo? Folder = Repository.Captures is { } path ? new DirectoryInfo(path) : null;

    private static readonly Lazy<IReadOnlyList<(string File, IReadOnlyList<string> Messages)>> Logs = new(ReadKmsg);

    /// <summary>Each file's path, and its messages as the kernel wrote them.</summary>
    public static IReadOnlyList<(string File, IReadOnlyList<string> Messages)> Kmsg() => Logs.Value;

    private static IReadOnlyList<(string File, IReadOnlyList<string> Messages)> ReadKmsg() =>
    [
        .. Folder?.EnumerateFiles("*.kmsg.log", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => (file.FullName, Messages(file))) ?? [],
    ];

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

    [GeneratedRegex(@"^\d+,\d+,\d+,[^;]*;")]
    private static partial Regex Record();

    [GeneratedRegex(@"\\x([0-9a-f]{2})")]
    private static partial Regex Escape();
}
