using System.Collections.Immutable;
using CsCheck;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>What is left of a report when lines are missing: no kill is lost, and nothing is said that no line says.</summary>
public sealed class RemovedLinesTests
{
#if DEBUG
    private const int Iterations = 300;
#else
    private const int Iterations = 1000;
#endif

    /// <summary>Each kill line that is left names one victim, in one event, with the values of that line; rows are those that were written.</summary>
    [Theory]
    [InlineData("kmsg")]
    [InlineData("dmesg-r")]
    [InlineData("rfc3164-stamp")]
    public void Kills_AreAllThere_AndNoOthers(string name)
    {
        Wrapper wrapper = Wrappers.Find(name);
        Gen.Select(GenReport.Report(wrapper), Gen.Int, Gen.OneOf(0.02, 0.1, 0.5, 0.9)).Sample(
            (report, seed, share) =>
            {
                Random random = new(seed);
                WrittenRecord[] all = ReportText.Write(report);
                WrittenRecord[] left = [.. all.Where(_ => random.NextDouble() >= share)];
                string log = wrapper.Write(left);
                ImmutableArray<OomEvent> events = RoundTrip.Parse(log);
                OomVictim[] expected = [.. left.SelectMany(record => Expectation.Of([record], wrapper).Victims).DistinctBy(victim => victim.Pid).Select(victim => Bare(victim, report))];
                OomVictim[] found = [.. events.SelectMany(oomEvent => oomEvent.Victims).Select(victim => Bare(victim, report))];
                Assert.True(expected.SequenceEqual(found), log);
                HashSet<OomTask> rows = [.. Expectation.Of(all, wrapper).Tasks];
                Assert.True(events.SelectMany(oomEvent => oomEvent.Tasks).All(rows.Contains), log);
            },
            iter: Iterations,
            threads: 1);
    }

    /// <summary>Keeps what the kill line itself says; what 5.4.0 calls kB depends on the row.</summary>
    private static OomVictim Bare(OomVictim victim, WrittenReport report) => victim with
    {
        Score = null,
        Announced = null,
        Reaper = null,
        PageTablesKiB = report.Era.PrintsPgtablesInBytes ? null : victim.PageTablesKiB,
    };
}
