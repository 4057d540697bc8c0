using System.Globalization;
using KmsgOom.Insight;

namespace KmsgOom.Cli.Text;

/// <summary>Who died, what it held, and whether the reaper freed it.</summary>
internal static class VictimText
{
    /// <summary>With more than so many victims the details would not fit the screen; the rest are named only.</summary>
    private const int MaxDetailed = 4;

    public static void Write(Screen screen, OomEvent oomEvent)
    {
        foreach (OomVictim victim in oomEvent.Victims.Take(MaxDetailed))
        {
            WriteVictim(screen, oomEvent, in victim);
        }

        if (oomEvent.Announced is { } chosen)
        {
            string score = chosen.Score is { } printed ? $", {Words.Fact("score", printed)}" : "";
            screen.Field("Chosen", $"{PrintableText.OfName(chosen.Name)} ({Words.Fact("pid", chosen.Pid)}{score}); no kill line follows in this log", Ink.Alarm);
        }

        if (oomEvent.Victims.Length > MaxDetailed)
        {
            screen.Field("Killed too", string.Join(", ", oomEvent.Victims.Skip(MaxDetailed).Select(DescribeBriefly)), Ink.Alarm);
        }

        if (oomEvent.Kind == OomEventKind.Oom && !oomEvent.Victims.IsEmpty && oomEvent.Victims.All(victim => victim.Reaper is null) && MayHaveReaper(oomEvent))
        {
            screen.Field("Reaper", "no line in this log (usual where a process exits at once)");
        }
    }

    /// <summary>Tells whether the kernel may have a reaper: it came with 4.6, and shared memory in the kill line with 4.5.</summary>
    private static bool MayHaveReaper(OomEvent oomEvent) =>
        oomEvent.Kernel?.Release is not ['2' or '3', '.', ..] && !oomEvent.Victims.Any(victim => victim.RssKiB is not null && victim.ShmemRssKiB is null);

    private static void WriteVictim(Screen screen, OomEvent oomEvent, in OomVictim victim)
    {
        screen.Field("Killed", DescribeTask(victim), Ink.Alarm);
        if (victim.Announced is { } announced)
        {
            string task = Words.Task(announced.Name, announced.Pid);
            screen.Field("", AnnouncedTask.KinOf(oomEvent, in victim) switch
            {
                AnnouncedKin.Parent => $"in place of {task}, its parent, which was chosen",
                AnnouncedKin.Thread => $"announced as {task}, a thread of it",
                _ => $"in place of {task}, which was chosen: its parent, or a thread of either",
            });
        }

        screen.Field("", DescribeResidentMemory(victim));
        if (DescribeOtherMemory(victim) is { Length: > 0 } other)
        {
            screen.Field("", other);
        }

        if (victim.Reaper is { } reaper)
        {
            (string text, Ink ink) = DescribeReaper(reaper, reaper.Uptime?.TotalSeconds - victim.Uptime?.TotalSeconds);
            screen.Field("Reaper", text, ink);
        }
    }

    private static string DescribeTask(OomVictim victim)
    {
        List<string> facts = [Words.Fact("pid", victim.Pid)];
        if (victim.Uid is { } uid)
        {
            facts.Add(Words.Fact("uid", uid));
        }

        if (victim.Score is { } score)
        {
            facts.Add(Words.Fact("score", score));
        }

        if (victim.OomScoreAdj is { } adjustment)
        {
            facts.Add(Words.Fact("oom_score_adj", adjustment));
        }

        return $"{PrintableText.OfName(victim.Name)} ({string.Join(", ", facts)})";
    }

    private static string DescribeResidentMemory(OomVictim victim)
    {
        if (victim.RssKiB is not { } rss)
        {
            return victim.WholeRssPages is { } pages ? $"held {Words.Count(pages, "page")}" : "what it held is not in the log";
        }

        if (victim.AnonRssKiB is null)
        {
            return $"held {Sizes.FromKiB(rss)}";
        }

        List<string> parts = [$"anon {Sizes.FromKiBWithExact(victim.AnonRssKiB ?? 0)}"];
        AddSize(parts, "file", victim.FileRssKiB);
        AddSize(parts, "shmem", victim.ShmemRssKiB);
        return $"held {Sizes.FromKiB(rss)}: {string.Join(", ", parts)}";
    }

    private static string DescribeOtherMemory(OomVictim victim)
    {
        List<string> parts = [];
        AddSize(parts, "page tables", victim.PageTablesKiB);
        AddSize(parts, "address space", victim.TotalVmKiB);
        return string.Join(", ", parts);
    }

    private static (string Text, Ink Ink) DescribeReaper(OomReaper reaper, double? delay)
    {
        string when = delay is { } seconds and >= 0
            ? string.Create(CultureInfo.InvariantCulture, $" {seconds:F1} s later")
            : "";
        if (reaper.Outcome == OomReaperOutcome.Unable)
        {
            return ($"was unable to free its memory{when}", Ink.Warning);
        }

        if ((reaper.AnonRssKiB | reaper.FileRssKiB | reaper.ShmemRssKiB) == 0)
        {
            return ($"freed all of it{when} (left: anon 0, file 0, shmem 0)", Ink.Good);
        }

        List<string> left = [];
        AddSize(left, "anon", reaper.AnonRssKiB);
        AddSize(left, "file", reaper.FileRssKiB);
        AddSize(left, "shmem", reaper.ShmemRssKiB);
        string sizes = string.Join(", ", left);
        bool isWhole = reaper is { AnonRssKiB: not null, FileRssKiB: not null, ShmemRssKiB: not null };
        if (!isWhole)
        {
            return ($"freed memory of it{when}; {(left.Count > 0 ? $"left: {sizes}; its line is cut" : "its line is cut before it says what was left")}", Ink.Plain);
        }

        return ($"freed it in part{when}; left: {sizes}", Ink.Warning);
    }

    private static string DescribeBriefly(OomVictim victim)
    {
        string held = victim.RssKiB is { } rss ? $" {Sizes.FromKiB(rss)}" : "";
        string reaper = victim.Reaper?.Outcome == OomReaperOutcome.Unable ? " not reaped" : "";
        return $"{Words.Task(victim.Name, victim.Pid)}{held}{reaper}";
    }

    private static void AddSize(List<string> parts, string name, long? kib)
    {
        if (kib is { } size)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {Sizes.FromKiB(size)}"));
        }
    }
}
