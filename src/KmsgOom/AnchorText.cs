using KmsgOom.Lines;

namespace KmsgOom;

/// <summary>Finds where the kernel's text begins behind anything, in lines that can hardly be anything else.</summary>
internal static class AnchorText
{
    private static readonly byte[][] Starts =
    [
        "CPU: "u8.ToArray(), "Pid: "u8.ToArray(), "Call Trace:"u8.ToArray(), "Mem-"u8.ToArray(), "Task in /"u8.ToArray(), "memory: usage "u8.ToArray(),
        "Tasks state (memory"u8.ToArray(), "[ pid ]"u8.ToArray(), "[  pid  ]"u8.ToArray(), "oom-kill:constraint="u8.ToArray(), "oom_reaper: reaped process "u8.ToArray(),
    ];

    /// <summary>Finds such a beginning behind other text.</summary>
    public static bool TryFind(ReadOnlySpan<byte> message, out int start)
    {
        foreach (byte[] words in Starts)
        {
            start = message.IndexOf(words);
            if (start > 0 && !char.IsAsciiLetterOrDigit((char)message[start - 1]) && IsWhole(message[start..]))
            {
                return true;
            }
        }

        start = 0;
        return false;
    }

    /// <summary>Tells whether it is all that the kernel prints, as far as the kind of line has an end of its own.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text) => OomLineClassifier.Classify(text, OomSections.None) switch
    {
        OomLineKind.Cpu => CpuLine.TryParse(text, out CpuLine cpu) && cpu.Pid is not null && cpu.Release.IsPresent,
        OomLineKind.CallTrace or OomLineKind.MemInfoStart => text.Length < 16 && text.IndexOf((byte)':') >= text.Length - 3,
        OomLineKind.Constraint => ConstraintLine.TryParse(text, out _),
        OomLineKind.Reaper => ReaperLine.TryParse(text, out ReaperLine reaper) && reaper.IsWhole,
        OomLineKind.MemcgUsage => MemcgUsageLine.TryParse(text, out _, out _),
        OomLineKind.TaskIn => TaskInLine.TryParse(text, out _, out _),
        OomLineKind.TasksTitle or OomLineKind.TasksHeader => true,
        _ => false,
    };
}
