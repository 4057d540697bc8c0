using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Contracts;

/// <summary>No kill is lost and none is invented, whatever happens to the lines around it.</summary>
public sealed partial class KillTests
{
    private static readonly string[][] Logs =
    [
        .. Golden.Names
            .Where(name => name.EndsWith(".dmesg.log", StringComparison.Ordinal) || name.EndsWith(".dmesg-T.log", StringComparison.Ordinal)
                || name.EndsWith(".rsyslog-syslog.log", StringComparison.Ordinal))
            .Select(name => Encoding.Latin1.GetString(Golden.Read(name)).Split('\n'))
            .Where(lines => lines.Length < 700),
    ];

    private static readonly Gen<string[]> Damaged =
        from picks in Gen.Int[0, Logs.Length - 1].Array[1, 3]
        from seed in Gen.Int
        select Damage(picks, new Random(seed));

    [Fact]
    public void Pids_OfKillLines_AreThoseOfTheEvents() => Damaged.Sample(
        lines =>
        {
            string text = string.Join('\n', lines);
            int[] named = [.. KillLine().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Distinct().Order()];
            IEnumerable<OomEvent> events = OomLog.Parse(Encoding.Latin1.GetBytes(text), Golden.Options);
            int[] found = [.. events.Where(oomEvent => oomEvent.Kind == OomEventKind.Oom).SelectMany(oomEvent => oomEvent.Victims).Select(victim => victim.Pid).Distinct().Order()];
            Assert.Equal(named, found);
        },
        iter: 300);

    /// <summary>Drops, doubles, cuts and splices lines of one to three logs.</summary>
    private static string[] Damage(int[] picks, Random random)
    {
        List<string> lines = [];
        int[] positions = new int[picks.Length];
        while (true)
        {
            int[] open = [.. Enumerable.Range(0, picks.Length).Where(log => positions[log] < Logs[picks[log]].Length)];
            if (open.Length == 0)
            {
                return [.. lines];
            }

            int chosen = open[random.Next(open.Length)];
            int count = random.Next(1, 80);
            for (; count > 0 && positions[chosen] < Logs[picks[chosen]].Length; count--)
            {
                string line = Logs[picks[chosen]][positions[chosen]++];
                switch (random.Next(40))
                {
                    case 0:
                        break;
                    case 1:
                        lines.Add(line);
                        lines.Add(line);
                        break;
                    case 2:
                        lines.Add("[   99.000000] eth0: link becomes ready");
                        lines.Add(line);
                        break;
                    default:
                        lines.Add(line);
                        break;
                }
            }
        }
    }

    [GeneratedRegex(@"(?:memory|\]|kernel:)(?: \(\w+\))?:? Killed process (\d+)")]
    private static partial Regex KillLine();
}
