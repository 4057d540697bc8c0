namespace KmsgOom.Tests.ReportWriter;

/// <summary>What a console, a tool or a logger makes of a record (reference, section 11).</summary>
internal sealed record Wrapper(string Name, Func<WrittenRecord, string, long, string> Render)
{
    public bool HasUptime { get; init; }

    public string? Host { get; init; }

    /// <summary>Gets whether any byte but a newline comes through; else only printable text does.</summary>
    public bool TakesAnyByte { get; init; }

    /// <summary>Gets whether a newline inside a record can be told from the end of it.</summary>
    public bool TakesNewline { get; init; }

    public Func<long, OomTimestamp?> TimeOf { get; init; } = _ => null;

    /// <summary>Gets what stands before the first record, between two, and behind the last.</summary>
    public (string Head, string Between, string Tail) Frame { get; init; } = ("", "", "");

    public override string ToString() => Name;

    /// <summary>Writes records, one byte in each character; lines end in a newline each.</summary>
    public string Write(IEnumerable<WrittenRecord> records, string host = "node7") =>
        Frame.Head + string.Join(Frame.Between, records.Select((record, at) => Render(record, host, 1000 + at))) + Frame.Tail;
}
