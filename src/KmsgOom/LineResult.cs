namespace KmsgOom;

/// <summary>What came of reading a line.</summary>
internal enum LineResult : byte
{
    Read,

    /// <summary>The line was recognised and cannot be read.</summary>
    Malformed,

    /// <summary>The line ends inside a task name that holds a newline.</summary>
    Cut,
}
