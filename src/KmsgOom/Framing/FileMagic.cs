namespace KmsgOom.Framing;

/// <summary>What the first bytes of a log say: a byte-order mark, or that it is no log but an archive.</summary>
internal static class FileMagic
{
    /// <summary>The longest head that is ever looked at: bzip2's.</summary>
    public const int MaxLength = 10;

    private static ReadOnlySpan<byte> Bzip2Block => "1AY&SY"u8;

    /// <summary>Recognises the encoding; false where more bytes are needed to tell.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> head, bool isWhole, out KernelLogEncoding encoding, out int markLength)
    {
        encoding = KernelLogEncoding.Utf8;
        markLength = 0;
        bool isOpen = false;
        if (StartsWith(head, [0xEF, 0xBB, 0xBF], ref isOpen))
        {
            markLength = 3;
        }
        else if (StartsWith(head, [0xFF, 0xFE], ref isOpen))
        {
            (encoding, markLength) = (KernelLogEncoding.Utf16LittleEndian, 2);
        }
        else if (StartsWith(head, [0xFE, 0xFF], ref isOpen))
        {
            (encoding, markLength) = (KernelLogEncoding.Utf16BigEndian, 2);
        }
        else if (StartsWith(head, [0x1F, 0x8B], ref isOpen))
        {
            encoding = KernelLogEncoding.Gzip;
        }
        else if (StartsWith(head, [0x28, 0xB5, 0x2F, 0xFD], ref isOpen))
        {
            encoding = KernelLogEncoding.Zstandard;
        }
        else if (StartsWith(head, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], ref isOpen))
        {
            encoding = KernelLogEncoding.Xz;
        }
        else if (StartsWith(head, "BZh"u8, ref isOpen) && StartsWith(head[Math.Min(4, head.Length)..], Bzip2Block, ref isOpen))
        {
            encoding = KernelLogEncoding.Bzip2;
        }
        else if (StartsWith(head, [0x04, 0x22, 0x4D, 0x18], ref isOpen))
        {
            encoding = KernelLogEncoding.Lz4;
        }
        else if (StartsWith(head, [(byte)'P', (byte)'K', 3, 4], ref isOpen))
        {
            encoding = KernelLogEncoding.Zip;
        }
        else if (StartsWith(head, "LPKSHHRH"u8, ref isOpen))
        {
            encoding = KernelLogEncoding.Journal;
        }

        return isWhole || !isOpen;
    }

    private static bool StartsWith(ReadOnlySpan<byte> head, ReadOnlySpan<byte> magic, ref bool isOpen)
    {
        if (head.StartsWith(magic))
        {
            return true;
        }

        isOpen |= magic.StartsWith(head);
        return false;
    }
}
