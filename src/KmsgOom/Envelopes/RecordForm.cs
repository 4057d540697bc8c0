namespace KmsgOom.Envelopes;

/// <summary>The forms that write one record on many lines.</summary>
internal enum RecordForm : byte
{
    None,

    /// <summary>A JSON object laid out over lines: <c>dmesg --json</c>, <c>journalctl -o json-pretty</c>.</summary>
    PrettyJson,

    /// <summary><c>journalctl -o export</c>: <c>KEY=value</c> lines, an empty line behind each record.</summary>
    Export,

    /// <summary><c>journalctl -o verbose</c>: a time, then indented <c>KEY=value</c> lines.</summary>
    Verbose,

    /// <summary>Pieces of a kmsg record that netconsole sent one by one.</summary>
    Fragments,
}
