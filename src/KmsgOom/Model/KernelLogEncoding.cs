namespace KmsgOom;

/// <summary>How the bytes of a log are encoded, told by its first bytes.</summary>
public enum KernelLogEncoding : byte
{
    /// <summary>Bytes as the kernel wrote them, normally UTF-8.</summary>
    Utf8,

    /// <summary>UTF-16 with a little-endian byte-order mark: a shell redirect on Windows.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16 with a big-endian byte-order mark.</summary>
    Utf16BigEndian,

    /// <summary>gzip: not a log but an archive; <see cref="OomReader"/> and <see cref="OomLog"/> refuse it.</summary>
    Gzip,

    /// <summary>zstd: refused like gzip.</summary>
    Zstandard,

    /// <summary>xz: refused like gzip.</summary>
    Xz,

    /// <summary>bzip2: refused like gzip.</summary>
    Bzip2,

    /// <summary>lz4: refused like gzip.</summary>
    Lz4,

    /// <summary>A zip archive: refused like gzip.</summary>
    Zip,

    /// <summary>A journal of systemd as journald stores it: refused like gzip; <c>journalctl --file</c> makes text of it.</summary>
    Journal,
}
