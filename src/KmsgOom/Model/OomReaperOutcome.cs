namespace KmsgOom;

/// <summary>What the OOM reaper said about a victim.</summary>
public enum OomReaperOutcome : byte
{
    /// <summary>"reaped process …": the memory was taken back before the victim exited.</summary>
    Reaped,

    /// <summary>"unable to reap pid:…" (4.8 also "giving up").</summary>
    Unable,
}
