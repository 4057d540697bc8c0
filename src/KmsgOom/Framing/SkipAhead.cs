using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace KmsgOom.Framing;

/// <summary>Searches raw bytes for the next line that a report may begin with, or that a held report waits for, and counts line feeds on the way.</summary>
/// <remarks>
/// A search for many patterns at once (the "Teddy" of Hyperscan): four bytes of each pattern, its key, are looked up by their low nibbles in tables of one bit
/// per group of patterns, 16 to 64 positions at a time. What passes is looked up by the high nibbles of the first two as well, and then compared in full.
/// The only file that reaches past the checks of spans. <see cref="FindScalar"/> is its twin: same answer, one byte at a time.
/// </remarks>
internal static class SkipAhead
{
    private const int KeyLength = 4;

    // So many blocks, each with up to two line feeds at one place, and a byte still holds the number.
    private const int MaxCounted = 127;

    // How far ahead of the search the processor is told to read: its own guess comes too late for text that is in memory and in no cache.
    private const int PrefetchLength = 1024;

    /// <summary>What a line must contain to matter while no report is open; a test proves that it covers every such line.</summary>
    /// <remarks>
    /// Which four bytes are the key, and which patterns share a group, was found by trying, so that little else passes: no frequent word of system logs,
    /// in capitals or not ("killed", "kernel", "process", "memory"), and no time or date.
    /// </remarks>
    private static readonly Pattern[] Patterns =
    [
        new(2, "oo", "m-kill"),                     // "invoked oom-killer:", "oom-kill:constraint="
        new(2, "o", "om_reaper: "),
        new(2, "o", "om_kill_process: "),           // "… callbacks suppressed"
        new(2, ".o", "om.group"),
        new(5, "emor", "y: Kill"),                  // "Out of memory: Killed process", and where a container runtime cuts that in two
        new(6, "Kille", "d process "),
        new(3, "i", "ll process "),                 // "Kill process", "kill process"
        new(3, "killab", "le processes"),           // "no killable processes"
        new(3, "illi", "ng process "),              // "VM: killing process "
        new(6, "due ", "to memory "),               // "Killed … due to memory", "Marked … for killing due to memory": systemd-oomd
        new(3, "Killi", "ng '"),                    // lowmemorykiller
        new(3, "Ki", "ll '"),                       // lmkd
        new(7, "s", "igkill to "),                  // "send sigkill to 5 (": lowmemorykiller
        new(4, "V", "mRSS "),                       // "sending SIGTERM to process … VmRSS 2048 MiB": earlyoom
        new(2, "o", "mm: "),                        // "Comm: ", ", comm: "
        new(7, "Tas", "k in "),
        new(0, "Tas", "ks state"),
        new(2, "Me", "m-Info:"),
        new(2, "Me", "m-info:"),
        new(7, "Memor", "y limit reached"),
        new(1, "Memor", "y cgroup stats"),
        new(1, "", "usage "),                       // "memory: usage"; dmesg -L colours what stands before
        new(7, "", "tgid"),                         // the header of the task table
        new(0, "O", "OM victim"),
        new(0, "O", "OM killed process "),          // OpenVZ 6
        new(2, "O", "OM leaked"),                   // "Huh VM_FAULT_OOM leaked"
        new(0, "Kernel panic - n", "ot syncing: "),
        new(4, "", "E\":["),                        // a journal message that is not UTF-8, as JSON
        new(5, "E\"", " : ["),                      // the same in a pretty object
        new(4, "pag", "e allocation failure"),      // broken before its mode
        new(5, "mod", "e:0x"),                      // ", mode:0x" of an allocation failure
        new(0, "\e", "[m\e[K"),                     // the end of a match of grep --color, which may tear any of these apart
    ];

    /// <summary>The groups of each low nibble at each place of the key, and behind those of each high nibble at the first two.</summary>
    private static readonly Vector128<byte>[] Tables = MakeTables();

    /// <summary>The patterns by the first byte of their key.</summary>
    private static readonly Pattern[][] ByKey = [.. Enumerable.Range(0, 128).Select(first => Patterns.Where(pattern => pattern.Text[pattern.KeyAt] == first).ToArray())];

    /// <summary>Finds the first pattern.</summary>
    /// <param name="bytes">Complete lines.</param>
    /// <param name="lineFeeds">The line feeds before the pattern; without one, all of them.</param>
    /// <returns>Where the key of the pattern is; negative where there is none.</returns>
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
                if (IsPattern(bytes, position + at))
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
            if (IsPattern(bytes, position))
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
            if (IsPattern(bytes, position))
            {
                return position;
            }

            lineFeeds += bytes[position] == '\n' ? 1 : 0;
        }

        return -1;
    }


    private static int BlockLength => Avx512BW.IsSupported || Avx2.IsSupported ? 64 : Vector128<byte>.Count;

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
        Vector512<byte> first = Wide512(Tables[0]), second = Wide512(Tables[1]), third = Wide512(Tables[2]), fourth = Wide512(Tables[3]);
        Vector512<byte> lineFeed = Vector512.Create((byte)'\n');
        int end = bytes.Length - BlockLength - KeyLength + 1;
        int at = position;
        int count = lineFeeds;
        ulong hits = 0;
        ulong feeds = 0;
        for (; at <= end; at += BlockLength)
        {
            ref byte here = ref Unsafe.Add(ref start, at);
            Prefetch(ref here);
            Vector512<byte> block = Vector512.LoadUnsafe(ref here);
            Vector512<byte> groups = Avx512BW.Shuffle(first, block) & Avx512BW.Shuffle(second, Vector512.LoadUnsafe(ref here, 1))
                & Avx512BW.Shuffle(third, Vector512.LoadUnsafe(ref here, 2)) & Avx512BW.Shuffle(fourth, Vector512.LoadUnsafe(ref here, 3));
            feeds = Vector512.Equals(block, lineFeed).ExtractMostSignificantBits();
            if (groups != Vector512<byte>.Zero)
            {
                groups &= Avx512BW.Shuffle(Wide512(Tables[4]), HighNibbles(block)) & Avx512BW.Shuffle(Wide512(Tables[5]), HighNibbles(Vector512.LoadUnsafe(ref here, 1)));
                hits = ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
                if (hits != 0)
                {
                    break;
                }
            }

            count += BitOperations.PopCount(feeds);
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    /// <summary>Two vectors are looked at together, and line feeds counted in vectors: on such processors taking masks out of them costs more than the rest.</summary>
    private static ulong FindBlock256(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector256<byte> first = Wide256(Tables[0]), second = Wide256(Tables[1]), third = Wide256(Tables[2]), fourth = Wide256(Tables[3]);
        Vector256<byte> lineFeed = Vector256.Create((byte)'\n');
        int end = bytes.Length - BlockLength - KeyLength + 1;
        int at = position;
        int count = lineFeeds;
        ulong hits = 0;
        ulong feeds = 0;
        while (at <= end && hits == 0)
        {
            int pause = Math.Min(end, at + ((MaxCounted - 1) * BlockLength));
            Vector256<byte> counts = Vector256<byte>.Zero;
            for (; at <= pause; at += BlockLength)
            {
                ref byte here = ref Unsafe.Add(ref start, at);
                ref byte there = ref Unsafe.Add(ref here, Vector256<byte>.Count);
                Prefetch(ref here);
                Vector256<byte> block = Vector256.LoadUnsafe(ref here);
                Vector256<byte> next = Vector256.LoadUnsafe(ref there);
                Vector256<byte> groups = Avx2.Shuffle(first, block) & Avx2.Shuffle(second, Vector256.LoadUnsafe(ref here, 1))
                    & Avx2.Shuffle(third, Vector256.LoadUnsafe(ref here, 2)) & Avx2.Shuffle(fourth, Vector256.LoadUnsafe(ref here, 3));
                Vector256<byte> more = Avx2.Shuffle(first, next) & Avx2.Shuffle(second, Vector256.LoadUnsafe(ref there, 1))
                    & Avx2.Shuffle(third, Vector256.LoadUnsafe(ref there, 2)) & Avx2.Shuffle(fourth, Vector256.LoadUnsafe(ref there, 3));
                if ((groups | more) != Vector256<byte>.Zero)
                {
                    Vector256<byte> high = Wide256(Tables[4]), secondHigh = Wide256(Tables[5]);
                    groups &= Avx2.Shuffle(high, HighNibbles(block)) & Avx2.Shuffle(secondHigh, HighNibbles(Vector256.LoadUnsafe(ref here, 1)));
                    more &= Avx2.Shuffle(high, HighNibbles(next)) & Avx2.Shuffle(secondHigh, HighNibbles(Vector256.LoadUnsafe(ref there, 1)));
                    hits = ~Mask(Vector256.Equals(groups, Vector256<byte>.Zero), Vector256.Equals(more, Vector256<byte>.Zero));
                    if (hits != 0)
                    {
                        feeds = Mask(Vector256.Equals(block, lineFeed), Vector256.Equals(next, lineFeed));
                        break;
                    }
                }

                counts -= Vector256.Equals(block, lineFeed) + Vector256.Equals(next, lineFeed);
            }

            count += (int)Vector256.Sum(Avx2.SumAbsoluteDifferences(counts, Vector256<byte>.Zero).AsUInt64());
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    private static ulong FindBlock128(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out ulong ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector128<byte> first = Tables[0], second = Tables[1], third = Tables[2], fourth = Tables[3];
        Vector128<byte> nibble = Vector128.Create((byte)15);
        Vector128<byte> lineFeed = Vector128.Create((byte)'\n');
        int end = bytes.Length - BlockLength - KeyLength + 1;
        int at = position;
        int count = lineFeeds;
        uint hits = 0;
        uint feeds = 0;
        for (; at <= end; at += BlockLength)
        {
            ref byte here = ref Unsafe.Add(ref start, at);
            Vector128<byte> block = Vector128.LoadUnsafe(ref here);
            Vector128<byte> groups = Shuffle128(first, block & nibble) & Shuffle128(second, Vector128.LoadUnsafe(ref here, 1) & nibble)
                & Shuffle128(third, Vector128.LoadUnsafe(ref here, 2) & nibble) & Shuffle128(fourth, Vector128.LoadUnsafe(ref here, 3) & nibble);
            feeds = Vector128.Equals(block, lineFeed).ExtractMostSignificantBits();
            if (groups != Vector128<byte>.Zero)
            {
                groups &= Shuffle128(Tables[4], block >>> 4) & Shuffle128(Tables[5], Vector128.LoadUnsafe(ref here, 1) >>> 4);
                hits = ~Vector128.Equals(groups, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
                if (hits != 0)
                {
                    break;
                }
            }

            count += BitOperations.PopCount(feeds);
        }

        (position, lineFeeds, ends) = (at, count, feeds);
        return hits;
    }

    /// <summary>Tells whether the key of a pattern stands at a position, and the rest of the pattern around it.</summary>
    private static bool IsPattern(ReadOnlySpan<byte> bytes, int position)
    {
        byte first = bytes[position];
        foreach (Pattern pattern in first < ByKey.Length ? ByKey[first] : [])
        {
            if (pattern.KeyAt <= position && bytes[(position - pattern.KeyAt)..].StartsWith(pattern.Text))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << Vector256<byte>.Count);

    // Only a hint: an address behind the text, or of text that the collector has moved, does no harm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref byte here) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref here, PrefetchLength)));

    // The native tool is compiled for the oldest processors, where Vector128.Shuffle is a loop; whether there is SSSE3 it asks when it runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Shuffle128(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : Vector128.Shuffle(table, indices);

    private static Vector512<byte> HighNibbles(Vector512<byte> bytes) => bytes >>> 4;

    private static Vector256<byte> HighNibbles(Vector256<byte> bytes) => bytes >>> 4;

    private static Vector512<byte> Wide512(Vector128<byte> table) => Vector512.Create(Wide256(table), Wide256(table));

    private static Vector256<byte> Wide256(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector128<byte>[] MakeTables()
    {
        byte[][] tables = [.. Enumerable.Range(0, KeyLength + 2).Select(_ => new byte[Vector128<byte>.Count])];
        foreach (Pattern pattern in Patterns)
        {
            byte group = (byte)(1 << pattern.Group);
            ReadOnlySpan<byte> key = pattern.Text.AsSpan(pattern.KeyAt, KeyLength);
            for (int at = 0; at < KeyLength; at++)
            {
                tables[at][key[at] & 15] |= group;
            }

            tables[KeyLength][key[0] >> 4] |= group;
            tables[KeyLength + 1][key[1] >> 4] |= group;
        }

        return [.. tables.Select(table => Vector128.Create(table))];
    }

    /// <summary>A text that a line has, in the bytes before its key and those from there.</summary>
    private sealed class Pattern(int group, string before, string key)
    {
        public int Group => group;

        public int KeyAt => before.Length;

        public byte[] Text { get; } = Encoding.ASCII.GetBytes(before + key);
    }
}
