namespace KmsgOom;

/// <summary>How a victim came to be chosen.</summary>
public enum OomChoice
{
    /// <summary>The log does not tell.</summary>
    Unknown,

    /// <summary>The task of the highest badness.</summary>
    HighestBadness,

    /// <summary>A child of the task of the highest badness was killed in its place (up to 5.0).</summary>
    ChildOfHighest,

    /// <summary>The task that asked for memory, by the sysctl <c>oom_kill_allocating_task</c>.</summary>
    AllocatingTask,

    /// <summary>The victim's cgroup has <c>memory.oom.group</c> set: all of it was killed with the first.</summary>
    GroupMember,

    /// <summary>By the table another task is worse, and nothing in the log explains the choice.</summary>
    NotTheHighest,
}
