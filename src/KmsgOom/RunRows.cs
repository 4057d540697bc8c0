using KmsgOom.Envelopes;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>The rows of the task table in a run.</summary>
internal static class RunRows
{
    /// <summary>Takes such lines as long as nothing else comes and the report has room.</summary>
    public static void TakeMany<TWrapper>(EnvelopeParser envelopes, TaskTableReader tasks, OomReport report, ref RunCursor run)
        where TWrapper : struct, IRunWrapper
    {
        if (!tasks.MayTakeMany(report, out Span<OomTask> rows))
        {
            return;
        }

        RunRoom room = new(report);
        int count = 0;
        while (count < rows.Length && room.IsLeft && run.TryTakeWrapper<TWrapper>(envelopes, report, out ReadOnlySpan<byte> text))
        {
            if (!tasks.TryReadAlignedRow(report, text, out int length, out int name, ref rows[count]) || !IsPlain(text[name..], length - name))
            {
                break;
            }

            room.Keep(text, length, run.Number);
            run.PassKept(envelopes, report, length);
            count++;
        }

        room.Close();
        report.Tasks.KeepRoom(count);
    }

    /// <summary>Takes one such line; false, and nothing changed, where it is anything else.</summary>
    /// <param name="tasks">Knows the columns.</param>
    /// <param name="report">The report, which is open in the section.</param>
    /// <param name="text">The message, and as many bytes behind it as <see cref="LineRun"/> leaves.</param>
    /// <param name="length">The length of the message, which is not empty.</param>
    /// <param name="prefix">What stood before it.</param>
    /// <param name="line">The number of the line.</param>
    /// <param name="offset">Where the line begins in the log.</param>
    public static bool TryAccept(TaskTableReader tasks, OomReport report, ReadOnlySpan<byte> text, int length, in RunPrefix prefix, long line, long offset)
    {
        if (text[0] != '[' || !tasks.TryReadShortRow(report, text, length, out int name) || !IsPlain(text[name..], length - name))
        {
            return false;
        }

        OomReportBuilder.OwnInRun(report, text, length, in prefix, line, offset);
        tasks.AddTask(report, new TaskName(ByteMask.Head(text[name..], length - name)));
        return true;
    }

    /// <summary>Tells that a name at the end of a line is nothing else: no escape, no colour, no end of a JSON record, nothing that is trimmed.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text, int length) =>
        length > 0 && (ByteMask.OfEscape(text) & ((1u << length) - 1)) == 0 && text[length - 1] is not ((byte)'{' or (byte)'>' or (byte)']' or (byte)'\r' or 0);
}
