using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KmsgOom.Json;

/// <summary>Turns the victims back into the model's.</summary>
internal static class VictimReader
{
    public static ImmutableArray<OomVictim> Read(VictimDto[]? dtos)
    {
        VictimDto[] elements = ValueReading.Elements(dtos, "victims");
        OomVictim[] victims = new OomVictim[elements.Length];
        for (int at = 0; at < victims.Length; at++)
        {
            victims[at] = Victim(elements[at]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(victims);
    }

    public static OomAnnounced? Announced(AnnouncedDto? dto) => dto is null
        ? null
        : new OomAnnounced(ValueReading.Require(dto.Pid, "announced.pid"), ValueReading.Name(dto.Comm)) { Score = dto.Score };

    private static OomVictim Victim(VictimDto dto) => new()
    {
        Pid = ValueReading.Require(dto.Pid, "victims.pid"),
        Name = ValueReading.Name(dto.Comm),
        Score = dto.Score,
        Announced = Announced(dto.Announced),
        Uptime = ValueReading.Uptime(dto.UptimeSeconds),
        Time = ValueReading.Time(dto.Time, dto.TimeSource),
        TotalVmKiB = ValueReading.KiB(dto.TotalVmBytes, "total_vm_bytes"),
        AnonRssKiB = ValueReading.KiB(dto.AnonRssBytes, "anon_rss_bytes"),
        FileRssKiB = ValueReading.KiB(dto.FileRssBytes, "file_rss_bytes"),
        ShmemRssKiB = ValueReading.KiB(dto.ShmemRssBytes, "shmem_rss_bytes"),
        WholeRssKiB = ValueReading.KiB(dto.RssBytes, "rss_bytes"),
        WholeRssPages = dto.RssPages,
        Uid = dto.Uid,
        PageTablesKiB = ValueReading.KiB(dto.PgtablesBytes, "pgtables_bytes"),
        OomScoreAdj = dto.OomScoreAdj,
        Reaper = dto.Reaper is { } reaper ? Reaper(reaper) : null,
    };

    private static OomReaper Reaper(ReaperDto dto) => new()
    {
        Outcome = (OomReaperOutcome)Words.ReaperOutcomes.Find(dto.Outcome),
        Uptime = ValueReading.Uptime(dto.UptimeSeconds),
        AnonRssKiB = ValueReading.KiB(dto.AnonRssBytes, "anon_rss_bytes"),
        FileRssKiB = ValueReading.KiB(dto.FileRssBytes, "file_rss_bytes"),
        ShmemRssKiB = ValueReading.KiB(dto.ShmemRssBytes, "shmem_rss_bytes"),
    };
}
