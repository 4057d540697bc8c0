namespace KmsgOom.Cli;

/// <summary>What <c>kmsgoom stats --by</c> lists.</summary>
internal enum StatsTable
{
    /// <summary>A bit of everything, on one screen.</summary>
    Summary,

    Program,

    Workload,

    Host,

    Hour,

    Day,
}
