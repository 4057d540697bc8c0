using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Stores what kill lines and announcements say about a victim.</summary>
internal static class KillReader
{
    public static LineResult ReadAnnouncement(ref ReportFacts facts, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        if (KilledLine.IsCut(text))
        {
            return LineResult.Malformed;
        }

        bool isWhole = KilledLine.TryParseAnnouncement(text, out KilledLine line);
        facts.HasAnnounced = true;
        facts.AnnouncedPid = line.Pid;
        facts.AnnouncedName = TaskNameText.Read(line.Name.In(text), ReportLineReader.Escaping(in envelope));
        facts.AnnouncedScore = line.Score;
        facts.KillScope = ScopeOf(line.Prefix, facts.KillScope);
        return isWhole ? LineResult.Read : LineResult.Cut;
    }

    public static LineResult ReadKill(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        bool isWhole = KilledLine.TryParse(text, out KilledLine line);
        if (line.Pid <= 0)
        {
            // Cut before its number, or damaged: a kill of nobody knows whom is no victim.
            return LineResult.Malformed;
        }

        ref ReportFacts facts = ref report.Facts;
        facts.KillScope = ScopeOf(line.Prefix, facts.KillScope);
        facts.IsSettled = true;

        // Where the line ends in its number, digits may be missing.
        facts.IsVictimCut |= text[^1] is >= (byte)'0' and <= (byte)'9' && line.Name.Length == 0 && line.TotalVmKiB is null;
        int index = report.FindVictim(line.Pid);
        if (index >= 0)
        {
            Complete(ref report.Victims[index], in line, text, in envelope);
        }
        else
        {
            bool isAnnounced = facts.HasAnnounced;
            facts.HasAnnounced = false;
            report.Victims.Add(new OomVictim
            {
                Pid = line.Pid,
                Name = line.Name.Length > 0 ? TaskNameText.Read(line.Name.In(text), ReportLineReader.Escaping(in envelope)) : NameElsewhere(report, line.Pid),
                Score = isAnnounced ? facts.AnnouncedScore : line.Score,
                Announced = isAnnounced && facts.AnnouncedPid != line.Pid ? new OomAnnounced(facts.AnnouncedPid, facts.AnnouncedName) : null,
                Uptime = ReportFacts.ToUptime(envelope.UptimeMicroseconds),
                Time = envelope.Wall.ToTimestamp(),
                TotalVmKiB = line.TotalVmKiB,
                WholeRssKiB = line.WholeRssKiB,
                AnonRssKiB = line.AnonRssKiB,
                FileRssKiB = line.FileRssKiB,
                ShmemRssKiB = line.ShmemRssKiB,
                Uid = line.Uid,
                PageTablesKiB = line.PageTablesKiB,
                OomScoreAdj = line.OomScoreAdj,
            });
        }

        return isWhole ? LineResult.Read : LineResult.Cut;
    }

    /// <summary>Gets the name of a task that the report has elsewhere, since the line is cut before it; the empty one where it has none.</summary>
    private static TaskName NameElsewhere(OomReport report, int pid)
    {
        foreach (ref readonly OomTask task in report.Tasks.AsSpan())
        {
            if (task.Pid == pid)
            {
                return task.Name;
            }
        }

        return report.Facts.AnnouncedPid == pid ? report.Facts.AnnouncedName : report.Facts.ChosenPid == pid ? report.Facts.ChosenName : default;
    }

    /// <summary>Completes a victim by a second line about the same pid: nothing that was read is lost.</summary>
    private static void Complete(ref OomVictim victim, in KilledLine line, ReadOnlySpan<byte> text, scoped in Envelope envelope) => victim = victim with
    {
        Name = line.Name.Length > 0 ? TaskNameText.Read(line.Name.In(text), ReportLineReader.Escaping(in envelope)) : victim.Name,
        TotalVmKiB = line.TotalVmKiB ?? victim.TotalVmKiB,
        WholeRssKiB = line.WholeRssKiB ?? victim.WholeRssKiB,
        AnonRssKiB = line.AnonRssKiB ?? victim.AnonRssKiB,
        FileRssKiB = line.FileRssKiB ?? victim.FileRssKiB,
        ShmemRssKiB = line.ShmemRssKiB ?? victim.ShmemRssKiB,
        Uid = line.Uid ?? victim.Uid,
        PageTablesKiB = line.PageTablesKiB ?? victim.PageTablesKiB,
        OomScoreAdj = line.OomScoreAdj ?? victim.OomScoreAdj,
    };

    /// <summary>
    /// Tells whether a kill line is of a victim with the same pid: names are the same, and where no clock tells that they are of one moment, values too.
    /// </summary>
    public static bool IsOfVictim(OomReport report, int index, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(envelope.Message);
        ref readonly OomVictim victim = ref report.Victims[index];
        bool isWhole = KilledLine.TryParse(text, out KilledLine line);
        TaskName name = TaskNameText.Read(line.Name.In(text), ReportLineReader.Escaping(in envelope));
        if (isWhole && line.Name.Length > 0 && victim.Name != default && victim.Name != name)
        {
            return false;
        }

        bool hasClock = (envelope.UptimeMicroseconds >= 0 && report.Facts.LastUptime >= 0) || (envelope.Wall.IsPresent && report.Facts.LastWall.IsPresent);
        return hasClock || report.Facts.IsGroupKill || (IsSame(victim.TotalVmKiB, line.TotalVmKiB) && IsSame(victim.AnonRssKiB, line.AnonRssKiB));

        static bool IsSame(long? one, long? other) => one is null || other is null || one == other;
    }

    public static void ReadAlreadyExiting(ref ReportFacts facts, ReadOnlySpan<byte> text)
    {
        _ = KilledLine.TryParseAlreadyExiting(text, out KilledLine line);
        facts.KillScope = ScopeOf(line.Prefix, facts.KillScope);
        facts.IsAlreadyExiting = true;
        facts.IsSettled = true;
    }

    public static void ReadReaper(ref OomVictim victim, in ReaperLine reaper, scoped in Envelope envelope) => victim = victim with
    {
        Reaper = new OomReaper
        {
            Outcome = reaper.Outcome,

            // The rest of a line has no stamp of its own.
            Uptime = victim.Reaper?.Uptime ?? ReportFacts.ToUptime(envelope.UptimeMicroseconds),
            AnonRssKiB = reaper.AnonRssKiB,
            FileRssKiB = reaper.FileRssKiB,
            ShmemRssKiB = reaper.ShmemRssKiB,
        },
    };

    /// <summary>Reads a reaper line that was put together.</summary>
    public static LineResult ReadReaper(OomReport report, ReadOnlySpan<byte> text, scoped in Envelope envelope)
    {
        if (!ReaperLine.TryParse(text, out ReaperLine reaper) || report.FindVictim(reaper.Pid) is not (>= 0 and int index))
        {
            return LineResult.Malformed;
        }

        ReadReaper(ref report.Victims[index], in reaper, in envelope);
        return reaper.IsWhole || reaper.IsNameWhole ? LineResult.Read : LineResult.Cut;
    }

    /// <summary>Tells what the words before a kill say of its scope; unknown where there are none.</summary>
    public static OomScope ScopeOf(ReadOnlySpan<byte> message) =>
        KilledLine.TryParse(OomLineClassifier.SkipIndent(message), out KilledLine line) ? ScopeOf(line.Prefix, OomScope.Unknown) : OomScope.Unknown;

    private static OomScope ScopeOf(KilledLine.Message message, OomScope known) => message switch
    {
        KilledLine.Message.MemoryCgroup => OomScope.Memcg,
        KilledLine.Message.MemoryPolicy => OomScope.Mempolicy,
        KilledLine.Message.Cpuset => OomScope.Cpuset,
        KilledLine.Message.OutOfMemory or KilledLine.Message.AllocatingTask => OomScope.Global,
        _ => known,
    };
}
