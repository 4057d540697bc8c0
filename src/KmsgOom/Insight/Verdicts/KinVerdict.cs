namespace KmsgOom.Insight;

/// <summary>Events that are no kill by the kernel's OOM killer.</summary>
internal static class KinVerdict
{
    public static OomVerdict Make(OomEvent oomEvent, OomWatermarks? watermarks)
    {
        bool isLarge = oomEvent.Kind == OomEventKind.AllocationFailure && oomEvent.Trigger is { Order: > 3 };
        bool isFragmented = isLarge && watermarks is not { Verdict: OomWatermarkVerdict.Exhausted };
        return new OomVerdict
        {
            Cause = ZoneVerdict.FindCause(watermarks) ?? (isFragmented ? OomCause.Fragmentation : OomCause.NotDeterminable),
            Sentence = oomEvent.Kind switch
            {
                OomEventKind.AllocationFailure when isLarge =>
                    $"An allocation of {Amount.Of(Bytes(oomEvent))} in one piece failed; the kernel does not kill for so large a piece, and nobody died.",
                OomEventKind.AllocationFailure => "An allocation inside the kernel failed; nobody was killed for it.",
                OomEventKind.VmFault when oomEvent.Outcome == OomOutcome.Killed => "A page fault had no memory, and the task that faulted was killed for it, not by the OOM killer.",
                OomEventKind.VmFault => "A page fault had no memory; the kernel tries it again, and nobody was killed for it.",
                _ when IsOfDriver(oomEvent) => "The kernel's lowmemorykiller (Android) killed by its own rules, before memory was gone; the OOM killer had no part in it.",
                _ => "A program in user space killed by its own rules; the kernel's OOM killer had no part in it.",
            },
            Evidence = oomEvent.KeptLines.Count == 0 ? [] : [EvidenceFinder.At(oomEvent, 0)],
        };
    }

    // The driver tells the adjustment alone; programs tell the score or the user, too, or neither, or name no process but a cgroup.
    private static bool IsOfDriver(OomEvent oomEvent) => oomEvent.Victims is [{ Score: null, Uid: null, OomScoreAdj: not null }, ..];

    private static Int128 Bytes(OomEvent oomEvent) => (Int128)oomEvent.PageSize << Math.Clamp(oomEvent.Trigger!.Order ?? 0, 0, 30);
}
