using System.Text;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The goldens that the writer wrote, for kernels that no machine boots any more: file and writer stay in step.</summary>
public sealed class WrittenGoldensTests
{
    private const int MaxLines = 60;

    private static readonly (string Era, string Wrapper)[] Written =
    [
        ("2.6.9", "rfc3164"), ("2.6.18", "rfc3164"), ("2.6.24", "dmesg"), ("2.6.29", "rfc3164"), ("2.6.32", "dmesg"), ("rhel6", "rfc3164"), ("3.2", "rfc3164-stamp"),
        ("3.7", "dmesg-r"), ("3.10", "dmesg-T"), ("rhel7.0", "rfc3164"), ("rhel7.7", "journal-short"), ("3.13", "rfc3164-stamp"), ("3.16", "kmsg"), ("3.18", "console"),
        ("4.0", "dmesg-x"), ("4.4", "docker-json"), ("4.6", "kmsg"), ("4.9", "journal-short-iso"), ("4.11", "dmesg-iso"), ("4.19", "journal-json"),
        ("rhel8.1", "journal-short"), ("rhel8.3", "journal-short-monotonic"), ("rhel8.5", "rfc5424"), ("5.0", "caller"), ("5.6", "dmesg-T"), ("5.8", "rfc3339"),
        ("5.15", "kmsg"), ("6.19", "journal-short-iso"),
    ];

    /// <summary>The parts of reports that no capture shows: the name says which.</summary>
    private static readonly Dictionary<(string Era, string What), (string Wrapper, Func<WrittenReport, bool> Has)> Parts = new()
    {
        [("2.6.18", "i386")] = ("console", report => report is { Machine.Kind: MachineKind.I386, IsMemcg: false }),
        [("2.6.24", "i386")] = ("dmesg-S", report => report is { Machine.Kind: MachineKind.I386, IsMemcg: false }),
        [("2.6.24", "mpol-bind")] = ("rfc3164", report => report is { Scope: WrittenScope.Mempolicy }),
        [("2.6.34", "vsz")] = ("dmesg", report => report.IsMemcg),
        [("3.2", "arm")] = ("dmesg", report => report is { Machine.Kind: MachineKind.Arm, HasRegisters: true, IsMemcg: true }),
        [("3.10", "percpu")] = ("console", report => report is { Machine: { Kind: MachineKind.Amd64, IsNuma: false }, IsMemcg: false }),
        [("3.16", "task-in")] = ("console", report => report is { IsMemcg: true }),
        [("4.0", "s390x")] = ("dmesg", report => report is { Machine.Kind: MachineKind.S390, IsMemcg: true }),
        [("4.4", "limit-reached")] = ("kmsg", report => report is { IsMemcg: true, Ending: WrittenEnding.Panic }),
        [("4.6", "arm64")] = ("dmesg", report => report is { Machine.Kind: MachineKind.Arm64, IsMemcg: true }),
        [("4.8", "giving-up")] = ("kmsg", report => report is { IsMemcg: true, Victims: [{ Reaper: WrittenReaper.Unable }, ..] }),
        [("4.9", "mips64")] = ("rfc3164-stamp", report => report is { Machine.Kind: MachineKind.Mips64, IsMemcg: true }),
        [("4.15", "slab")] = ("dmesg", report => report is { HasSlabTable: true, IsMemcg: false }),
        [("4.19", "sparc64")] = ("dmesg-r", report => report is { Machine.Kind: MachineKind.Sparc64, IsMemcg: true }),
        [("5.4", "bytes")] = ("kmsg", report => report is { IsMemcg: true, IsAllocatingTask: false }),
        [("5.11", "arm")] = ("dmesg", report => report is { Machine.Kind: MachineKind.Arm, IsMemcg: true }),
        [("5.19", "exiting")] = ("kmsg", report => report is { IsMemcg: true, Ending: WrittenEnding.AlreadyExiting }),
        [("6.1", "global-group")] = ("journal-short", report => report is { IsMemcg: false, Ending: WrittenEnding.GroupKilled }),
        [("6.10", "profile")] = ("dmesg", report => report is { HasSlabTable: true, IsMemcg: false }),
        [("6.12", "riscv64")] = ("dmesg", report => report is { Machine.Kind: MachineKind.Riscv64, IsMemcg: false }),
        [("6.18", "profile")] = ("rfc3339", report => report is { HasSlabTable: true, IsMemcg: false }),
        [("6.19", "protection")] = ("kmsg", report => report is { Memcg.IsV2: true }),
        [("openvz9", "ve")] = ("journal-short", report => report is { IsMemcg: false }),
    };

    public static TheoryData<string, string> Goldens
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string era, string wrapper) in Written)
            {
                data.Add(era, wrapper);
            }

            return data;
        }
    }

    public static TheoryData<string, string> GoldensOfParts
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string era, string what) in Parts.Keys)
            {
                data.Add(era, what);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void File_IsWhatTheWriterWrites(string era, string wrapperName)
    {
        Wrapper wrapper = Wrappers.Find(wrapperName);
        KernelEra kernel = KernelEras.Find(era);
        bool wantsMemcg = kernel.HasMemcg && Array.FindIndex(Written, written => written.Era == era) % 2 == 1;
        WrittenReport report = Find(kernel, wrapper, MaxLines, report => IsKilled(report) && report.IsMemcg == wantsMemcg
            && (report.Scope is WrittenScope.Global or WrittenScope.Memcg || kernel.HasConstraint));
        AssertFile(report, wrapper, report.Scope.ToString().ToLowerInvariant());
    }

    [Theory]
    [MemberData(nameof(GoldensOfParts))]
    public void File_OfAPart_IsWhatTheWriterWrites(string era, string what)
    {
        (string wrapperName, Func<WrittenReport, bool> has) = Parts[(era, what)];
        Wrapper wrapper = Wrappers.Find(wrapperName);
        AssertFile(Find(KernelEras.Find(era), wrapper, 2 * MaxLines, report => has(report) && (IsKilled(report) || what is "limit-reached" or "exiting")), wrapper, what);
    }

    private static void AssertFile(WrittenReport report, Wrapper wrapper, string what)
    {
        string log = wrapper.Write(ReportText.Write(report));
        RoundTrip.AssertSame(Expectation.Of(ReportText.Write(report), wrapper), RoundTrip.Parse(log), log);
        string path = Path.Combine(Repository.Goldens, $"{report.Era}-written-{what}.{wrapper}.log");
        if (Environment.GetEnvironmentVariable("KMSGOOM_ACCEPT") == "1")
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(log));
        }

        Assert.True(File.Exists(path), $"There is no {path}; KMSGOOM_ACCEPT=1 writes it.");
        Assert.Equal(log, Encoding.Latin1.GetString(File.ReadAllBytes(path)));
    }

    private static bool IsKilled(WrittenReport report) => report.Ending is WrittenEnding.Killed or WrittenEnding.GroupKilled;

    /// <summary>Takes the first report of a fixed sequence that is a full one, of moderate size, and has what is wanted.</summary>
    private static WrittenReport Find(KernelEra era, Wrapper wrapper, int maxLines, Func<WrittenReport, bool> has)
    {
        PCG random = new(20261124, 42);
        Gen<WrittenReport> reports = GenReport.Report(era, wrapper);
        int Lines(WrittenReport report) => wrapper.Write(ReportText.Write(report)).Count(letter => letter == '\n');
        for (int attempt = 0; attempt < 100_000; attempt++)
        {
            WrittenReport report = reports.Generate(random, null, out _);
            bool isFull = report is { IsRateLimited: false, IsAllocationFailure: false, HasTable: true, Tasks.Length: > 2 and < 9, Machine.Nodes: 1, Memory.AreLarge: false };
            if (isFull && has(report) && Lines(report) <= maxLines)
            {
                return report;
            }
        }

        throw new InvalidOperationException($"No report of {era} is of moderate size.");
    }
}
