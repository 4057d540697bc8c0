namespace KmsgOom.Cli.Text;

/// <summary>What happened in one sentence, for the events that are no kernel OOM.</summary>
internal static class KinText
{
    // systemd-oomd, lmkd, the driver
    private static readonly string[] Reasons = [" due to ", "; reason: ", " because "];

    public static string Describe(OomEvent oomEvent) => oomEvent.Kind switch
    {
        OomEventKind.AllocationFailure => "The kernel could not allocate memory: nothing was killed for it.",
        OomEventKind.VmFault when oomEvent.Outcome == OomOutcome.Killed => "A page fault found no memory: the task that faulted was killed, not by the OOM killer.",
        OomEventKind.VmFault => "A page fault found no memory and was tried again: nothing was killed for it.",
        _ => $"Killed for want of memory, not by the kernel's OOM killer: {DescribeVictim(oomEvent)}.",
    };

    /// <summary>Gets the colour: alarm only where something died.</summary>
    public static Ink InkOf(OomEvent oomEvent) => oomEvent.Kind == OomEventKind.Oom || oomEvent.Outcome == OomOutcome.Killed ? Ink.Alarm : Ink.Warning;

    /// <summary>Gets what a program, or Android's driver, says that it killed for; null where it says nothing.</summary>
    public static string? FindReason(OomEvent oomEvent)
    {
        string text = string.Join(' ', oomEvent.Lines.Select(line => line.Text.Trim()));
        foreach (string words in Reasons)
        {
            if (text.IndexOf(words, StringComparison.Ordinal) is >= 0 and int at)
            {
                return text[(at + words.Length)..];
            }
        }

        return null;
    }

    private static string DescribeVictim(OomEvent oomEvent) => oomEvent switch
    {
        { Victims: [OomVictim victim, ..] } => Words.Task(victim.Name, victim.Pid),
        { Memcg.Path: { } path } => $"all of cgroup {path}",
        _ => "a process",
    };
}
