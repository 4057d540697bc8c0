namespace KmsgOom.Envelopes;

/// <summary>How the lines of a run are wrapped.</summary>
internal enum RunForm : byte
{
    /// <summary>In no way that can be told at once.</summary>
    None,
    LikeLast,
    DevKmsg,
    Bare,
}
