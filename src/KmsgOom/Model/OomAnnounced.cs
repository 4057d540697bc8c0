namespace KmsgOom;

/// <summary>The process of "Kill process … score … or sacrifice child" (up to 5.0) where another one was killed, or no kill is in the log.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Name">The name.</param>
public readonly record struct OomAnnounced(int Pid, TaskName Name)
{
    /// <summary>Gets the printed score of the announcement of <see cref="OomEvent.Announced"/>; that of a victim is <see cref="OomVictim.Score"/>.</summary>
    public long? Score { get; init; }
}
