namespace KmsgOom.Reports;

/// <content>Comparing two reports, and the room they take.</content>
internal sealed partial class OomReport
{
    /// <summary>How many arrays a report has.</summary>
    public const int ArrayCount = 22;

    /// <summary>Tells whether two reports hold the same; where they are kept does not matter.</summary>
    public bool IsSameAs(OomReport other) =>
        Text.SequenceEqual(other.Text) && Lines.IsSameAs(other.Lines) && Tasks.IsSameAs(other.Tasks) && Victims.IsSameAs(other.Victims)
        && CallTrace.IsSameAs(other.CallTrace) && Registers.IsSameAs(other.Registers) && StatGroups.IsSameAs(other.StatGroups) && Stats.IsSameAs(other.Stats)
        && TaskColumns.IsSameAs(other.TaskColumns) && OtherColumns.IsSameAs(other.OtherColumns) && OtherValues.IsSameAs(other.OtherValues)
        && Remarks.IsSameAs(other.Remarks)
        && !Memory.IsRead && !other.Memory.IsRead && Facts.Equals(other.Facts);

    /// <summary>Notes the most room that each array has ever taken.</summary>
    public void WidenTo(Span<long> most)
    {
        int at = 0;
        Widen(most, ref at, _text);
        Widen(most, ref at, Lines);
        Widen(most, ref at, CallTrace);
        Widen(most, ref at, Registers);
        Widen(most, ref at, StatGroups);
        Widen(most, ref at, Stats);
        Widen(most, ref at, Tasks);
        Widen(most, ref at, TaskColumns);
        Widen(most, ref at, OtherColumns);
        Widen(most, ref at, OtherValues);
        Widen(most, ref at, Victims);
        Widen(most, ref at, Remarks);
        Widen(most, ref at, Memory.Totals);
        Widen(most, ref at, Memory.Counters);
        Widen(most, ref at, Memory.Nodes);
        Widen(most, ref at, Memory.Zones);
        Widen(most, ref at, Memory.Reserves);
        Widen(most, ref at, Memory.Buddies);
        Widen(most, ref at, Memory.PerCpu);
        Widen(most, ref at, Memory.Hugepages);
        Widen(most, ref at, Memory.Slabs);
        Widen(most, ref at, Memory.Allocations);
    }

    private static void Widen<T>(Span<long> most, ref int at, GrowingArray<T> array)
        where T : struct
    {
        most[at] = Math.Max(most[at], array.Capacity);
        at++;
    }
}
