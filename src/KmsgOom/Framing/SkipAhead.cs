using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KmsgOom.Framing;

/// <summary>Searches raw bytes for the next line that a report may begin with, or that a held report waits for, and counts line feeds on the way.</summary>
/// <remarks>
/// A search for many patterns at once (the "Teddy" of Hyperscan): the first four bytes of each pattern are looked up by their
/// low nibbles, and the first by its high one too, in tables of one bit per group of patterns, 16 to 64 positions at a time; what passes is
/// compared in full. The only file with intrinsics. <see cref="FindScalar"/> is its twin: same answer, one byte at a time.
/// </remarks>
internal static class SkipAhead
{
    private const int FingerprintLength = 4;

    /// <summary>What a line must contain to matter while no report is open; a test proves that it covers every such line.</summary>
    private static readonly byte[][] Patterns =
    [
        "om-kill"u8.ToArray(),              // "invoked oom-killer:", "oom-kill:constraint="
        "om_reaper: "u8.ToArray(),
        "om_kill_process: "u8.ToArray(),    // "… callbacks suppressed"
        ".oom.group"u8.ToArray(),
        "Kill"u8.ToArray(),                 // "Killed process", "Kill process"
        "ill process "u8.ToArray(),         // "kill process "; without its "k", as "killed" is a word of system logs
        "illable"u8.ToArray(),              // "no killable processes"
        "illing due "u8.ToArray(),          // "Marked … for killing due to": systemd-oomd; "Killed …" is above
        "illing process "u8.ToArray(),      // "VM: killing process "
        "ill to "u8.ToArray(),              // "send sigkill to 5 (": lowmemorykiller
        "VmRSS "u8.ToArray(),               // "sending SIGTERM to process … VmRSS 2048 MiB": earlyoom
        "mm: "u8.ToArray(),                 // "Comm: ", ", comm: "
        "Task in "u8.ToArray(),
        "Tasks state"u8.ToArray(),
        "Mem-"u8.ToArray(),                 // "Mem-Info:", "Mem-info:"
        "Memory limit reached"u8.ToArray(),
        "Memory cgroup stats"u8.ToArray(),
        "usage "u8.ToArray(),               // "memory: usage"
        "tgid"u8.ToArray(),                 // the header of the task table
        "OOM victim"u8.ToArray(),
        "OOM leaked"u8.ToArray(),           // "Huh VM_FAULT_OOM leaked"
        "Kernel panic"u8.ToArray(),
        "E\":["u8.ToArray(),                // a journal message that is not UTF-8, as JSON
        "E\" : ["u8.ToArray(),              // the same in a pretty object
        "e:0x"u8.ToArray(),                 // ", mode:0x" of an allocation failure
        "\e[m\e[K"u8.ToArray(),             // the end of a match of grep --color, which may tear any of these apart
    ];

    // Patterns with the same beginning share a group, since they pass the tables together anyway; the rest was found by trying, so that next to nothing else in system logs passes.
    private static readonly byte[] Groups = [7, 7, 4, 2, 3, 0, 0, 2, 2, 0, 0, 1, 4, 4, 6, 6, 6, 6, 1, 7, 7, 3, 6, 3, 5, 5];

    /// <summary>The groups of each low nibble at each place, and behind those of each high nibble at the first.</summary>
    private static readonly Vector128<byte>[] Tables = MakeTables();

    /// <summary>The patterns by their first byte.</summary>
    private static readonly byte[][][] ByFirstByte = [.. Enumerable.Range(0, 128).Select(first => Patterns.Where(pattern => pattern[0] == first).ToArray())];

    /// <summary>Finds the first pattern.</summary>
    /// <param name="bytes">Complete lines.</param>
    /// <param name="lineFeeds">The line feeds before the pattern; without one, all of them.</param>
    /// <returns>Where the pattern begins; negative where there is none.</returns>
    public static int Find(ReadOnlySpan<byte> bytes, out int lineFeeds)
    {
        int position = 0;
        lineFeeds = 0;
        while (true)
        {
            ulong hits = FindBlock(bytes, ref position, ref lineFeeds, out ulong ends);
            if (hits == 0)
            {
                break;
            }

            for (; hits != 0; hits &= hits - 1)
            {
                int at = BitOperations.TrailingZeroCount(hits);
                if (IsPattern(bytes[(position + at)..]))
                {
                    lineFeeds += BitOperations.PopCount(ends & ((1UL << at) - 1));
                    return position + at;
                }
            }

            lineFeeds += BitOperations.PopCount(ends);
            position += BlockLength;
        }

        for (; position < bytes.Length; position++)
        {
            if (IsPattern(bytes[position..]))
            {
                return position;
            }

            lineFeeds += bytes[position] == '\n' ? 1 : 0;
        }

        return -1;
    }

    /// <summary>The same answer as <see cref="Find"/>, plainly.</summary>
    public static int FindScalar(ReadOnlySpan<byte> bytes, out int lineFeeds)
    {
        lineFeeds = 0;
        for (int position = 0; position < bytes.Length; position++)
        {
            if (IsPattern(bytes[position..]))
            {
                return position;
            }

            lineFeeds += bytes[position] == '\n' ? 1 : 0;
        }

        return -1;
    }

    private static int BlockLength =>
        Avx512BW.IsSupported ? Vector512<byte>.Count : Avx2.IsSupported ? Vector256<byte>.Count : Vector128<byte>.Count;

    /// <summary>Finds the next block in which something passes the tables. Nothing is called in these loops, so that all tables stay in registers.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="position">Where to begin; gets where the block begins, or how far whole blocks went.</param>
    /// <param name="lineFeeds">Gets those before that position added.</param>
    /// <param name="ends">The line feeds of the block.</param>
    /// <returns>What passes in the block; zero where there is no such block.</returns>
    private static ulong FindBlock(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ends = 0;
        return Avx512BW.IsSupported ? FindBlock512(bytes, ref position, ref lineFeeds, out ends)
            : Avx2.IsSupported ? FindBlock256(bytes, ref position, ref lineFeeds, out ends)
            : Vector128.IsHardwareAccelerated ? FindBlock128(bytes, ref position, ref lineFeeds, out ends) : 0;
    }

    private static ulong FindBlock512(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector512<byte> first = Wide512(Tables[0]), second = Wide512(Tables[1]), third = Wide512(Tables[2]), fourth = Wide512(Tables[3]), high = Wide512(Tables[4]);
        Vector512<byte> nibble = Vector512.Create((byte)15);
        Vector512<byte> lineFeed = Vector512.Create((byte)'\n');
        int end = bytes.Length - Vector512<byte>.Count - FingerprintLength + 1;
        int at = position;
        int count = lineFeeds;
        ulong hits = 0;
        ulong feeds = 0;
        for (; at <= end; at += Vector512<byte>.Count)
        {
            Vector512<byte> block = Vector512.LoadUnsafe(ref start, (nuint)at);
            Vector512<byte> groups = Avx512BW.Shuffle(first, block) & Avx512BW.Shuffle(high, (block.AsUInt16() >>> 4).AsByte() & nibble)
                & Avx512BW.Shuffle(second, Vector512.LoadUnsafe(ref start, (nuint)at + 1)) & Avx512BW.Shuffle(third, Vector512.LoadUnsafe(ref start, (nuint)at + 2)) & Avx512BW.Shuffle(fourth, Vector512.LoadUnsafe(ref start, (nuint)at + 3));
            feeds = Vector512.Equals(block, lineFeed).ExtractMostSignificantBits();
            hits = ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
            if (hits != 0)
            {
                break;
            }

            count += BitOperations.PopCount(feeds);
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    private static ulong FindBlock256(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector256<byte> first = Wide256(Tables[0]), second = Wide256(Tables[1]), third = Wide256(Tables[2]), fourth = Wide256(Tables[3]), high = Wide256(Tables[4]);
        Vector256<byte> nibble = Vector256.Create((byte)15);
        Vector256<byte> lineFeed = Vector256.Create((byte)'\n');
        int end = bytes.Length - Vector256<byte>.Count - FingerprintLength + 1;
        int at = position;
        int count = lineFeeds;
        uint hits = 0;
        uint feeds = 0;
        for (; at <= end; at += Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.LoadUnsafe(ref start, (nuint)at);
            Vector256<byte> groups = Avx2.Shuffle(first, block) & Avx2.Shuffle(high, (block.AsUInt16() >>> 4).AsByte() & nibble)
                & Avx2.Shuffle(second, Vector256.LoadUnsafe(ref start, (nuint)at + 1)) & Avx2.Shuffle(third, Vector256.LoadUnsafe(ref start, (nuint)at + 2)) & Avx2.Shuffle(fourth, Vector256.LoadUnsafe(ref start, (nuint)at + 3));
            feeds = Vector256.Equals(block, lineFeed).ExtractMostSignificantBits();
            hits = ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
            if (hits != 0)
            {
                break;
            }

            count += BitOperations.PopCount(feeds);
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    private static ulong FindBlock128(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector128<byte> first = Tables[0], second = Tables[1], third = Tables[2], fourth = Tables[3], high = Tables[4];
        Vector128<byte> nibble = Vector128.Create((byte)15);
        Vector128<byte> lineFeed = Vector128.Create((byte)'\n');
        int end = bytes.Length - Vector128<byte>.Count - FingerprintLength + 1;
        int at = position;
        int count = lineFeeds;
        uint hits = 0;
        uint feeds = 0;
        for (; at <= end; at += Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref start, (nuint)at);
            Vector128<byte> groups = Shuffle128(first, block & nibble) & Shuffle128(high, (block.AsUInt16() >>> 4).AsByte() & nibble)
                & Shuffle128(second, Vector128.LoadUnsafe(ref start, (nuint)at + 1) & nibble) & Shuffle128(third, Vector128.LoadUnsafe(ref start, (nuint)at + 2) & nibble) & Shuffle128(fourth, Vector128.LoadUnsafe(ref start, (nuint)at + 3) & nibble);
            feeds = Vector128.Equals(block, lineFeed).ExtractMostSignificantBits();
            hits = ~Vector128.Equals(groups, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            if (hits != 0)
            {
                break;
            }

            count += BitOperations.PopCount(feeds);
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    private static bool IsPattern(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] pattern in bytes[0] < ByFirstByte.Length ? ByFirstByte[bytes[0]] : [])
        {
            if (bytes.StartsWith(pattern))
            {
                return true;
            }
        }

        return false;
    }

    // The native tool is compiled for the oldest processors, where Vector128.Shuffle is a loop; whether there is SSSE3 it asks when it runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Shuffle128(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : Vector128.Shuffle(table, indices);

    private static Vector512<byte> Wide512(Vector128<byte> table) => Vector512.Create(Wide256(table), Wide256(table));

    private static Vector256<byte> Wide256(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector128<byte>[] MakeTables()
    {
        byte[][] tables = [.. Enumerable.Range(0, FingerprintLength + 1).Select(_ => new byte[Vector128<byte>.Count])];
        for (int pattern = 0; pattern < Patterns.Length; pattern++)
        {
            byte group = (byte)(1 << Groups[pattern]);
            for (int at = 0; at < FingerprintLength; at++)
            {
                tables[at][Patterns[pattern][at] & 15] |= group;
            }

            tables[FingerprintLength][Patterns[pattern][0] >> 4] |= group;
        }

        return [.. tables.Select(table => Vector128.Create(table))];
    }
}
