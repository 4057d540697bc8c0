using System.Collections.Immutable;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>Names the flags of an allocation where the log has only their number, as kernels before 4.6 print it.</summary>
public static class OomGfpFlags
{
    /// <summary>Decodes the mask of an event with the table of its kernel.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>The names as a later kernel would print them, composites first, bits without a name as one hexadecimal number; empty where the log names them itself
    /// (<see cref="OomTrigger.GfpFlags"/>), has no mask, or has the 0 of a page fault.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static ImmutableArray<string> Decode(OomEvent oomEvent)
    {
        ArgumentNullException.ThrowIfNull(oomEvent);
        return oomEvent.Trigger is { GfpFlags.IsDefaultOrEmpty: true, GfpMask: > 0 and var mask }
            ? GfpNames.Decode(mask, GfpNames.FindEra(mask, KernelVersion.Parse(oomEvent.Kernel?.Release)))
            : [];
    }
}
