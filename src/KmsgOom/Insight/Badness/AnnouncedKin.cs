namespace KmsgOom.Insight;

/// <summary>What the task of the announcement ("Kill process … or sacrifice child") is to the one that was killed under another pid.</summary>
internal enum AnnouncedKin
{
    /// <summary>The log does not tell: its parent, or a thread of either.</summary>
    Unknown,

    /// <summary>A process of its own: the kernel killed a child of it.</summary>
    Parent,

    /// <summary>A thread of the process that was killed.</summary>
    Thread,
}
