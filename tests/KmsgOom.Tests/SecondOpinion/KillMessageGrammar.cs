using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Why the kernel says that it kills.</summary>
internal enum KillMessage
{
    OutOfMemory,
    AllocatingTask,
    MemoryCgroup,
    MempolicyBind,
    Cpuset,
    Other,
}

/// <summary>Format reference, section 6: the text before the colon, passed down from <c>out_of_memory()</c>.</summary>
internal static class KillMessageGrammar
{
    // "%s: "
    public static readonly Parser<char, KillMessage> Prefix =
        Try(AnyCharExcept(':', '\n').AtLeastOnceString().Before(Words(": "))).Select(Classify);

    private static KillMessage Classify(string message) => message switch
    {
        "Out of memory" or "Out of Memory" => KillMessage.OutOfMemory,
        "Out of memory (oom_kill_allocating_task)" => KillMessage.AllocatingTask,
        "Memory cgroup out of memory" => KillMessage.MemoryCgroup,
        "No available memory (MPOL_BIND)" => KillMessage.MempolicyBind,
        "No available memory in cpuset" => KillMessage.Cpuset,
        _ => KillMessage.Other,
    };
}
