namespace KmsgOom;

/// <summary>Refuses archives: reading one as text would find nothing, and say nothing.</summary>
internal static class CompressedLog
{
    /// <summary>Throws where the input is compressed.</summary>
    /// <exception cref="InvalidDataException">The input is compressed.</exception>
    public static void ThrowIf(KernelLogEncoding encoding)
    {
        (string name, string tool) = encoding switch
        {
            KernelLogEncoding.Gzip => ("gzip", "gzip -dc"),
            KernelLogEncoding.Zstandard => ("zstd", "zstd -dc"),
            KernelLogEncoding.Xz => ("xz", "xz -dc"),
            KernelLogEncoding.Bzip2 => ("bzip2", "bzip2 -dc"),
            _ => ("", ""),
        };
        if (name.Length > 0)
        {
            throw new InvalidDataException($"The log is compressed ({name}), which KmsgOom.Archives is for; decompress it first ({tool}).");
        }
    }
}
