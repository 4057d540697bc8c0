namespace KmsgOom;

/// <summary>An archive that is cut off or damaged. What stood before the damage was read and delivered.</summary>
public sealed class DamagedArchiveException : IOException
{
    /// <summary>Makes an exception without an archive.</summary>
    public DamagedArchiveException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public DamagedArchiveException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">What the decompressor said.</param>
    public DamagedArchiveException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal DamagedArchiveException(LogArchiveFormat format, long goodBytes, Exception? innerException)
        : base(Describe(format, goodBytes), innerException)
    {
        GoodBytes = goodBytes;
    }

    /// <summary>Gets how many bytes of the log stand before the damage.</summary>
    public long GoodBytes { get; }

    private static string Describe(LogArchiveFormat format, long goodBytes)
    {
        string name = format == LogArchiveFormat.Zstandard ? "zstd" : format.ToString().ToLowerInvariant();
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"The {name} archive is cut off or damaged; the {goodBytes} bytes of log before that were read");
    }
}
