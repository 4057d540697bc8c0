using KmsgOom.Envelopes;
using KmsgOom.Framing;
using KmsgOom.Lines;

namespace KmsgOom;

/// <content>Lines that a terminal cut at its width, see <see cref="FoldedLines"/>.</content>
public sealed partial class OomParser
{
    // "Memory cgroup out of memory: Killed process "
    private const int MaxKillStart = 64;

    private readonly FoldedLines _folded = new();

    /// <summary>
    /// Tells whether a line shows the width if it has no wrapper: the one before has the kernel's, and is no row of a table, which all have one length.
    /// </summary>
    /// <remarks>Only while a report is open: elsewhere lines may be skipped unread.</remarks>
    private bool MayShowWidth(long before) => before == _envelopes.LastOfKernel && _assembler.Reports.HasOpen && !_assembler.Reports.IsInTable;

    /// <summary>Holds a line that may be cut, or adds the rest to it; false where it is neither.</summary>
    private bool TryAcceptFolded(ReadOnlySpan<byte> line)
    {
        long offset = _lines.LineOffset;
        _folded.ForgetIfLonger(line.Length);
        EnvelopeOrigin origin = _envelopes.OriginByWrapper(line, out _);
        if (origin == EnvelopeOrigin.Unknown && _folded.IsHolding && TryAppend(line, offset))
        {
            if (!_folded.MayBeCut(line.Length))
            {
                ReleaseHeld();
            }

            return true;
        }

        ReleaseHeld();
        if (origin != EnvelopeOrigin.Kernel || !_folded.MayBeCut(line.Length))
        {
            return false;
        }

        _folded.Hold(line, _lines.Lines, offset);
        return true;
    }

    private bool TryAppend(ReadOnlySpan<byte> row, long offset)
    {
        _envelopes.OriginByWrapper(_folded.Held, out int wrapper);
        ReadOnlySpan<byte> begun = _folded.Held[wrapper..];
        return IsRest(begun, row) && _folded.TryAppend(row, offset, isProof: begun is not [(byte)'[', ..]);
    }

    /// <summary>Tells whether a row may be the rest of a message. No kill is lost: one in the row has begun in the message, or is a line of its own.</summary>
    private static bool IsRest(ReadOnlySpan<byte> begun, ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] is (byte)'{' or 0x1B)
        {
            return false;
        }

        if (row.IndexOf(KilledLine.Killed) < 0)
        {
            return true;
        }

        Span<byte> kill = stackalloc byte[2 * MaxKillStart];
        int length = Math.Min(row.Length, MaxKillStart);
        return begun.Length <= MaxKillStart && begun.TryCopyTo(kill) && row[..length].TryCopyTo(kill[begun.Length..])
            && KilledLine.Classify(kill[..(begun.Length + length)]) == OomLineKind.Killed;
    }

    private void ReleaseHeld()
    {
        if (_folded.IsHolding)
        {
            ReadOnlySpan<byte> held = _folded.Held;
            _folded.Release();
            Accept(held, _folded.HeldNumber, _folded.HeldOffset);
        }
    }
}
