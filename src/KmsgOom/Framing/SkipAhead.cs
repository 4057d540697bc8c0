using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KmsgOom.Framing;

/// <summary>Searches raw bytes for the next line that a report may begin with, or that a held report waits for, and counts line feeds on the way.</summary>
/// <remarks>
/// A search for many patterns at once (the "Teddy" of Hyperscan): the first three bytes of each pattern are looked up by their
/// nibbles in tables of one bit per group of patterns, 16 to 64 positions at a time; what passes is compared in full. The only file with
/// intrinsics. <see cref="FindScalar"/> is its twin: same answer, one byte at a time.
/// </remarks>
internal static class SkipAhead
{
    private const int FingerprintLength = 3;

    /// <summary>What a line must contain to matter while no report is open; a test proves that it covers every such line.</summary>
    private static readonly byte[][] Patterns =
    [
        "om-kill"u8.ToArray(),              // "invoked oom-killer:", "oom-kill:constraint="
        "om_reaper: "u8.ToArray(),
        "om_kill_process: "u8.ToArray(),    // "… callbacks suppressed"
        ".oom.group"u8.ToArray(),
        "Kill"u8.ToArray(),                 // "Killed process", "Kill process"
        "kill process "u8.ToArray(),
        "killable"u8.ToArray(),             // "no killable processes"
        "killing due "u8.ToArray(),         // "Marked … for killing due to": systemd-oomd; "Killed …" is above
        "killing process "u8.ToArray(),     // "VM: killing process "
        "kill to "u8.ToArray(),             // "send sigkill to 5 (": lowmemorykiller
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
    ];

    // Patterns with the same beginning share a group, since they pass the tables together anyway; the rest was found by trying, so that next to nothing else in system logs passes.
    private static readonly byte[] Groups = [3, 3, 3, 4, 7, 4, 4, 4, 4, 4, 2, 0, 5, 5, 7, 7, 7, 7, 0, 5, 5, 2, 1, 6, 1];

    private static readonly Vector128<byte>[] LowTables = MakeTables(static value => value & 15);
    private static readonly Vector128<byte>[] HighTables = MakeTables(static value => value >> 4);

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
            position = FindCandidate(bytes, position, ref lineFeeds);
            if (position < 0)
            {
                return -1;
            }

            if (IsPattern(bytes[position..]))
            {
                return position;
            }

            lineFeeds += bytes[position] == '\n' ? 1 : 0;
            position++;
        }
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

    /// <summary>Finds the next position whose first three bytes pass the tables, and counts the line feeds from <paramref name="position"/> to there.</summary>
    private static int FindCandidate(ReadOnlySpan<byte> bytes, int position, ref int lineFeeds)
    {
        if (Avx512BW.IsSupported)
        {
            Block512(bytes, ref position, ref lineFeeds, out int found);
            if (found >= 0)
            {
                return found;
            }
        }
        else if (Avx2.IsSupported)
        {
            Block256(bytes, ref position, ref lineFeeds, out int found);
            if (found >= 0)
            {
                return found;
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Block128(bytes, ref position, ref lineFeeds, out int found);
            if (found >= 0)
            {
                return found;
            }
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

    private static void Block512(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out int found)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector512<byte> low0 = Wide512(LowTables[0]), low1 = Wide512(LowTables[1]), low2 = Wide512(LowTables[2]);
        Vector512<byte> high0 = Wide512(HighTables[0]), high1 = Wide512(HighTables[1]), high2 = Wide512(HighTables[2]);
        Vector512<byte> nibble = Vector512.Create((byte)15);
        Vector512<byte> lineFeed = Vector512.Create((byte)'\n');
        int end = bytes.Length - Vector512<byte>.Count - FingerprintLength + 1;
        for (; position <= end; position += Vector512<byte>.Count)
        {
            Vector512<byte> block = Vector512.LoadUnsafe(ref start, (nuint)position);
            Vector512<byte> next = Vector512.LoadUnsafe(ref start, (nuint)position + 1);
            Vector512<byte> third = Vector512.LoadUnsafe(ref start, (nuint)position + 2);
            Vector512<byte> groups = Avx512BW.Shuffle(low0, block & nibble) & Avx512BW.Shuffle(high0, Shift(block) & nibble)
                & Avx512BW.Shuffle(low1, next & nibble) & Avx512BW.Shuffle(high1, Shift(next) & nibble)
                & Avx512BW.Shuffle(low2, third & nibble) & Avx512BW.Shuffle(high2, Shift(third) & nibble);
            ulong ends = Vector512.Equals(block, lineFeed).ExtractMostSignificantBits();
            ulong hits = ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
            if (hits != 0)
            {
                int first = BitOperations.TrailingZeroCount(hits);
                lineFeeds += BitOperations.PopCount(ends & ((1UL << first) - 1));
                found = position + first;
                return;
            }

            lineFeeds += BitOperations.PopCount(ends);
        }

        found = -1;
    }

    private static void Block256(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out int found)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector256<byte> low0 = Wide256(LowTables[0]), low1 = Wide256(LowTables[1]), low2 = Wide256(LowTables[2]);
        Vector256<byte> high0 = Wide256(HighTables[0]), high1 = Wide256(HighTables[1]), high2 = Wide256(HighTables[2]);
        Vector256<byte> nibble = Vector256.Create((byte)15);
        Vector256<byte> lineFeed = Vector256.Create((byte)'\n');
        int end = bytes.Length - Vector256<byte>.Count - FingerprintLength + 1;
        for (; position <= end; position += Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.LoadUnsafe(ref start, (nuint)position);
            Vector256<byte> next = Vector256.LoadUnsafe(ref start, (nuint)position + 1);
            Vector256<byte> third = Vector256.LoadUnsafe(ref start, (nuint)position + 2);
            Vector256<byte> groups = Avx2.Shuffle(low0, block & nibble) & Avx2.Shuffle(high0, (block.AsUInt16() >>> 4).AsByte() & nibble)
                & Avx2.Shuffle(low1, next & nibble) & Avx2.Shuffle(high1, (next.AsUInt16() >>> 4).AsByte() & nibble)
                & Avx2.Shuffle(low2, third & nibble) & Avx2.Shuffle(high2, (third.AsUInt16() >>> 4).AsByte() & nibble);
            uint ends = Vector256.Equals(block, lineFeed).ExtractMostSignificantBits();
            uint hits = ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
            if (hits != 0)
            {
                int first = BitOperations.TrailingZeroCount(hits);
                lineFeeds += BitOperations.PopCount(ends & ((1U << first) - 1));
                found = position + first;
                return;
            }

            lineFeeds += BitOperations.PopCount(ends);
        }

        found = -1;
    }

    private static void Block128(ReadOnlySpan<byte> bytes, ref int position, ref int lineFeeds, out int found)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector128<byte> nibble = Vector128.Create((byte)15);
        Vector128<byte> lineFeed = Vector128.Create((byte)'\n');
        int end = bytes.Length - Vector128<byte>.Count - FingerprintLength + 1;
        for (; position <= end; position += Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref start, (nuint)position);
            Vector128<byte> groups = Vector128<byte>.AllBitsSet;
            for (int at = 0; at < FingerprintLength; at++)
            {
                Vector128<byte> shifted = Vector128.LoadUnsafe(ref start, (nuint)(position + at));
                groups &= Shuffle128(LowTables[at], shifted & nibble) & Shuffle128(HighTables[at], (shifted.AsUInt16() >>> 4).AsByte() & nibble);
            }

            uint ends = Vector128.Equals(block, lineFeed).ExtractMostSignificantBits();
            uint hits = ~Vector128.Equals(groups, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            if (hits != 0)
            {
                int first = BitOperations.TrailingZeroCount(hits);
                lineFeeds += BitOperations.PopCount(ends & ((1U << first) - 1));
                found = position + first;
                return;
            }

            lineFeeds += BitOperations.PopCount(ends);
        }

        found = -1;
    }

    private static bool IsPattern(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] pattern in Patterns)
        {
            if (pattern[0] == bytes[0] && bytes.StartsWith(pattern))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Shift(Vector512<byte> block) => (block.AsUInt16() >>> 4).AsByte();

    // The native tool is compiled for the oldest processors, where Vector128.Shuffle is a loop; whether there is SSSE3 it asks when it runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Shuffle128(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : Vector128.Shuffle(table, indices);

    private static Vector512<byte> Wide512(Vector128<byte> table) => Vector512.Create(Wide256(table), Wide256(table));

    private static Vector256<byte> Wide256(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector128<byte>[] MakeTables(Func<int, int> nibble)
    {
        Vector128<byte>[] tables = new Vector128<byte>[FingerprintLength];
        for (int at = 0; at < FingerprintLength; at++)
        {
            byte[] table = new byte[16];
            for (int pattern = 0; pattern < Patterns.Length; pattern++)
            {
                table[nibble(Patterns[pattern][at])] |= (byte)(1 << Groups[pattern]);
            }

            tables[at] = Vector128.Create(table);
        }

        return tables;
    }
}
