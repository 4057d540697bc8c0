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

    [Theory]
    [MemberData(nameof(Goldens))]
    public void File_IsWhatTheWriterWrites(string era, string wrapperName)
    {
        Wrapper wrapper = Wrappers.Find(wrapperName);
        WrittenReport report = Find(KernelEras.Find(era), wrapper);
        string log = wrapper.Write(ReportText.Write(report));
        RoundTrip.AssertSame(Expectation.Of(ReportText.Write(report), wrapper), RoundTrip.Parse(log), log);
        string scope = report.Scope.ToString().ToLowerInvariant();
        string path = Path.Combine(Repository.Goldens, $"{era}-written-{scope}.{wrapperName}.log");
        if (Environment.GetEnvironmentVariable("KMSGOOM_ACCEPT") == "1")
        {
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(log));
        }

        Assert.True(File.Exists(path), $"There is no {path}; KMSGOOM_ACCEPT=1 writes it.");
        Assert.Equal(log, Encoding.Latin1.GetString(File.ReadAllBytes(path)));
    }

    /// <summary>Takes the first report of a fixed sequence that is a full one with a kill, of moderate size; memcg and machine by turns.</summary>
    private static WrittenReport Find(KernelEra era, Wrapper wrapper)
    {
        bool wantsMemcg = era.HasMemcg && Array.FindIndex(Written, written => written.Era == era.Name) % 2 == 1;
        PCG random = new(20261124, 42);
        Gen<WrittenReport> reports = GenReport.Report(era, wrapper);
        int Lines(WrittenReport report) => wrapper.Write(ReportText.Write(report)).Count(letter => letter == '\n');
        for (int attempt = 0; attempt < 100_000; attempt++)
        {
            WrittenReport report = reports.Generate(random, null, out _);
            bool isFull = report is { IsRateLimited: false, IsAllocationFailure: false, HasTable: true, Ending: WrittenEnding.Killed or WrittenEnding.GroupKilled, Tasks.Length: > 2 and < 9 };
            if (isFull && report.IsMemcg == wantsMemcg && report.Machine.Nodes == 1 && !report.Memory.AreLarge
                && (report.Scope is WrittenScope.Global or WrittenScope.Memcg || era.HasConstraint) && Lines(report) <= MaxLines)
            {
                return report;
            }
        }

        throw new InvalidOperationException($"No report of {era} is of moderate size.");
    }
}
