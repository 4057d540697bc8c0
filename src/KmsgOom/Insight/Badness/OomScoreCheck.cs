namespace KmsgOom;

/// <summary>A printed score (kernels up to 5.0) beside the one that its task's row gives.</summary>
/// <param name="Pid">The process whose score was printed.</param>
/// <param name="Printed">The printed score.</param>
/// <param name="Computed">The score of the row without root's bonus; null where an input is missing.</param>
/// <param name="ComputedForRoot">The score of the row with root's bonus; null where the kernel has none, the task is not root's, or an input is missing.</param>
/// <param name="MissingInput">What the log does not have; null where everything is there.</param>
/// <param name="FittingTotalPages">The smallest total, from the assumed one up, that gives the printed score; null where none does, or none is needed.</param>
public readonly record struct OomScoreCheck(int Pid, long Printed, long? Computed, long? ComputedForRoot, string? MissingInput, long? FittingTotalPages)
{
    /// <summary>Gets whether the printed score comes out exactly, with root's bonus or without.</summary>
    public bool IsExact => Printed == Computed || Printed == ComputedForRoot;
}
