using System.Collections.Immutable;

namespace KmsgOom.Tests.Support;

/// <summary>The captured logs: many forms of each scenario.</summary>
internal static class CaptureLogs
{
    public static IEnumerable<string> All() => Directory.EnumerateFiles(Repository.Captures!, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Gets what was booted and done: the path without the form.</summary>
    public static string Scenario(string path) => Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path).Split('.')[0]);

    public static string Form(string path) => Path.GetFileName(path).Split('.', 2)[1][..^".log".Length];

    /// <summary>Gets one log of each scenario, in the form that loses least: kmsg, else dmesg, else console, else any.</summary>
    public static IEnumerable<string> BestForms() => All().GroupBy(Scenario).Select(forms => forms.MinBy(path => Form(path) switch { "kmsg" => 0, "dmesg" => 1, "console" => 2, _ => 3 })!);

    public static string Name(string path) => $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}";

    public static ImmutableArray<OomEvent> Parse(string path) => OomLog.Parse(File.ReadAllBytes(path), Golden.Options);
}
