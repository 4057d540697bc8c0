using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>What to know before trusting the report.</summary>
internal static class NotesText
{
    private const int MaxRemarks = 8;

    private static readonly (OomSections Section, string Name)[] SectionNames =
    [
        (OomSections.Trigger, "the trigger line"),
        (OomSections.CallTrace, "the call trace"),
        (OomSections.Memcg, "the cgroup's usage"),
        (OomSections.MemInfo, "the memory of the machine"),
        (OomSections.Tasks, "the task table"),
        (OomSections.Constraint, "the oom-kill: line"),
        (OomSections.Victim, "the kill line"),
    ];

    public static void Write(Screen screen, OomEvent oomEvent)
    {
        string label = "Note";
        foreach (string note in Collect(oomEvent))
        {
            screen.Field(label, note, Ink.Warning);
            label = "";
        }
    }

    private static IEnumerable<string> Collect(OomEvent oomEvent)
    {
        if (!oomEvent.IsComplete)
        {
            IEnumerable<string> missing = SectionNames.Where(one => oomEvent.Missing.HasFlag(one.Section)).Select(one => one.Name);
            yield return $"incomplete: missing or cut is {string.Join(", ", missing)}";
        }

        if (oomEvent.IsInterleaved)
        {
            yield return "two reports ran into each other; lines may belong to the other one";
        }

        if (oomEvent.IsDuplicated)
        {
            yield return "the log has this event more than once, from two loggers; it is counted once";
        }

        if (oomEvent.SuppressedBefore > 0)
        {
            yield return $"the kernel suppressed {Words.Count(oomEvent.SuppressedBefore, "report")} before this one";
        }

        if (oomEvent.LostMessages > 0)
        {
            yield return $"{Words.Count(oomEvent.LostMessages, "kernel message")} lost inside this report";
        }

        if (oomEvent.Source.ForeignLines > 0)
        {
            yield return $"{Words.Count(oomEvent.Source.ForeignLines, "other line")} inside this report left out";
        }

        foreach (OomRemark remark in oomEvent.Remarks.Take(MaxRemarks))
        {
            yield return $"the kernel remarks: {remark.Text}";
        }

        if (oomEvent.Remarks.Length > MaxRemarks)
        {
            yield return $"{Words.Count(oomEvent.Remarks.Length - MaxRemarks, "more remark")} of the kernel not shown";
        }

        if (!oomEvent.UnknownLines.IsEmpty)
        {
            // The list is bounded, so its length is no count.
            yield return "some kernel lines inside this report are unknown to this version";
        }

        bool needsPageSize = !oomEvent.Tasks.IsEmpty || oomEvent.Trigger?.Order is >= 0;
        if (oomEvent.PageSizeSource == OomPageSizeSource.Assumed && needsPageSize)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"page size {oomEvent.PageSize} is assumed, the log does not tell (see --page-size)");
        }
    }
}
