using System.Collections.Immutable;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>One boot, written down by many tools: every form of a capture gives the events of its kmsg form.</summary>
public sealed class FormTests
{
    [CapturesFact]
    public void EveryForm_GivesTheEventsOfItsKmsgForm()
    {
        StringBuilder problems = new();
        int compared = 0;
        foreach (IGrouping<string, string> capture in CaptureLogs.All().GroupBy(CaptureLogs.Scenario))
        {
            if (FormDifferences.Reference(capture) is not { } reference)
            {
                continue;
            }

            ImmutableArray<OomEvent> expected = CaptureLogs.Parse(reference);
            IReadOnlySet<string> programMessages = FormDifferences.ProgramMessages(reference);
            foreach (string path in capture.Where(path => path != reference))
            {
                compared++;
                foreach (string problem in FormDifferences.Find(expected, CaptureLogs.Parse(path), programMessages))
                {
                    problems.AppendLine($"{CaptureLogs.Name(path)}: {problem}");
                }
            }
        }

        Assert.True(problems.Length == 0, problems.ToString());
        Assert.InRange(compared, 1000, int.MaxValue);
    }
}
