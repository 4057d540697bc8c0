namespace KmsgOom;

/// <summary>The process of "Kill process … or sacrifice child" where another one was killed.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Name">The name.</param>
public readonly record struct OomAnnounced(int Pid, TaskName Name);
