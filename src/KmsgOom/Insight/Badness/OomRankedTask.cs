namespace KmsgOom;

/// <summary>One task of the table with the badness that its kernel gives it.</summary>
/// <param name="Row">The index into <see cref="OomEvent.Tasks"/>.</param>
/// <param name="Points">What the kernel compares: pages (per mille before 3.5). <see cref="OomRanking.Era"/> says how; may be negative since 5.9.</param>
/// <param name="HeldPages">The part of it that is memory: resident pages, swap and page tables.</param>
/// <param name="IsExempt">Whether the kernel never chooses it: pid 1, or an adjustment of -1000.</param>
/// <param name="IsVictim">Whether it was killed.</param>
public readonly record struct OomRankedTask(int Row, long Points, long HeldPages, bool IsExempt, bool IsVictim);
