using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes what the kill lines and their reaper lines say.</summary>
internal static class VictimWriter
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<OomVictim> victims)
    {
        if (victims.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(Names.Victims);
        foreach (ref readonly OomVictim victim in victims)
        {
            WriteVictim(writer, in victim);
        }

        writer.WriteEndArray();
    }

    public static void WriteAnnounced(Utf8JsonWriter writer, OomAnnounced? announced)
    {
        if (announced is { } chosen)
        {
            writer.WriteStartObject(Names.Announced);
            writer.WriteNumber(Names.Pid, chosen.Pid);
            writer.WriteName(Names.Comm, chosen.Name);
            writer.WriteOptional(Names.Score, chosen.Score);
            writer.WriteEndObject();
        }
    }

    private static void WriteVictim(Utf8JsonWriter writer, in OomVictim victim)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Pid, victim.Pid);
        writer.WriteName(Names.Comm, victim.Name);
        writer.WriteOptional(Names.Score, victim.Score);
        WriteAnnounced(writer, victim.Announced);
        writer.WriteUptime(victim.Uptime);
        writer.WriteTime(victim.Time);
        writer.WriteKiB(Names.TotalVmBytes, victim.TotalVmKiB);
        writer.WriteKiB(Names.AnonRssBytes, victim.AnonRssKiB);
        writer.WriteKiB(Names.FileRssBytes, victim.FileRssKiB);
        writer.WriteKiB(Names.ShmemRssBytes, victim.ShmemRssKiB);
        writer.WriteKiB(Names.RssBytes, victim.WholeRssKiB);
        writer.WriteOptional(Names.RssPages, victim.WholeRssPages);
        writer.WriteOptional(Names.Uid, victim.Uid);
        writer.WriteKiB(Names.PgtablesBytes, victim.PageTablesKiB);
        writer.WriteOptional(Names.OomScoreAdj, victim.OomScoreAdj);
        if (victim.Reaper is { } reaper)
        {
            WriteReaper(writer, in reaper);
        }

        writer.WriteEndObject();
    }

    private static void WriteReaper(Utf8JsonWriter writer, in OomReaper reaper)
    {
        writer.WriteStartObject(Names.Reaper);
        writer.WriteString(Names.Outcome, Words.ReaperOutcomes[(int)reaper.Outcome]);
        writer.WriteUptime(reaper.Uptime);
        writer.WriteKiB(Names.AnonRssBytes, reaper.AnonRssKiB);
        writer.WriteKiB(Names.FileRssBytes, reaper.FileRssKiB);
        writer.WriteKiB(Names.ShmemRssBytes, reaper.ShmemRssKiB);
        writer.WriteEndObject();
    }
}
