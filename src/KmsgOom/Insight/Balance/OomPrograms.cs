using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>The task table, summed by the names of programs.</summary>
public sealed record OomPrograms
{
    /// <summary>Gets the programs, those that hold most (<see cref="OomProgram.TotalBytes"/>) first.</summary>
    public required ImmutableArray<OomProgram> Programs { get; init; }

    /// <summary>Gets the sums of all rows; its name is empty.</summary>
    public required OomProgram Total { get; init; }

    /// <summary>Gets what shares are taken of: the usage of the cgroup, or the memory of the machine, in bytes; null where the log tells neither.</summary>
    public long? BaseBytes { get; init; }

    /// <summary>Gets what <see cref="BaseBytes"/> is.</summary>
    public string? BaseText { get; init; }

    /// <summary>
    /// Gets how much memory the sheet has for processes (anonymous, and what of files and shared memory is mapped), in bytes; null where there is no sheet.
    /// </summary>
    public long? ProcessBytes { get; init; }

    /// <summary>Gets how the table compares with the sheet.</summary>
    public required string ExplainedText { get; init; }

    /// <summary>Gets what the sums cannot tell: pages that tasks share.</summary>
    public required string SharedText { get; init; }

    /// <summary>Gets the size of a page in bytes.</summary>
    public required int PageSize { get; init; }

    /// <summary>Gets how certain the size of a page is.</summary>
    public required string PageSizeText { get; init; }

    /// <summary>Gets the line that proves the size of a page; null where nothing does.</summary>
    public OomEvidence? PageSizeEvidence { get; init; }

    /// <summary>Sums the table.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The sums; null where the log has no table.</returns>
    public static OomPrograms? Of(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return ProgramSums.Of(oomEvent, OomBalance.Of(oomEvent), OomMemcgBalance.Of(oomEvent));
    }

    /// <summary>
    /// Gets the share of a program's resident memory in <see cref="BaseBytes"/>, in percent; null where there is no base. May exceed 100 where pages are
    /// shared.
    /// </summary>
    /// <param name="program">The program.</param>
    public double? PercentOf(OomProgram program) =>
        BaseBytes is > 0 and var all ? 100.0 * (program ?? throw new ArgumentNullException(nameof(program))).RssBytes / all : null;
}
