using System.Diagnostics;

namespace KmsgOom.Benchmarks;

/// <summary>The rows of quick mode that share a log and a floor.</summary>
/// <param name="Name">The first part of the name of each row.</param>
/// <param name="SetUp">Makes the log and names the contestants; the first is the floor.</param>
internal sealed record QuickGroup(string Name, Func<(IDisposable? Owner, Contest Contest)> SetUp)
{
    private static readonly LogInput[] Files = [LogInput.Quiet, LogInput.Mixed, LogInput.StormRfc3164];

    public static QuickGroup[] All { get; } =
    [
        .. Enum.GetValues<LogInput>().Select(input => new QuickGroup($"parse/{input}", () => Parse(input))),
        .. Files.Select(input => new QuickGroup($"read/{input}", () => Read(input))),
        new("cores/Quiet", () => ReadOnCores(LogInput.Quiet)),
        new("cores/StormRfc3164", () => ReadOnCores(LogInput.StormRfc3164)),
        .. Enum.GetValues<ArchiveForm>().Select(form => new QuickGroup($"archive/{form}", () => ReadArchive(form))),
        new("export/StormRfc3164", Export),
    ];

    /// <summary>Runs the contest and writes its rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="share">The time there is, with that for making the log.</param>
    public void Run(TextWriter output, TimeSpan share)
    {
        Stopwatch clock = Stopwatch.StartNew();
        (IDisposable? owner, Contest contest) = SetUp();
        using (owner)
        {
            contest.Run(share - clock.Elapsed);
        }

        contest.Write(output, Name);
    }

    private static (IDisposable Owner, Contest Contest) Parse(LogInput input)
    {
        ParseBenchmarks parse = new() { Input = input };
        parse.Setup();
        return (parse, new Contest(
            parse.Facts.Length,
            new(nameof(parse.NewlineSplit), parse.NewlineSplit),
            new(nameof(parse.Views), () => parse.Views().Events),
            new(nameof(parse.OwnedEvents), () => parse.OwnedEvents().Events))
        {
            // The JIT makes code of its own for each wrapper.
            WarmUp = TimeSpan.FromMilliseconds(500),
        });
    }

    private static (IDisposable Owner, Contest Contest) Read(LogInput input)
    {
        ReadBenchmarks read = new() { Input = input };
        read.Setup();
        return (read, new Contest(
            read.Facts.Length,
            new(nameof(read.RawRead), read.RawRead),
            new(nameof(read.RawReadOnAllCores), read.RawReadOnAllCores),
            new(nameof(read.ReadFile), () => read.ReadFile().GetAwaiter().GetResult().Events),
            new(nameof(read.ReadFileOnOneCore), () => read.ReadFileOnOneCore().GetAwaiter().GetResult().Events),
            new(nameof(read.ReadLinesCompiledRegex), () => read.ReadLinesCompiledRegex().Events),
            new(nameof(read.ReadLinesGeneratedRegex), () => read.ReadLinesGeneratedRegex().Events),
            new(nameof(read.StreamReaderContains), () => read.StreamReaderContains().Events)));
    }

    private static (IDisposable Owner, Contest Contest) ReadOnCores(LogInput input)
    {
        CoresBenchmarks cores = new() { Input = input };
        cores.Setup();
        return (cores, new Contest(
            cores.Facts.Length,
            new(nameof(cores.ReadFileOnOneCore), () => cores.ReadFileOnOneCore().GetAwaiter().GetResult().Events),
            new(nameof(cores.ReadFile), () => cores.ReadFile().GetAwaiter().GetResult().Events)));
    }

    private static (IDisposable Owner, Contest Contest) ReadArchive(ArchiveForm form)
    {
        ArchiveBenchmarks archive = new() { Form = form };
        archive.Setup();
        return (archive, new Contest(
            archive.Facts.Length,
            new(nameof(archive.Decompress), archive.Decompress),
            new(nameof(archive.ReadArchive), () => archive.ReadArchive().GetAwaiter().GetResult().Events)));
    }

    private static (IDisposable? Owner, Contest Contest) Export()
    {
        ExportBenchmarks export = new();
        export.Setup();
        return (null, new Contest(export.Facts.Length, new(nameof(export.Copy), export.Copy), new(nameof(export.WriteJson), export.WriteJson)));
    }
}
