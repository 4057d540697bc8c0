using System.Collections.Immutable;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What the writer writes the parser reads, for every era and wrapper, whatever happens to the lines.</summary>
public sealed class RoundTripTests
{
#if DEBUG
    private const int Iterations = 40;
#else
    private const int Iterations = 100;
#endif

    private static readonly string[] ForeignTexts =
    [
        "eth0: link becomes ready", "usb 1-1: new high-speed USB device number 2 using xhci_hcd", "systemd-journald[231]: Sent WATCHDOG=1 notification.",
        "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro", "oom_policy=strict vendor extension of somebody", "audit: type=1400 audit(1.2:3): apparmor=\"DENIED\"",
        "TCP: request_sock_TCP: Possible SYN flooding on port 80.",
    ];

    public static TheoryData<string> WrapperNames => [.. Wrappers.All.Select(wrapper => wrapper.Name)];

    public static TheoryData<string> EraNames => [.. KernelEras.All.Select(era => era.Name)];

    [Theory]
    [MemberData(nameof(EraNames))]
    public void Event_IsWhatWasWritten_InEveryEra(string name)
    {
        Wrapper wrapper = Wrappers.Find("kmsg");
        GenReport.Report(KernelEras.Find(name), wrapper).Sample(report => AssertRead(report, wrapper), iter: Iterations, threads: 1);
    }

    [Theory]
    [MemberData(nameof(WrapperNames))]
    public void Event_IsWhatWasWritten_InEveryWrapper(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);
        GenReport.Report(wrapper).Sample(report => AssertRead(report, wrapper), iter: Iterations * 2, threads: 1);
    }

    /// <summary>Every line of the reference is recognised, but for those that it calls free text.</summary>
    [Fact]
    public void UnknownLines_AreOnlyFreeText()
    {
        Wrapper wrapper = Wrappers.Find("kmsg");
        GenReport.Report(wrapper).Sample(
            report =>
            {
                WrittenRecord[] records = ReportText.Write(report);
                HashSet<string> free = [.. records.Where(record => record.MayBeUnknown).Select(record => record.Text)];
                Assert.All(RoundTrip.Parse(wrapper.Write(records)).SelectMany(oomEvent => oomEvent.UnknownLines), line => Assert.Contains(line, free));
            },
            iter: Iterations * 5,
            threads: 1);
    }

    [Fact]
    public void Events_AreTheSame_HoweverCut() => Gen.Select(Gen.OneOf(Wrappers.All).SelectMany(wrapper => GenReport.Report(wrapper).Select(report => (wrapper, report))), Gen.Double[0, 1].Array[0, 6])
        .Sample(
            (written, cuts) =>
            {
                byte[] log = RoundTrip.Bytes(written.wrapper.Write(ReportText.Write(written.report)));
                int[] places = [.. cuts.Select(cut => (int)(cut * log.Length)).Order()];
                AssertEvents.Same(OomLog.Parse(log, Golden.Options), Chunks.ParseCut(log, places, Golden.Options));
            },
            iter: Iterations * 5,
            threads: 1);

    [Theory]
    [MemberData(nameof(WrapperNames))]
    public void ForeignLines_ChangeNothing(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);
        Gen.Select(GenReport.Report(wrapper), Gen.Select(Gen.Double[0, 1], Gen.OneOf(ForeignTexts)).Array[1, 6]).Sample(
            (report, foreign) =>
            {
                WrittenRecord[] records = ReportText.Write(report);
                List<WrittenRecord> all = [.. records];
                foreach ((double place, string text) in foreign)
                {
                    int at = Math.Min((int)(place * all.Count), all.Count - 1);
                    all.Insert(at, WrittenRecord.Free(4, text) with { Microseconds = all[at].Microseconds });
                }

                string log = wrapper.Write(all);
                RoundTrip.AssertSame(Expectation.Of(records, wrapper), RoundTrip.Parse(log), log);
            },
            iter: Iterations * 3,
            threads: 1);
    }

    [Fact]
    public void TwoHosts_LineByLine_GiveBothReports()
    {
        Wrapper wrapper = Wrappers.Find("rfc3164-stamp");
        Gen.Select(GenReport.Report(wrapper), GenReport.Report(wrapper)).Sample(
            (first, second) =>
            {
                WrittenRecord[] one = ReportText.Write(first);
                WrittenRecord[] two = ReportText.Write(second with { Microseconds = first.Microseconds });
                IEnumerable<string> lines = Enumerable.Range(0, Math.Max(one.Length, two.Length))
                    .SelectMany(at => (string[])[wrapper.Write(one.Skip(at).Take(1)), wrapper.Write(two.Skip(at).Take(1), "other-host")]);
                string log = string.Concat(lines);
                ImmutableArray<OomEvent> events = RoundTrip.Parse(log);
                RoundTrip.AssertSame(Expectation.Of(one, wrapper), events.Where(oomEvent => oomEvent.Host == wrapper.Host), log);
                RoundTrip.AssertSame(Expectation.Of(two, wrapper) with { Host = "other-host" }, events.Where(oomEvent => oomEvent.Host != wrapper.Host), log);
            },
            iter: Iterations * 4,
            threads: 1);
    }

    private static void AssertRead(WrittenReport report, Wrapper wrapper)
    {
        WrittenRecord[] records = ReportText.Write(report);
        string log = wrapper.Write(records);
        RoundTrip.AssertSame(Expectation.Of(records, wrapper), RoundTrip.Parse(log), log);
    }
}
