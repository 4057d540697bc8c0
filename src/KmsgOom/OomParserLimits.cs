namespace KmsgOom;

/// <summary>Bounds that keep a parser's memory finite whatever it is fed. Each hit is counted in <see cref="OomParserCounters"/>.</summary>
public sealed record OomParserLimits
{
    /// <summary>Gets the default bounds.</summary>
    public static OomParserLimits Default { get; } = new();

    /// <summary>Gets the longest line that is looked at, in bytes (default 1 MiB); of a longer one the first part is parsed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 256.</exception>
    public int MaxLineBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 256);
            field = value;
        }
    }

    = 1 << 20;

    /// <summary>Gets the most rows that are kept of one task table (default 1,000,000).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxTasks
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 1_000_000;

    /// <summary>Gets the most reports that are open, or wait for their reaper line, at a time (default 64); then the oldest is delivered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxHeldReports
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 64;

    /// <summary>Gets the most memory that reports may hold together, in bytes (default 64 MiB); then the oldest is delivered as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 64 KiB.</exception>
    public long MaxBufferedBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1L << 16);
            field = value;
        }
    }

    = 64L << 20;

    /// <summary>Gets the most unrecognised lines that are kept of one report (default 64); the rest is counted as foreign only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MaxUnknownLines
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    = 64;
}
