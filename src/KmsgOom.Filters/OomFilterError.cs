namespace KmsgOom;

/// <summary>Why a filter cannot be used.</summary>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Text">The filter.</param>
/// <param name="Position">Where, as an index into <paramref name="Text"/>; its length for the end.</param>
public sealed record OomFilterError(string Message, string Text, int Position)
{
    private const int Width = 72;

    /// <summary>Writes the message, the part of the filter that it is about, and a caret below the place; three lines without a line end behind the last.</summary>
    public override string ToString()
    {
        int start = Math.Max(0, Position - (Width / 2));
        string part = Text.Substring(start, Math.Min(Width, Text.Length - start));

        // Anything but printable ASCII would move the caret.
        string shown = string.Concat(part.Select(c => c is < ' ' or > '~' ? '?' : c));
        return $"{Message}\n  {shown}\n  {new string(' ', Position - start)}^";
    }
}
