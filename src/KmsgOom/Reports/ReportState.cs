namespace KmsgOom.Reports;

/// <summary>How far a report is.</summary>
internal enum ReportState : byte
{
    /// <summary>Its sections are still coming.</summary>
    Open,

    /// <summary>It has its victim (or its reason for none) and waits for reaper lines and further members of a group.</summary>
    Held,

    /// <summary>Nothing can be added any more.</summary>
    Done,
}
