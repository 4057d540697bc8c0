namespace KmsgOom.Cli;

/// <summary>What <c>kmsgoom scan</c> writes.</summary>
internal enum ScanFormat
{
    /// <summary>For a person.</summary>
    Text,

    /// <summary>For a program: one event a line.</summary>
    Ndjson,
}
