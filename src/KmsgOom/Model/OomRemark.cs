namespace KmsgOom;

/// <summary>A line of one sentence inside a report that no other value of the event holds.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The kernel's text without its wrapper.</param>
public readonly record struct OomRemark(OomRemarkKind Kind, string Text);
