using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KmsgOom.Text;

/// <summary>Four numbers of up to eight digits that stand at known places, read at once; a lane without a place is zero.</summary>
internal struct NumberLanes
{
    public const int Count = 4;

    private static readonly Vector256<sbyte> TensOfPairs = Vector256.Create((short)0x010A).AsSByte();
    private static readonly Vector256<short> HundredsOfFours = Vector256.Create(0x0001_0064).AsInt16();
    private static readonly Vector256<uint> TenThousands = Vector256.Create(10_000u);

    // Which eight bytes hold each number, which bits of them are its digits (those of a blank are zero), and how far they are from the end.
    private (int First, int Second, int Third, int Fourth) _offsets;
    private Vector256<ulong> _digits;
    private Vector256<ulong> _shifts;

    /// <summary>Says where the number of a lane may stand: behind one place, up to another.</summary>
    public void Set(int lane, int before, int end)
    {
        int offset = Math.Max(0, end - sizeof(ulong));
        int first = Math.Max(offset, before + 1);
        ulong digits = (0x0F0F0F0F0F0F0F0Ful >> ((sizeof(ulong) - (end - first)) * 8)) << ((first - offset) * 8);
        _digits = _digits.WithElement(lane, digits);
        _shifts = _shifts.WithElement(lane, (ulong)(sizeof(ulong) - (end - offset)) * 8);
        switch (lane)
        {
            case 0:
                _offsets.First = offset;
                break;
            case 1:
                _offsets.Second = offset;
                break;
            case 2:
                _offsets.Third = offset;
                break;
            default:
                _offsets.Fourth = offset;
                break;
        }
    }

    /// <summary>Reads the numbers; there is nothing but digits and blanks where they may stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Read(ReadOnlySpan<byte> text, Span<long> values)
    {
        Vector256<ulong> words = _digits & Vector256.Create(Word(text, _offsets.First), Word(text, _offsets.Second), Word(text, _offsets.Third), Word(text, _offsets.Fourth));
        if (Avx2.IsSupported)
        {
            // As Swar.Combine does it: pairs, then fours, then all.
            Vector256<byte> digits = Avx2.ShiftLeftLogicalVariable(words, _shifts).AsByte();
            Vector256<int> fours = Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(digits, TensOfPairs), HundredsOfFours);
            (Avx2.Multiply(fours.AsUInt32(), TenThousands) + (fours.AsUInt64() >>> 32)).AsInt64().CopyTo(values);
            return;
        }

        for (int lane = 0; lane < Count; lane++)
        {
            values[lane] = Swar.Combine(words[lane] << (int)_shifts[lane]);
        }
    }

    private static ulong Word(ReadOnlySpan<byte> text, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(offset, sizeof(ulong)));
}
