using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Where memory went: the larger parts, and always the remainder.</summary>
internal static class BalanceText
{
    private const int BarWidth = 20;
    private const double SmallestShare = 0.01;
    private const int MaxPrograms = 4;
    private const int NameWidth = 24;

    public static void Write(Screen screen, OomEvent oomEvent, OomAnalysis analysis)
    {
        if (analysis.Memcg is { } memcg)
        {
            WriteSheet(screen, "In the group", memcg);
        }

        if (analysis.Machine is { } machine)
        {
            WriteSheet(screen, "In the machine", machine);
        }

        WritePrograms(screen, oomEvent, analysis);
    }

    private static void WriteSheet(Screen screen, string title, OomBalance balance)
    {
        screen.Blank();
        screen.Row($"{title}: {Sizes.FromBytes(balance.TotalBytes)} ({balance.TotalSource})", Ink.Label);
        long others = 0;
        foreach (OomBucket bucket in balance.Buckets)
        {
            double share = balance.TotalBytes > 0 ? (double)bucket.Bytes / balance.TotalBytes : 0;
            if (bucket.Name == OomBalance.Unexplained)
            {
                if (others > 0)
                {
                    WritePart(screen, "smaller parts", others, (double)others / balance.TotalBytes);
                }

                WritePart(screen, "not explained", bucket.Bytes, share);
            }
            else if (share < SmallestShare)
            {
                others += bucket.Bytes;
            }
            else
            {
                WritePart(screen, bucket.Name.Replace('_', ' '), bucket.Bytes, share);
            }
        }

        foreach (string note in balance.Notes)
        {
            screen.Field("", $"({note})");
        }
    }

    private static void WritePart(Screen screen, string name, long bytes, double share)
    {
        string bar = new('#', (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth));
        screen.Row(string.Create(CultureInfo.InvariantCulture, $"  {name,-NameWidth} {Sizes.FromBytes(bytes),10} {share * 100,5:F1} % {bar}"));
    }

    private static void WritePrograms(Screen screen, OomEvent oomEvent, OomAnalysis analysis)
    {
        ImmutableArray<OomProgram> programs = analysis.Programs;
        if (programs.Length < 2 || programs.All(program => program.TaskCount == 1))
        {
            return;
        }

        screen.Blank();
        screen.Row("By program (pages that tasks share count for each of them)", Ink.Label);
        foreach (OomProgram program in programs.Take(MaxPrograms))
        {
            string swap = program.SwapPages is > 0 ? $", swap {Sizes.FromMiB(Sizes.PagesToMiB(program.SwapPages.Value, oomEvent.PageSize))}" : "";
            string tasks = Words.Count(program.TaskCount, "task");
            string pages = Words.Count(program.RssPages, "page");
            screen.Row($"  {PrintableText.OfName(program.Name),-NameWidth} {Sizes.FromMiB(Sizes.PagesToMiB(program.RssPages, oomEvent.PageSize)),10}  rss of {tasks} ({pages}){swap}");
        }
    }
}
