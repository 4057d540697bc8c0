using System.Text;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>One printk record: its level, its bytes (one in each character, newlines included), and what it says.</summary>
internal sealed record WrittenRecord(int Level, string Text, OomSections Section, Action<Expectation>? Apply = null)
{
    public long Microseconds { get; init; }

    /// <summary>Gets whether the reference lists the line but no reader need know it.</summary>
    public bool MayBeUnknown { get; init; }

    public static TaskName Name(string comm) => new(Encoding.Latin1.GetBytes(comm));

    public static WrittenRecord Free(int level, string text) => new(level, text, OomSections.None) { MayBeUnknown = true };
}
