namespace KmsgOom;

/// <summary>What the lines are that stand in one.</summary>
internal enum JoinedForm : byte
{
    /// <summary>Lines that each begin with the kernel's stamp.</summary>
    Stamped,

    /// <summary>JSON objects.</summary>
    Objects,

    /// <summary>Strings of a JSON document.</summary>
    Strings,

    /// <summary>The same, the last of which is the first.</summary>
    StringsBackwards,
}
