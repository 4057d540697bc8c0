using KmsgOom.Reports;

namespace KmsgOom.Files;

/// <summary>Where a parser that came from before a cut was found to be in the state of one that began at the cut: from there on they are one.</summary>
/// <remarks>All but <see cref="Lines"/> is of the parser that began at the cut.</remarks>
internal sealed class Meeting
{
    /// <summary>Gets the lines before the cut, as the parser that came from before counts them.</summary>
    public required long Lines { get; init; }

    /// <summary>Gets how many slices it took.</summary>
    public required int Slices { get; init; }

    /// <summary>Gets what was counted; the events are those that the other one has delivered.</summary>
    public required OomParserCounters Counters { get; init; }

    public required BootClock Boot { get; init; }

    public required int BootReads { get; init; }

    public required int BootNotes { get; init; }

    public required SuppressedReports Suppressed { get; init; }

    public required int SuppressedUses { get; init; }
}
