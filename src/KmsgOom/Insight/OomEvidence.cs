namespace KmsgOom;

/// <summary>One line that proves a conclusion.</summary>
/// <param name="Line">The line in the log, 1-based; 0 where the number does not come from a line, or the event was read from JSON, which has no lines.</param>
/// <param name="Text">The kernel's text as printed or, where <paramref name="Line"/> is 0, the numbers in our words.</param>
public readonly record struct OomEvidence(long Line, string Text);
