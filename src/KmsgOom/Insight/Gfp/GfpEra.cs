namespace KmsgOom.Insight;

/// <summary>Spans of kernels whose flags have the same bits; the columns of the tables in <see cref="GfpNames"/>.</summary>
internal enum GfpEra
{
    /// <summary>2.6.9.</summary>
    A1,

    /// <summary>2.6.18 to 2.6.23.</summary>
    A2,

    /// <summary>2.6.24 to 2.6.30.</summary>
    A3,

    /// <summary>2.6.31 to 4.3.</summary>
    A4,

    /// <summary>4.4 to 4.9.</summary>
    B,

    /// <summary>4.10 to 4.16.</summary>
    C,

    /// <summary>4.17 to 5.0 and RHEL 8.</summary>
    D,

    /// <summary>5.1 and later.</summary>
    E,
}
