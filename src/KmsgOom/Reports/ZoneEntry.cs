using KmsgOom.Text;

namespace KmsgOom.Reports;

/// <summary>One zone of the Mem-Info block, and which of the values are its own.</summary>
internal record struct ZoneEntry(int Node, TextRange Name)
{
    public int FirstCounter;
    public int CounterCount;
    public bool? AllUnreclaimable;
    public int FirstReserve;
    public int ReserveCount;
    public int FirstBuddy;
    public int BuddyCount;
    public long? BuddyTotalKiB;
    public int FirstPerCpu;
    public int PerCpuCount;
}
