using System.Globalization;
using System.Text;

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
            ReadOnlySpan<byte> text = lines.GetUtf8(at).TrimStart(" \t"u8);
            int close = text.IndexOf((byte)']');
            if (text is [(byte)'[', ..] && close > 0 && Ascii.Equals(text[1..(close + 1)].TrimStart(" \t"u8), end))
            {
                return At(oomEvent, at);
            }
        }

        return null;
    }

    public static OomEvidence At(OomEvent oomEvent, int line) => new(oomEvent.KeptLines, line);
}
