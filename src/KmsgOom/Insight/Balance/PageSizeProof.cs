using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Finds what proves the size of a page.</summary>
internal static class PageSizeProof
{
    private const int KiB = 1024;

    public static (string Text, OomEvidence? Evidence) Of(OomEvent oomEvent)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{oomEvent.PageSize} bytes");
        return oomEvent.PageSizeSource switch
        {
            OomPageSizeSource.Option => ($"A page has {size}, as the caller said.", null),
            OomPageSizeSource.Log => Prove(oomEvent, size),
            _ => ($"A page is assumed to have {size}: nothing in the log proves it. All sizes that the kernel prints in pages depend on it.", null),
        };
    }

    private static (string Text, OomEvidence? Evidence) Prove(OomEvent oomEvent, string size)
    {
        string block = string.Create(CultureInfo.InvariantCulture, $"*{oomEvent.PageSize / KiB}kB");
        OomEvidence line = EvidenceFinder.Find(oomEvent, OomSections.MemInfo, block, "");
        if (line.Line > 0)
        {
            return ($"A page has {size}: the free blocks of a zone begin with that size.", line);
        }

        foreach (OomVictim victim in oomEvent.Victims)
        {
            if (victim.TotalVmKiB is { } total && FindRow(oomEvent, victim) is { } row && (Int128)row.TotalVmPages * oomEvent.PageSize == (Int128)total * KiB)
            {
                string numbers = string.Create(CultureInfo.InvariantCulture, $"total-vm:{total}kB is {row.TotalVmPages} pages");
                OomEvidence kill = EvidenceFinder.Find(oomEvent, OomSections.Victim, string.Create(CultureInfo.InvariantCulture, $"total-vm:{total}kB"), numbers);
                return ($"A page has {size}: {numbers}, as the table has it.", kill);
            }
        }

        return ($"A page has {size}, as the report itself says.", null);
    }

    private static OomTask? FindRow(OomEvent oomEvent, OomVictim victim)
    {
        foreach (ref readonly OomTask task in oomEvent.Tasks.AsSpan())
        {
            if (task.Pid == victim.Pid || task.Tgid == victim.Pid)
            {
                return task;
            }
        }

        return null;
    }
}
