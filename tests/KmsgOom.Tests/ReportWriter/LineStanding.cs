namespace KmsgOom.Tests.ReportWriter;

/// <summary>What a reader that knows only the lines that are left can make of one (docs/architecture.md, "How a report lives").</summary>
internal enum LineStanding
{
    /// <summary>Text that says nothing.</summary>
    Free,

    /// <summary>What is said of the report that begins next.</summary>
    Before,

    /// <summary>Only a report has such a line: it begins one that has not begun.</summary>
    Alone,

    /// <summary>Known by its own words, but others print it too: it means something in a report that has begun.</summary>
    InReport,

    /// <summary>Text that only its place explains: without a line of its own section before it, it is anybody's.</summary>
    InSection,

    /// <summary>A row of the task table: its padding tells it where no header was seen, but only the first messages of a log may begin in a table.</summary>
    Row,

    /// <summary>Announces a victim, or names one.</summary>
    Announcement,
    Kill,

    /// <summary>Says that a whole cgroup follows its victim.</summary>
    Group,

    /// <summary>Says why there is no victim.</summary>
    Ending,

    /// <summary>Speaks of a victim that was named before.</summary>
    Reaper,
}
