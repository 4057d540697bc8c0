using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>The lines of a call trace in a run: frames, the marks around them, registers.</summary>
internal static class RunFrames
{
    // The names and values of one line.
    private const int MaxParts = 16;

    /// <summary>Takes such lines as long as nothing else comes and the report has room.</summary>
    public static void TakeMany<TWrapper>(EnvelopeParser envelopes, OomReport report, ref RunCursor run)
        where TWrapper : struct, IRunWrapper
    {
        RunRoom room = new(report);
        Span<TextRange> frames = report.CallTrace.Room;
        Span<RegisterEntry> registers = report.Registers.Room;
        int count = 0;
        int registerCount = 0;
        while (count < frames.Length && room.IsLeft && run.TryTakeWrapper<TWrapper>(envelopes, report, out ReadOnlySpan<byte> text))
        {
            int length = ByteMask.LengthOfLine(text);
            if (length is >= LineRun.MinLength and < ByteMask.Width && TraceLine.IsShortFrame(text, length, out int indent))
            {
                frames[count++] = new TextRange(room.KeepShort(text, length, run.Number) + indent, length - indent);
            }
            else if (length < ByteMask.Width && TraceLine.IsTaskMark(text, length))
            {
                room.KeepShort(text, length, run.Number);
            }
            else if (!TryTakeRegisters(text, ref length, registers[registerCount..], ref room, run.Number, ref registerCount))
            {
                break;
            }

            run.PassKept(envelopes, report, length);
        }

        room.Close();
        report.CallTrace.KeepRoom(count);
        report.Registers.KeepRoom(registerCount);
    }

    /// <summary>Takes one such line; false, and nothing changed, where it is anything else.</summary>
    /// <param name="report">The report, which is open in the section.</param>
    /// <param name="text">The message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the message, which is not empty.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public static bool TryAccept(OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        if (TraceLine.IsShortFrame(text, length, out int indent))
        {
            report.CallTrace.Add(new TextRange(OomReportBuilder.OwnInRun(report, text, length, in prefix, line, offset) + indent, length - indent));
            return true;
        }

        if (TraceLine.IsTaskMark(text, length))
        {
            OomReportBuilder.OwnInRun(report, text, length, in prefix, line, offset);
            return true;
        }

        return false;
    }

    private static bool TryTakeRegisters(ReadOnlySpan<byte> text, ref int length, Span<RegisterEntry> registers, ref RunRoom room, long number, ref int count)
    {
        if (length == ByteMask.Width && registers.Length >= 3 && TraceLine.IsThreeRegisters(text))
        {
            length = TraceLine.ThreeRegistersLength;
            int first = room.Keep(text, length, number);
            registers[0] = RegisterAt(first);
            registers[1] = RegisterAt(first + TraceLine.RegisterDistance);
            registers[2] = RegisterAt(first + (2 * TraceLine.RegisterDistance));
            count += 3;
            return true;
        }

        if (length is < LineRun.MinLength or >= ByteMask.Width || text[0] is < (byte)'A' or > (byte)'Z' || registers.Length < MaxParts / 2)
        {
            return false;
        }

        Span<TextRange> parts = stackalloc TextRange[MaxParts];
        int partCount = TraceLine.ReadShortRegisters(text, length, parts);
        if (partCount == 0)
        {
            return false;
        }

        int start = room.KeepShort(text, length, number);
        for (int at = 0; at < partCount; at += 2)
        {
            registers[at / 2] = new RegisterEntry(parts[at].Shift(start), parts[at + 1].Shift(start));
        }

        count += partCount / 2;
        return true;
    }

    private static RegisterEntry RegisterAt(int start) =>
        new(new TextRange(start, TraceLine.RegisterNameLength), new TextRange(start + TraceLine.RegisterValue, TraceLine.RegisterValueLength));
}
