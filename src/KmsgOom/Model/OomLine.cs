namespace KmsgOom;

/// <summary>One line of a report: the evidence.</summary>
/// <param name="Number">The line in the log, 1-based.</param>
/// <param name="Section">The section it belongs to; <see cref="OomSections.None"/> for unknown lines and remarks.</param>
/// <param name="Text">The kernel's text, without its wrapper.</param>
public readonly record struct OomLine(long Number, OomSections Section, string Text);
