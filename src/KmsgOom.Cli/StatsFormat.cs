namespace KmsgOom.Cli;

/// <summary>What <c>kmsgoom stats</c> writes.</summary>
internal enum StatsFormat
{
    /// <summary>For a person.</summary>
    Text,

    /// <summary>For a program: one object.</summary>
    Json,
}
