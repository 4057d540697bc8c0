using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Counts events and tells what they have in common: who is killed, when, how often, and whether it grows.</summary>
/// <remarks>
/// Events may come in any order (rotated logs, several files): what depends on order is sorted by time first. Memory is bounded however many
/// events come. Not safe for use by several threads at once.
/// </remarks>
public sealed class OomHistory
{
}
