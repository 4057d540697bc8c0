using System.Buffers;
using System.Runtime.CompilerServices;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Knows how lines look that a mail program or a terminal broke, and what their rests look like.</summary>
internal static class BrokenLine
{
    // "RAX:" and what follows; a shorter word is none of the first.
    private const int MinRegisterLength = 4;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    // "c5 4d 89 <41> 88", "(1f2003d5)"
    private static readonly SearchValues<byte> CodeBytes = SearchValues.Create("0123456789abcdef <>()"u8);

    /// <summary>Gets how quoted-printable writes the blank that it would lose at the end of a line.</summary>
    private static ReadOnlySpan<byte> EncodedBlank => "=20"u8;

    /// <summary>Takes off what stands before a break: mails that flow have a blank there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text) => text is [.., (byte)' ' or (byte)'0' or (byte)'\\'] ? TrimBreak(text) : text;

    /// <summary>Takes off what stands before a rest: an indent, and the marks of a quotation that were not known for such before a text that is nothing by itself.</summary>
    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> rest) => rest.TrimStart("> \t"u8);

    /// <summary>Tells whether a line may be the beginning of one.</summary>
    public static bool IsMatch(OomReport report, OomLineKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        OomLineKind.Trigger => text[^1] is (byte)',' or (byte)':' or (byte)'=' or (byte)'r' or (byte)'|' or (byte)')',
        OomLineKind.AllocationFailure => text[^1] is (byte)',' or (byte)':' or (byte)'=',
        OomLineKind.Cpu => text[^1] == '=' || !report.Facts.Version.IsPresent || !IsRelease(report.Get(report.Facts.Release)),
        OomLineKind.TasksHeader => !text.EndsWith("name"u8),
        OomLineKind.TaskIn => TaskInLine.IsCut(text),
        OomLineKind.MemcgUsage => !MemcgUsageLine.IsWhole(text),
        OomLineKind.MemcgStats => text is not [.., (byte)':'],
        OomLineKind.Constraint => (text[^1] == ',' || ConstraintLine.IsBroken(text)) && !ConstraintLine.TryParse(OomLineClassifier.SkipIndent(text), out _),
        OomLineKind.Killed => text[^1] is (byte)'=' or (byte)':' || text.LastIndexOf("oom_score_adj:"u8) < 0,
        OomLineKind.KillAnnounced => !text.EndsWith("child"u8) && !text.EndsWith("children."u8),
        OomLineKind.Reaper => ReaperLine.TryParse(OomLineClassifier.SkipIndent(text), out ReaperLine reaper) && !reaper.IsWhole,
        OomLineKind.Panic => text[^1] == '=',
        OomLineKind.Register => text[^1] == ':' || IsCode(text),
        OomLineKind.TaskRow or OomLineKind.Hardware => true,
        _ => false,
    };

    /// <summary>
    /// Tells whether a line is a kill or its announcement without the pid, or a trigger without its mask, which is a long word: it is broken however short it is.
    /// </summary>
    public static bool IsCut(OomLineKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        OomLineKind.Killed or OomLineKind.KillAnnounced => KilledLine.IsCut(text),
        OomLineKind.Trigger => text.EndsWith(" oom-killer:"u8),
        _ => false,
    };

    /// <summary>Tells whether a line completes another.</summary>
    public static bool IsRest(OomLineKind kind, ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) => kind switch
    {
        OomLineKind.Trigger => before[^1] == '=' || rest.StartsWith("gfp_mask="u8) || rest.StartsWith("nodemask="u8) || rest.StartsWith("order="u8) || rest.StartsWith("oom_"u8)
            || rest.StartsWith("oomkilladj="u8) || rest.StartsWith("oom-killer: "u8) || (before[^1] == '|' && rest.StartsWith("__GFP_"u8)),
        OomLineKind.AllocationFailure => before[^1] == '=' || rest.StartsWith("order:"u8) || rest.StartsWith("mode:0x"u8) || rest.StartsWith("nodemask="u8),
        OomLineKind.Killed or OomLineKind.KillAnnounced => before[^1] == '=' || IsRestOfKill(before, rest),
        OomLineKind.Reaper => before[^1] == '=' || IsRestOfReaper(before, rest),
        OomLineKind.Constraint => before[^1] == '=' || (before[^1] == ',' != (rest[0] == ',') && ConstraintLine.IsRest(rest)),
        OomLineKind.Cpu => before[^1] == '=' || rest[0] == '#' || !CanRead(kind, before),
        OomLineKind.MemcgStats => rest.EndsWith("KB"u8) && !rest.StartsWith("Node "u8),
        OomLineKind.Register when IsCode(before) => !rest.ContainsAnyExcept(CodeBytes),
        OomLineKind.Register => rest.IndexOfAnyExcept(HexDigits) is var end && (end < 0 ? rest.Length : rest[end] == ' ' ? end : 0) >= MinRegisterLength,
        OomLineKind.Hardware => rest.IndexOf(" BIOS "u8) >= 0 || rest.StartsWith("BIOS "u8) || before.EndsWith(" BIOS"u8) || before.EndsWith(","u8)
            || rest is [_, _, (byte)'/', _, _, (byte)'/', _, _, _, _],
        _ => true,
    };

    /// <summary>Tells whether a line was broken in the middle of a word: no blank stood there.</summary>
    public static bool IsInWord(OomLineKind kind, ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) => kind switch
    {
        OomLineKind.MemcgStats => before is not [.., (byte)'B' or (byte)':'],
        OomLineKind.MemcgUsage => !MemcgUsageLine.IsBeginning(before),
        OomLineKind.Killed or OomLineKind.Reaper => IsRestOfValue(before, rest),
        OomLineKind.Constraint => true,
        OomLineKind.Trigger => before[^1] == '|',
        _ => false,
    };

    /// <summary>Tells whether a rest is known by its own words, or the whole by its own, so that a line under the message of the one before may be it.</summary>
    public static bool HasCertainRest(OomLineKind kind) =>
        kind is OomLineKind.Trigger or OomLineKind.AllocationFailure or OomLineKind.TaskIn or OomLineKind.MemcgUsage or OomLineKind.Constraint or OomLineKind.Killed or OomLineKind.KillAnnounced
            or OomLineKind.Reaper;

    /// <summary>Tells whether the joined text is more than its first piece was.</summary>
    public static bool CanRead(OomLineKind kind, ReadOnlySpan<byte> text)
    {
        switch (kind)
        {
            case OomLineKind.Cpu:
                text = OomLineClassifier.SkipIndent(text);
                return CpuLine.TryParse(text, out CpuLine cpu) && IsRelease(cpu.Release.In(text));
            case OomLineKind.TasksHeader:
                return text.EndsWith("name"u8);
            case OomLineKind.TaskIn:
                return TaskInLine.HasLimit(text) || TaskInLine.EndsInWords(text);
            case OomLineKind.MemcgUsage:
                return MemcgUsageLine.IsBeginning(text);
            default:
                return true;
        }
    }

    /// <summary>Tells whether a piece was counted as a line that cannot be read.</summary>
    public static bool IsMalformed(OomLineKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        OomLineKind.TaskRow => true,
        OomLineKind.MemcgUsage => !MemcgUsageLine.TryParse(OomLineClassifier.SkipIndent(text), out _, out _),
        OomLineKind.Killed or OomLineKind.KillAnnounced => ReportLineReader.PeekPid(text) <= 0,
        _ => false,
    };

    private static ReadOnlySpan<byte> TrimBreak(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)' ');
        text = text.EndsWith(EncodedBlank) ? text[..^EncodedBlank.Length].TrimEnd((byte)' ') : text;

        // Those who know shells break a line with a backslash: behind a comma, or between two flags.
        return text is [.., (byte)',' or (byte)'|', (byte)'\\'] ? text[..^1] : text;
    }

    private static bool IsCode(ReadOnlySpan<byte> text) => OomLineClassifier.SkipIndent(text).StartsWith("Code: "u8);

    private static bool IsRestOfKill(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest)
    {
        if (KilledLine.IsCut(before))
        {
            return before.EndsWith(" process"u8) ? rest[0] is >= (byte)'0' and <= (byte)'9' : rest.StartsWith("process "u8);
        }

        // Where the line has a name, a parenthesis begins somebody's remark.
        return rest[0] == '(' ? before[Math.Max(0, before.IndexOf(" process "u8))..].IndexOf(" ("u8) < 0
            : rest.StartsWith("score "u8) || rest.StartsWith("or sacrifice "u8) || rest.SequenceEqual("sacrifice child"u8) || IsValue(rest) || IsRestOfValue(before, rest);
    }

    private static bool IsRestOfReaper(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) =>
        rest[0] == '(' ? before.IndexOf(" ("u8) < 0 : rest.StartsWith("now anon-rss:"u8) || IsValue(rest) || IsRestOfValue(before, rest);

    private static bool IsValue(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("total-vm:"u8) || rest.StartsWith("anon-rss:"u8) || rest.StartsWith("file-rss:"u8) || rest.StartsWith("shmem-rss:"u8)
        || rest.StartsWith("UID:"u8) || rest.StartsWith("pgtables:"u8) || rest.StartsWith("oom_score_adj:"u8);

    /// <summary>Tells whether the line was broken at the hyphen of a key, or behind its colon.</summary>
    private static bool IsRestOfValue(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest) => before[^1] switch
    {
        (byte)'-' => rest.StartsWith("vm:"u8) || rest.StartsWith("rss:"u8),
        (byte)':' => rest[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' && IsKey(before),
        _ => false,
    };

    private static bool IsKey(ReadOnlySpan<byte> before) => IsValue(before[(before.LastIndexOf((byte)' ') + 1)..]);

    private static bool IsRelease(ReadOnlySpan<byte> word) => word is [>= (byte)'0' and <= (byte)'9', ..];
}
