namespace KmsgOom.Filters;

/// <summary>What a field holds, and so what it may be compared with.</summary>
internal enum FilterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A word of a closed list.</summary>
    Word,

    /// <summary>A number without a unit.</summary>
    Number,

    /// <summary>A number of bytes.</summary>
    Size,

    /// <summary>A time of day and date.</summary>
    Time,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>Set or not.</summary>
    Flag,
}
