namespace KmsgOom.Insight;

/// <summary>Finds the line that proves something.</summary>
internal static class EvidenceFinder
{
    /// <summary>Finds the first line of a section that contains some words.</summary>
    /// <param name="oomEvent">The event; one that was read from JSON has no lines.</param>
    /// <param name="section">The section; <see cref="OomSections.None"/> for any.</param>
    /// <param name="words">What the line contains.</param>
    /// <param name="otherwise">The numbers in our words, for an event without lines.</param>
    public static OomEvidence Find(OomEvent oomEvent, OomSections section, string words, string otherwise)
    {
        foreach (OomLine line in oomEvent.Lines.AsSpan())
        {
            if ((section == OomSections.None || line.Section == section) && line.Text.Contains(words, StringComparison.Ordinal))
            {
                return new OomEvidence(line.Number, line.Text.Trim());
            }
        }

        return new OomEvidence(0, otherwise);
    }
}
