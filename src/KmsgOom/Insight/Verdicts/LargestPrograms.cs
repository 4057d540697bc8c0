namespace KmsgOom.Insight;

/// <summary>Names the programs that are worth a look: the one that holds most, and the next where it is not small beside it.</summary>
internal static class LargestPrograms
{
    // Less than a tenth of the first would make no difference.
    private const int SmallPart = 10;

    /// <param name="inputs">What the verdict is based on.</param>
    /// <param name="countsSwap">Whether what they have in swap counts, as it does where swap is full too.</param>
    /// <param name="count">How many were named.</param>
    public static string Describe(VerdictInputs inputs, bool countsSwap, out int count)
    {
        (OomProgram? first, OomProgram? second) = (null, null);
        foreach (OomProgram program in inputs.Programs)
        {
            (first, second) = first is null || Size(program) > Size(first) ? (program, first)
                : second is null || Size(program) > Size(second) ? (first, program)
                : (first, second);
        }

        count = first is null ? 0 : second is null || Size(second) < Size(first) / SmallPart ? 1 : 2;
        return count == 0 ? "" : count == 1 ? Name(first!) : $"{Name(first!)} and {Name(second!)}";

        Int128 Size(OomProgram program) => (Int128)program.RssBytes + (countsSwap ? program.SwapBytes ?? 0 : 0);

        string Name(OomProgram program)
        {
            string tasks = program.Count > 1 ? $" in {program.Count} tasks" : "";
            string swap = countsSwap && program.SwapBytes is > 0 and { } swapped ? $", {Amount.Of(swapped)} of it in swap" : "";
            return $"{program.Name} ({Amount.Of(Size(program))}{tasks}{swap})";
        }
    }
}
