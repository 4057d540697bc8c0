namespace KmsgOom;

/// <summary>Refuses archives: reading one as text would find nothing, and say nothing.</summary>
internal static class CompressedLog
{
    /// <summary>Throws where the input is compressed, or a journal as it is stored.</summary>
    /// <exception cref="InvalidDataException">The input is compressed.</exception>
    public static void ThrowIf(KernelLogEncoding encoding)
    {
        string? reason = encoding switch
        {
            KernelLogEncoding.Gzip => OfArchives("gzip", "gzip -dc"),
            KernelLogEncoding.Zstandard => OfArchives("zstd", "zstd -dc"),
            KernelLogEncoding.Xz => OfArchives("xz", "xz -dc"),
            KernelLogEncoding.Bzip2 => OfArchives("bzip2", "bzip2 -dc"),
            KernelLogEncoding.Lz4 => "The log is compressed (lz4), which is not read; decompress it first (lz4 -dc).",
            KernelLogEncoding.Zip => "This is a zip archive, which is not read; unpack it first (unzip -p).",
            KernelLogEncoding.Journal => "This is a journal as journald stores it, which is not read; make text of it first (journalctl -k -o short-monotonic --file).",
            _ => null,
        };
        if (reason is not null)
        {
            throw new InvalidDataException(reason);
        }
    }

    private static string OfArchives(string name, string tool) => $"The log is compressed ({name}), which KmsgOom.Archives is for; decompress it first ({tool}).";
}
