using System.Buffers;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>
/// Tells a line inside a report that can be nothing else: it begins with the kernel's own words, where no wrapper does, and holds none of the bytes that a
/// wrapper, an escape or a repair would need.
/// </summary>
/// <remarks>It knows the lines that nearly every report has. What it does not know may be one of them all the same: see <see cref="OomLineClassifier"/>.</remarks>
internal static class PlainLine
{
    /// <summary>The longest line that surely is not many (<see cref="JoinedLines"/>), with its prefix.</summary>
    public const int MaxLength = JoinedLines.MinLength - 1;

    private static ReadOnlySpan<byte> Code => "Code: "u8;

    // The byte that was to be run next stands in marks.
    private static readonly SearchValues<byte> CodeBytes = SearchValues.Create("0123456789abcdef <>()"u8);

    /// <summary>Says what a line is; <see cref="OomLineKind.Unrelated"/> where it takes the classifier to tell.</summary>
    /// <param name="text">The message, and <see cref="ByteMask.Width"/> bytes more.</param>
    /// <param name="length">The length of the message.</param>
    /// <param name="section">The section of the line before.</param>
    public static OomLineKind Classify(ReadOnlySpan<byte> text, int length, OomSections section)
    {
        OomLineKind kind = ByFirstWords(text[..length], section);
        return kind != OomLineKind.Unrelated && EnvelopeParser.MayEnd(text[length - 1]) && IsUndisturbed(kind, text, length)
            && !OomLineClassifier.IsHostileTrigger(text[..length]) && !(section == OomSections.Trigger && CpusetLine.IsMatch(text[..length]))
            ? kind : OomLineKind.Unrelated;
    }

    private static OomLineKind ByFirstWords(ReadOnlySpan<byte> text, OomSections section) => text[0] switch
    {
        (byte)'m' when text.StartsWith("memory: usage "u8) || text.StartsWith("memory+swap: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'s' when text.StartsWith("swap: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'k' when text.StartsWith("kmem: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'M' when text.StartsWith(MemcgStatsLine.Start) => OomLineKind.MemcgStats,
        (byte)'M' when text.StartsWith(MemcgProtectionLine.Start) => OomLineKind.MemcgProtection,
        (byte)'N' when section == OomSections.MemInfo && MemInfoLine.IsNode(text) && !KilledLine.IsBehindOther(text) => OomLineKind.MemInfo,
        (byte)' ' when section == OomSections.MemInfo && text.Length > 1 && text[1] is >= (byte)'a' and <= (byte)'z' && MemInfoLine.IsCounters(text[1..]) && !KilledLine.IsBehindOther(text)
            => OomLineKind.MemInfo,
        >= (byte)'0' and <= (byte)'9' when section == OomSections.MemInfo && MemInfoLine.IsTotal(text, isInside: true) && !KilledLine.IsBehindOther(text) => OomLineKind.MemInfo,
        (byte)'T' when text.StartsWith("Task in /"u8) => OomLineKind.TaskIn,
        (byte)'T' when text.StartsWith("Tasks state (memory values in pages):"u8) => OomLineKind.TasksTitle,
        (byte)'[' when TaskHeaderLine.IsMatch(text) => OomLineKind.TasksHeader,
        (byte)'o' when text.StartsWith("oom-kill:constraint=CONSTRAINT_"u8) => OomLineKind.Constraint,
        (byte)'C' when text.StartsWith("Call Trace:"u8) => OomLineKind.CallTrace,
        (byte)'C' when CpuLine.IsMatch(text) => OomLineKind.Cpu,
        (byte)'C' when text.Length > Code.Length && text.StartsWith(Code) && section == OomSections.CallTrace => OomLineKind.Register,
        (byte)'H' when text.StartsWith(HardwareLine.Start) => OomLineKind.Hardware,
        (byte)'R' when (text.StartsWith("RIP: 0"u8) || text.StartsWith("RSP: 0"u8)) && section == OomSections.CallTrace && TraceLine.Classify(text) == OomLineKind.Register => OomLineKind.Register,
        _ => OomLineKind.Unrelated,
    };

    private static bool IsUndisturbed(OomLineKind kind, ReadOnlySpan<byte> text, int length)
    {
        if (kind == OomLineKind.Register && text.StartsWith(Code))
        {
            return !text[Code.Length..length].ContainsAnyExcept(CodeBytes);
        }

        // The header has a bracket of its own, and the version of a kernel a "#".
        ulong found = 0;
        for (int at = kind == OomLineKind.TasksHeader ? text.IndexOf((byte)']') + 1 : 0; at < length && found == 0; at += ByteMask.Width)
        {
            found = ByteMask.OfDisturbance(text[at..]) & (kind == OomLineKind.Cpu ? ~ByteMask.Of(text[at..], (byte)'#') : ulong.MaxValue);
            found &= length - at < ByteMask.Width ? (1ul << (length - at)) - 1 : ulong.MaxValue;
        }

        return found == 0;
    }
}
