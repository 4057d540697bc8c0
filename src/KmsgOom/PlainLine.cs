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

    private static OomLineKind ByFirstWords(ReadOnlySpan<byte> text, OomSections section)
    {
        if (section == OomSections.MemInfo && IsOfMemInfo(text) && !KilledLine.IsBehindOther(text))
        {
            return OomLineKind.MemInfo;
        }

        if (section == OomSections.CallTrace && (text.StartsWith("RIP: 0"u8) || text.StartsWith("RSP: 0"u8) || text.StartsWith(Code)) && TraceLine.Classify(text) == OomLineKind.Register)
        {
            return OomLineKind.Register;
        }

        // The second half of a line, and what quoted-printable makes of the constraint, are left to who looks twice.
        OomLineKind kind = OomLineClassifier.ByFirstBytes(text);
        return kind is OomLineKind.Cpu or OomLineKind.Hardware or OomLineKind.CallTrace or OomLineKind.MemcgStats or OomLineKind.MemcgProtection
            or OomLineKind.TasksTitle or OomLineKind.TasksHeader
            || (kind == OomLineKind.MemcgUsage && MemcgUsageLine.IsWhole(text))
            || (kind == OomLineKind.TaskIn && text.StartsWith(TaskInLine.Start)) || (kind == OomLineKind.Constraint && text[ConstraintLine.Start.Length..] is [(byte)'C', ..])
            ? kind : OomLineKind.Unrelated;
    }

    private static bool IsOfMemInfo(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'N' => MemInfoLine.IsNode(text),
        (byte)' ' => text is [_, >= (byte)'a' and <= (byte)'z', ..] && MemInfoLine.IsCounters(text[1..]),
        >= (byte)'0' and <= (byte)'9' => MemInfoLine.IsTotal(text, isInside: true),
        _ => false,
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
