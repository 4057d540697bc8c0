using System.ComponentModel;
using System.Diagnostics;

namespace KmsgOom.Benchmarks;

/// <summary>The same contestants in under a minute, for scripts: a floor and what is judged by it run side by side, round by round.</summary>
internal static class QuickMode
{
    // The rest of the minute is for slow machines, where even the fewest rounds take longer than their share.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(28);

    /// <summary>Writes name, GB/s (10^9), ratio to the floor and bytes allocated per run of each row, parted by tabs.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filters">Parts of the names of the groups to run; empty for all.</param>
    public static void Run(TextWriter output, string[] filters)
    {
        QuickGroup[] groups = filters.Length == 0
            ? QuickGroup.All
            : Array.FindAll(QuickGroup.All, group => filters.Any(filter => group.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)));
        Stopwatch clock = Stopwatch.StartNew();
        int left = groups.Length;
        foreach (QuickGroup group in groups)
        {
            try
            {
                group.Run(output, (Budget - clock.Elapsed) / left--);
            }
            catch (Win32Exception exception)
            {
                Console.Error.WriteLine($"{group.Name} is skipped: {exception.Message}");
            }
        }
    }
}
