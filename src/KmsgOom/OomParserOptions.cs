namespace KmsgOom;

/// <summary>What a caller may tell a parser; all of it is optional.</summary>
public sealed record OomParserOptions
{
    /// <summary>Gets the default options.</summary>
    public static OomParserOptions Default { get; } = new();

    /// <summary>Gets the wrapper of the log; by default it is recognised line by line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a value of the enumeration.</exception>
    public KernelLogFormat Format
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((int)value, (int)KernelLogFormat.Syslog, nameof(value));
            field = value;
        }
    }

    /// <summary>Gets the size of a page in bytes, for reports that do not tell; by default 4096 is assumed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a power of two from 1 KiB to 16 MiB.</exception>
    public int? PageSize
    {
        get;
        init
        {
            if (value is { } size && (size is < 1024 or > (16 << 20) || !System.Numerics.BitOperations.IsPow2(size)))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The page size must be a power of two from 1 KiB to 16 MiB.");
            }

            field = value;
        }
    }

    /// <summary>Gets the date of the newest line, from which a missing year is inferred; by default today (for a file: the day it was last written).</summary>
    public DateOnly? LogDate { get; init; }

    /// <summary>Gets the name that <see cref="OomSource.Path"/> of each event gets; null for none.</summary>
    public string? SourcePath { get; init; }

    /// <summary>
    /// Gets how many parts of a large file may be parsed at the same time; by default as many as there are processors. Events and their order do not depend on
    /// it. A parser, a pipe and a stream are always read by one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = Environment.ProcessorCount;

    /// <summary>Gets the bounds.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public OomParserLimits Limits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = OomParserLimits.Default;
}
