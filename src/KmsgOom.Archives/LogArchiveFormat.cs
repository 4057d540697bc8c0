namespace KmsgOom;

/// <summary>How a log is compressed.</summary>
public enum LogArchiveFormat
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip, RFC 1952; also several members one after the other.</summary>
    Gzip,

    /// <summary>bzip2; also several streams one after the other.</summary>
    Bzip2,

    /// <summary>xz; also several streams one after the other, with padding.</summary>
    Xz,

    /// <summary>Zstandard, RFC 8878; also several frames one after the other.</summary>
    Zstandard,
}
