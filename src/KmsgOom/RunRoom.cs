using System.Runtime.CompilerServices;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>The room that a report has left for the text of further lines: what is put there is the report's when it is closed.</summary>
/// <remarks>Lines that need more than is there go the long way, one by one, so that a report grows at the same lines however it is read.</remarks>
internal ref struct RunRoom
{
    private readonly OomReport _report;
    private readonly Span<byte> _text;
    private readonly Span<ReportLine> _lines;
    private readonly int _before;
    private readonly OomSections _section;
    private int _kept;
    private int _count;

    public RunRoom(OomReport report)
    {
        _report = report;
        _text = report.TextRoom;
        _lines = report.Lines.Room;
        _before = report.Text.Length;
        _section = report.Facts.Section;
    }

    /// <summary>Gets whether there is room for another line of up to <see cref="TokenWalk.Length"/> bytes.</summary>
    public readonly bool IsLeft => _kept <= _text.Length - TokenWalk.Length && _count < _lines.Length;

    /// <summary>Keeps the text of a line of up to 64 bytes; it has as many, whatever is behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int KeepShort(ReadOnlySpan<byte> text, int length, long number)
    {
        text[..ByteMask.Width].CopyTo(_text[_kept..]);
        return Keep(length, number);
    }

    /// <summary>Keeps the text of a line of up to 128 bytes; it has as many, whatever is behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Keep(ReadOnlySpan<byte> text, int length, long number)
    {
        text[..TokenWalk.Length].CopyTo(_text[_kept..]);
        return Keep(length, number);
    }

    /// <summary>Makes the lines the report's.</summary>
    public readonly void Close()
    {
        _report.KeepRoom(_kept);
        _report.Lines.KeepRoom(_count);
        _report.Facts.OwnedLines += _count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Keep(int length, long number)
    {
        int start = _before + _kept;
        _lines[_count++] = new ReportLine(number, new TextRange(start, length), _section, IsKnown: true);
        _kept += length;
        return start;
    }
}
