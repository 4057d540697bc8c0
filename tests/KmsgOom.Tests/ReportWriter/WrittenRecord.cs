using System.Text;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>One printk record: its level, its bytes (one in each character, newlines included), and what it says.</summary>
internal sealed record WrittenRecord(int Level, string Text, OomSections Section, Action<Expectation>? Apply = null)
{
    public long Microseconds { get; init; }

    /// <summary>Gets whether the reference lists the line but no reader need know it.</summary>
    public bool MayBeUnknown { get; init; }

    /// <summary>Gets what is left of the line where others are missing.</summary>
    public LineStanding Standing { get; init; }

    /// <summary>Gets the task that a line about a victim names.</summary>
    public int Pid { get; init; }

    /// <summary>Gets the lines of a record that says a fact a line.</summary>
    public WrittenRecord[] Parts { get; init; } = [];

    /// <summary>Gets the pieces that the kernel prints the line in (<c>pr_cont</c>), where there are several; other CPUs may come between.</summary>
    public string[] Pieces { get; init; } = [];

    public static TaskName Name(string comm) => new(Encoding.Latin1.GetBytes(comm));

    public static WrittenRecord Free(int level, string text) => new(level, text, OomSections.None) { MayBeUnknown = true };

    /// <summary>Makes one record of lines that say a fact each.</summary>
    public static WrittenRecord Of(WrittenRecord[] lines) =>
        new(lines[0].Level, string.Join('\n', lines.Select(line => line.Text)), lines[0].Section, e => Array.ForEach(lines, line => line.Apply?.Invoke(e)))
        {
            Standing = lines[0].Standing,
            Parts = lines,
        };

    /// <summary>Breaks a line between some of its pieces, into records of their own; what they say is what the whole line says.</summary>
    public WrittenRecord[] Break(Random random)
    {
        List<string> texts = [];
        foreach (string piece in Pieces)
        {
            if (texts.Count == 0 || random.Next(2) == 0)
            {
                texts.Add(piece);
            }
            else
            {
                texts[^1] += piece;
            }
        }

        return texts.Count < 2 ? [this] : [.. texts.Select(text => this with { Text = text })];
    }

    /// <summary>Takes a record apart where each line of it stands for itself, as on a console.</summary>
    public WrittenRecord[] Split() => Parts.Length == 0 ? [this] : [.. Parts.Select(part => part with { Microseconds = Microseconds })];
}
