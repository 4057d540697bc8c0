using KmsgOom.Text;

namespace KmsgOom.Lines;

/// <summary>Tells what a message is from its first bytes and the section that is expected; the only dispatch.</summary>
internal static class OomLineClassifier
{
    // The trigger begins with a name that may hold anything, other lines' words too; the kernel's words follow within 15 escaped bytes.
    private const int TriggerSearchLength = 80;

    // " invoked oom-killer: gfp_mask=0x0, order=0"
    private const int MinTriggerLength = 42;

    public static OomLineKind Classify(ReadOnlySpan<byte> message, OomSections section)
    {
        ReadOnlySpan<byte> text = SkipIndent(message);
        if (text.IsEmpty)
        {
            return OomLineKind.Unrelated;
        }

        // The lines that come by the thousand first. Only the section tells "anon 123" and a table row from other text.
        bool isFooled = IsHostileTrigger(text);
        if (section == OomSections.Tasks && text[0] == '[' && !isFooled && TaskRowLine.IsMatch(text) && !KilledLine.IsBehindOther(text))
        {
            return OomLineKind.TaskRow;
        }

        if (section == OomSections.Memcg && MemcgStatLine.IsMatch(text))
        {
            return OomLineKind.MemcgStat;
        }

        if (isFooled)
        {
            return OomLineKind.Trigger;
        }

        if (section == OomSections.Trigger && CpusetLine.IsMatch(message))
        {
            return OomLineKind.Cpuset;
        }

        OomLineKind kind = ByFirstBytes(text);
        if (kind != OomLineKind.Unrelated)
        {
            return kind;
        }

        if (section == OomSections.Memcg && MemcgStatsLine.IsRest(text))
        {
            return OomLineKind.MemcgStats;
        }

        if ((section & (OomSections.Trigger | OomSections.CallTrace)) != 0)
        {
            kind = TraceLine.Classify(text);
            if (kind != OomLineKind.Unrelated)
            {
                return kind;
            }
        }

        // Where old kernels print the trace last.
        if (section == OomSections.MemInfo && TraceLine.IsFrameWithAddress(text))
        {
            return OomLineKind.Frame;
        }

        return MemInfoLine.IsMatch(text, section == OomSections.MemInfo) && !KilledLine.IsBehindOther(text) ? OomLineKind.MemInfo : Elsewhere(message);
    }

    /// <summary>Tells whether a line is a trigger in spite of its first bytes, which are a name; a whole trigger ends in a number.</summary>
    public static bool IsHostileTrigger(ReadOnlySpan<byte> text) =>
        text.Length >= MinTriggerLength && text[^1] is >= (byte)'0' and <= (byte)'9' && TriggerLine.IsMatch(text[..Math.Min(text.Length, TriggerSearchLength)]);

    /// <summary>Skips the blanks and tabs that frames begin with, and that some loggers add.</summary>
    public static ReadOnlySpan<byte> SkipIndent(ReadOnlySpan<byte> message) => message[Swar.CountBlanks(message)..];

    /// <summary>Tells what nothing but the first bytes tell.</summary>
    public static OomLineKind ByFirstBytes(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'[' when TaskHeaderLine.IsMatch(text) => OomLineKind.TasksHeader,
        (byte)'C' when CpuLine.IsMatch(text) => OomLineKind.Cpu,
        (byte)'C' when text.StartsWith("Call Trace:"u8) || text.StartsWith("Call trace:"u8) => OomLineKind.CallTrace,
        (byte)'C' when text.StartsWith("COMPACTION is disabled!!!"u8) => OomLineKind.StackRemark,
        (byte)'H' when text.StartsWith(HardwareLine.Start) => OomLineKind.Hardware,
        (byte)'H' or (byte)'V' when VmFaultLine.IsMatch(text) => OomLineKind.VmFault,
        (byte)'k' when text.StartsWith("kmem: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'k' when text.StartsWith(TaskInLine.SecondHalf) => OomLineKind.TaskIn,
        (byte)'K' => KillOrPanic(text),
        (byte)'m' when text.StartsWith("memory: usage "u8) || text.StartsWith("memory+swap: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'M' => MemoryLine(text),
        (byte)'N' when text.StartsWith("No available memory"u8) => KilledLine.Classify(text),
        (byte)'o' => OomLine(text),
        (byte)'O' when text.StartsWith(NoKillableLine.Start) => OomLineKind.NoKillable,
        (byte)'O' when text.StartsWith("Out of memory"u8) || text.StartsWith("Out of Memory"u8) || text.StartsWith(KilledLine.OomKilled) => KilledLine.Classify(text),
        (byte)'P' when CpuLine.IsMatch(text) => OomLineKind.Cpu,
        (byte)'s' when text.StartsWith("swap: usage "u8) => OomLineKind.MemcgUsage,
        (byte)'S' when text.StartsWith("Stopper: "u8) || text.StartsWith("Sched_ext: "u8) => OomLineKind.StackRemark,
        (byte)'T' => TaskLine(text),
        (byte)'W' when text.StartsWith("Workqueue: "u8) => OomLineKind.StackRemark,
        (byte)'*' when MessagesDroppedLine.IsMatch(text) => OomLineKind.MessagesDropped,
        _ => OomLineKind.Unrelated,
    };

    private static OomLineKind KillOrPanic(ReadOnlySpan<byte> text) =>
        PanicLine.IsMatch(text) ? OomLineKind.Panic : KilledLine.Classify(text);

    private static OomLineKind MemoryLine(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Mem"u8))
        {
            if (text.StartsWith("Mem-Info:"u8) || text.StartsWith("Mem-info:"u8))
            {
                // A task of that name may fail to allocate, invoke the killer in two pieces, or have a cpuset.
                return AllocationFailureLine.IsMatch(text) ? OomLineKind.AllocationFailure
                    : TriggerLine.IsMatch(text) ? OomLineKind.Trigger
                    : CpusetLine.IsMatch(text) ? OomLineKind.Unrelated : OomLineKind.MemInfoStart;
            }

            if (text.StartsWith(MemcgStatsLine.Start))
            {
                return OomLineKind.MemcgStats;
            }

            if (text.StartsWith(MemcgProtectionLine.Start))
            {
                return OomLineKind.MemcgProtection;
            }

            if (text.StartsWith(LimitReachedLine.Start))
            {
                return OomLineKind.LimitReached;
            }

            if (text.StartsWith("Memory cgroup out of memory"u8))
            {
                return KilledLine.Classify(text);
            }
        }

        return OomLineKind.Unrelated;
    }

    private static OomLineKind OomLine(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(ConstraintLine.Start))
        {
            return OomLineKind.Constraint;
        }

        if (ReaperLine.IsMatch(text))
        {
            return OomLineKind.Reaper;
        }

        if (SuppressedLine.IsMatch(text))
        {
            return OomLineKind.Suppressed;
        }

        return OomLineKind.Unrelated;
    }

    private static OomLineKind TaskLine(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(TaskInLine.Start))
        {
            return OomLineKind.TaskIn;
        }

        if (text.StartsWith("Tasks state (memory values in pages):"u8))
        {
            return OomLineKind.TasksTitle;
        }

        if (GroupKillLine.IsMatch(text))
        {
            return OomLineKind.GroupKill;
        }

        return text.StartsWith("Tainted: ["u8) ? OomLineKind.StackRemark : OomLineKind.Unrelated;
    }

    /// <summary>Lines whose kernel words stand behind a name or a prefix of any length.</summary>
    private static OomLineKind Elsewhere(ReadOnlySpan<byte> message)
    {
        if (TriggerLine.IsMatch(message) || TriggerLine.FindNameless(message) > 0)
        {
            return OomLineKind.Trigger;
        }

        if (AllocationFailureLine.IsMatch(message))
        {
            return OomLineKind.AllocationFailure;
        }

        if (UserKillLine.IsMatch(message))
        {
            return OomLineKind.UserKill;
        }

        ReadOnlySpan<byte> text = SkipIndent(message);
        if (SlubLine.IsMatch(text))
        {
            return OomLineKind.SlubRemark;
        }

        if (KilledLine.IsBehindOther(message))
        {
            return OomLineKind.Killed;
        }

        if (KilledLine.FindAnnouncement(message) > 0)
        {
            return OomLineKind.KillAnnounced;
        }

        if (MessagesDroppedLine.IsMatch(text))
        {
            return OomLineKind.MessagesDropped;
        }

        return RemarkLine.TryClassify(text, out _) ? OomLineKind.Remark : OomLineKind.Unrelated;
    }
}
