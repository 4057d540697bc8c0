using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Finds the line that proves something.</summary>
internal static class EvidenceFinder
{
    /// <summary>Finds the first line of a section that contains some words.</summary>
    /// <param name="oomEvent">The event; one that was read from JSON has no lines.</param>
    /// <param name="section">The section; <see cref="OomSections.None"/> for any.</param>
    /// <param name="words">What the line contains.</param>
    /// <param name="otherwise">The numbers in our words, for an event without lines.</param>
    public static OomEvidence Find(OomEvent oomEvent, OomSections section, string words, string otherwise) =>
        Find(oomEvent, section, words) ?? new OomEvidence(0, otherwise);

    /// <summary>Finds the first line of a section that contains some words; null where there is none.</summary>
    public static OomEvidence? Find(OomEvent oomEvent, OomSections section, string words) =>
        oomEvent.KeptLines.Find(section, words) is >= 0 and int line ? At(oomEvent, line) : null;

    /// <summary>Finds the row of a task; null where there is none.</summary>
    public static OomEvidence? FindRow(OomEvent oomEvent, int pid)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"{pid}]");
        KeptLines lines = oomEvent.KeptLines;
        for (int at = lines.Find(OomSections.Tasks, end); at >= 0; at = lines.Find(OomSections.Tasks, end, at + 1))
        {
            string text = lines.GetTrimmed(at);
            if (text.StartsWith('[') && text.AsSpan(1).TrimStart().StartsWith(end, StringComparison.Ordinal))
            {
                return At(oomEvent, at);
            }
        }

        return null;
    }

    public static OomEvidence At(OomEvent oomEvent, int line) => new(oomEvent.KeptLines.GetNumber(line), oomEvent.KeptLines.GetTrimmed(line));
}
