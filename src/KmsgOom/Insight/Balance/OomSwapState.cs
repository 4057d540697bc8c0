namespace KmsgOom;

/// <summary>Tells whether swap could have helped.</summary>
public enum OomSwapState : byte
{
    /// <summary>The log does not say.</summary>
    Unknown,

    /// <summary>The machine has no swap.</summary>
    None,

    /// <summary>Less than one percent of the swap is free.</summary>
    Full,

    /// <summary>Some of it was free.</summary>
    Free,
}
