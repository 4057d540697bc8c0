namespace KmsgOom.Benchmarks;

/// <summary>What the project wants to reach, and what it did.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Goal">The number to reach.</param>
/// <param name="Unit">Of which unit.</param>
/// <param name="Reached">The number reached; NaN where it was not measured.</param>
/// <param name="Command">What measures it, below <c>benchmarks/</c>.</param>
/// <param name="IsLimit">Less is better.</param>
internal sealed record Target(string Work, double Goal, string Unit, double Reached, string Command, bool IsLimit = false)
{
    private const string Floor = "of the floor";

    /// <summary>Gets how far it got: 1 is the goal, more is better.</summary>
    public double Score => IsLimit ? Goal / Reached : Reached / Goal;

    public static Target[] Judge(ResultsFolder results) =>
    [
        new("Quiet, cached file, one core", 0.45, Floor, results.GetRatio("read/Quiet/ReadFileOnOneCore"), "--quick read/Quiet"),
        new("Mixed, cached file, one core", 0.4, Floor, results.GetRatio("read/Mixed/ReadFileOnOneCore"), "--quick read/Mixed"),
        AgainstRipgrep(results, 500, "native", start: 0),
        AgainstRipgrep(results, 1000, "native", start: 0),
        AgainstRipgrep(results, 1000, "jit", results.GetMedian("start/small-log/kmsgoom-jit") / 1e3),
        new("Quiet in memory", 1, Floor, results.GetRatio("parse/Quiet/Views"), "--quick parse/Quiet"),
        .. new[] { LogInput.StormBare, LogInput.StormSecs, LogInput.StormRfc3164, LogInput.StormKmsg }.Select(storm => Parse(results, storm, "Views", 1.5)),
        Parse(results, LogInput.StormRfc3164, "OwnedEvents", 0.4),
        Parse(results, LogInput.Tables, "Views", 1),
        new("Storm to NDJSON, native tool", 300, "MB/s", results.GetMedian("export/StormRfc3164/200MB/ndjson-native"), "whole-process.sh export"),
        .. new[] { LogInput.Quiet, LogInput.StormRfc3164 }.Select(input =>
            new Target($"{input}, all cores", 1.6, "× one core", results.GetRatio($"cores/{input}/ReadFile"), $"--quick cores/{input}")),
        .. Enum.GetValues<ArchiveForm>().Select(form =>
            new Target($"{form}, as shipped", 0.9, Floor, results.GetRatio($"archive/{form}/ReadArchive"), $"--quick archive/{form}")),
        .. Enum.GetValues<ArchiveForm>().Select(form =>
            new Target($"{form}, one core", 0.7, Floor, results.GetRatioOnOneCore($"archive/{form}/ReadArchive"), $"taskset -c 0 … --quick archive/{form}")),
        .. Memory(results, "native", 30),
        .. Memory(results, "jit", 80),
        new("Start on a small log, native tool", 10, "ms", results.GetMedian("start/small-log/kmsgoom-native"), "whole-process.sh start", IsLimit: true),
    ];

    private static Target Parse(ResultsFolder results, LogInput input, string contestant, double goal) => new(
        $"{input}, {(contestant == "Views" ? "every field" : "owned events")}", goal, "GB/s",
        results.GetGigabytesPerSecond($"parse/{input}/{contestant}"), $"--quick parse/{input}");

    private static Target AgainstRipgrep(ResultsFolder results, int megabytes, string build, double start) => new(
        $"Quiet, {megabytes} MB, {build} tool{(start == 0 ? "" : " net of its start")}", 1, "× rg",
        results.GetMedian($"scan/Quiet/{megabytes}MB/rg-c") / (results.GetMedian($"scan/Quiet/{megabytes}MB/kmsgoom-{build}") - start), "whole-process.sh scan start");

    private static Target[] Memory(ResultsFolder results, string build, double goal)
    {
        double most = results.GetPeak($"kmsgoom-{build}", largest: true);
        return
        [
            new($"Anonymous memory, big file, {build} tool", goal, "MB", most, "whole-process.sh memory", IsLimit: true),
            new($"The same ÷ that at 1 GB, {build} tool", 1.1, "×", most / results.GetPeak($"kmsgoom-{build}", largest: false), "whole-process.sh memory", IsLimit: true),
        ];
    }
}
