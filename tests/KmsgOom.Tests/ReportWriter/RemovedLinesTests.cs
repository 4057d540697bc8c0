using System.Collections.Immutable;
using CsCheck;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What is left of a report when lines are missing: all that the other lines say, and nothing that no line says.</summary>
public sealed class RemovedLinesTests
{
#if DEBUG
    private const int Iterations = 1000;
#else
    private const int Iterations = 3000;
#endif

    /// <summary>The events are those of the lines that are left, field by field: only what the removed lines said is absent.</summary>
    [Theory]
    [MemberData(nameof(RoundTripTests.WrapperNames), MemberType = typeof(RoundTripTests))]
    public void OnlyTheRemovedFacts_AreAbsent(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);

        // Where a newline tears lines apart, half a line may be left: that is the joiner's business, and no line that was removed.
        Wrapper carrier = name == "kmsg" ? wrapper : wrapper with { TakesNewline = false };
        Gen.Select(GenReport.Report(carrier), Removal).Sample(
            (report, removal) =>
            {
                WrittenRecord[] left = removal.Apply(name == "kmsg" ? ReportText.Write(report) : [.. ReportText.Write(report).SelectMany(record => record.Split())]);
                string log = wrapper.Write(left);
                RoundTrip.AssertSame(Reading.Of(left, wrapper), RoundTrip.Parse(log), log);
            },
            iter: name is "kmsg" or "console" or "dmesg-r" or "rfc3164-stamp" ? Iterations : Iterations / 10,
            threads: 1);
    }

    /// <summary>
    /// What is concluded from the lines that are left is true of the whole report: what is called missing was removed, and whose memory it is does not change.
    /// </summary>
    [Fact]
    public void Conclusions_AreTrueOfTheWholeReport()
    {
        Wrapper wrapper = Wrappers.Find("kmsg");
        Gen.Select(GenReport.Report(wrapper), Removal).Sample(
            (report, removal) =>
            {
                WrittenRecord[] all = ReportText.Write(report);
                WrittenRecord[] left = removal.Apply(all);
                string log = wrapper.Write(left);
                OomSections removed = (OomSections)all.Except(left).Aggregate(0, (sections, record) => sections | (int)record.Section);

                // The rate limit removes lines too; and without the line that says so, the members of a group die in events of their own.
                bool isGroup = all.Except(left).Any(record => record.Standing == LineStanding.Group);
                removed |= report.IsRateLimited || isGroup ? OomSections.Trigger : OomSections.None;
                foreach (OomEvent oomEvent in RoundTrip.Parse(log))
                {
                    Assert.True((oomEvent.Missing & ~removed) == OomSections.None, $"{oomEvent.Missing} of {removed}\n{log}");
                    Assert.True(IsTrue(oomEvent.Scope, report), $"{oomEvent.Scope}\n{log}");
                }
            },
            iter: Iterations,
            threads: 1);
    }

    /// <summary>The numbers of kmsg tell how many records are missing between the first and the last line of a report; its reaper lines come long after.</summary>
    [Fact]
    public void LostMessages_AreTheRemovedRecords()
    {
        Wrapper wrapper = Wrappers.Find("kmsg");
        Gen.Select(GenReport.Report(wrapper), Removal).Sample(
            (report, removal) =>
            {
                WrittenRecord[] all = ReportText.Write(report);
                WrittenRecord[] left = removal.Apply(all);
                int[] numbers = [.. left.Select(record => Array.IndexOf(all, record))];
                string log = string.Concat(left.Zip(numbers, (record, number) => wrapper.Render(record, "", number)));
                foreach (OomEvent oomEvent in RoundTrip.Parse(log))
                {
                    // An unknown line may have the words of one that is known where it stands.
                    int[] lines =
                    [
                        .. oomEvent.Lines.Where(line => (line.Section != OomSections.None || !oomEvent.UnknownLines.Contains(line.Text)) && !IsReaper(line))
                            .Select(line => (int)line.Number - 1),
                    ];
                    int removed = numbers[lines[^1]] - numbers[lines[0]] - (lines[^1] - lines[0]);
                    Assert.True(oomEvent.LostMessages == removed, $"{oomEvent.LostMessages} lost, {removed} removed\n{log}");
                }
            },
            iter: Iterations,
            threads: 1);
    }

    /// <summary>Each kill line that is left names one victim, in one event, with the values of that line; rows are those that were written.</summary>
    [Theory]
    [InlineData("kmsg")]
    [InlineData("dmesg-r")]
    [InlineData("rfc3164-stamp")]
    public void Kills_AreAllThere_AndNoOthers(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);
        Gen.Select(GenReport.Report(wrapper), Removal).Sample(
            (report, removal) =>
            {
                WrittenRecord[] all = ReportText.Write(report);
                WrittenRecord[] left = removal.Apply(all);
                string log = wrapper.Write(left);
                ImmutableArray<OomEvent> events = RoundTrip.Parse(log);
                OomVictim[] expected = [.. left.SelectMany(record => Expectation.Of([record], wrapper).Victims).DistinctBy(victim => victim.Pid).Select(victim => Bare(victim, report))];
                OomVictim[] found = [.. events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => Bare(victim, report))];
                Assert.True(expected.SequenceEqual(found), log);
                HashSet<OomTask> rows = [.. Expectation.Of(all, wrapper).Tasks];
                Assert.True(events.SelectMany(oomEvent => oomEvent.Tasks).All(rows.Contains), log);
            },
            iter: Iterations / 3,
            threads: 1);
    }

    /// <summary>Any lines, lines that stand together, the first ones, the last ones.</summary>
    private static readonly Gen<LineRemoval> Removal = Gen.Select(Gen.Enum<RemovedPart>(), Gen.Int, Gen.OneOf(0.02, 0.1, 0.5, 0.9), (part, seed, share) => new LineRemoval(part, seed, share));

    /// <summary>
    /// Tells whether a scope is that of the report, as far as its kernel says it: kernels before 5.0 say of cpusets and policies what they say of the machine,
    /// and up to 3.8 a cgroup's report has the machine's Mem-Info, which alone looks like the machine's (reference, section 14).
    /// </summary>
    private static bool IsTrue(OomScope scope, WrittenReport report) => scope switch
    {
        OomScope.Unknown => true,
        OomScope.Memcg => report.Scope == WrittenScope.Memcg,
        OomScope.Cpuset => report.Scope == WrittenScope.Cpuset,
        OomScope.Mempolicy => report.Scope == WrittenScope.Mempolicy,
        _ => report.Scope != WrittenScope.Memcg || report.Era.MemcgPrintsMemInfo,
    };

    private static bool IsReaper(OomLine line) => line.Section == OomSections.Victim && line.Text.StartsWith("oom_reaper: ", StringComparison.Ordinal);

    /// <summary>Keeps what the kill line itself says; what 5.4.0 calls kB depends on the row.</summary>
    private static OomVictim Bare(OomVictim victim, WrittenReport report) => victim with
    {
        Score = null,
        Announced = null,
        Reaper = null,
        PageTablesKiB = report.Era.PrintsPgtablesInBytes ? null : victim.PageTablesKiB,
    };
}
