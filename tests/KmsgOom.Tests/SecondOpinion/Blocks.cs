using System.Globalization;
using Pidgin;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>What the grammars of the second opinion are built from.</summary>
/// <remarks>
/// Written from the format reference alone and made to be read, not to be fast: it exists to disagree with the parser under test.
/// A message is text decoded as Latin-1, so that one character is one byte of the kernel's.
/// </remarks>
internal static class Blocks
{
    /// <summary>All that is left, newlines included.</summary>
    public static readonly Parser<char, string> Rest = Parser<char>.Any.ManyString();

    /// <summary>Padding of at least one blank.</summary>
    public static readonly Parser<char, Unit> Blanks = Char(' ').SkipAtLeastOnce();

    /// <summary>A run of anything but blanks and newlines.</summary>
    public static readonly Parser<char, string> Word = AnyCharExcept(' ', '\n').AtLeastOnceString();

    /// <summary>%lu and %ld; the only numbers that need the 64th bit are the fail counts.</summary>
    public static readonly Parser<char, long> Number = Try(
        from sign in Char('-').Optional()
        from digits in Digit.AtLeastOnceString()
        let text = sign.HasValue ? "-" + digits : digits
        where long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        select long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    /// <summary>%d and %hd.</summary>
    public static readonly Parser<char, int> Number32 =
        Try(Number.Where(number => number is >= int.MinValue and <= int.MaxValue).Select(number => (int)number));

    /// <summary>%llu.</summary>
    public static readonly Parser<char, ulong> Number64 = Try(
        from digits in Digit.AtLeastOnceString()
        where ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>%*pbl: "0", "0-1", "0,2-3" or nothing. A comma belongs to the list only if a digit follows.</summary>
    public static readonly Parser<char, string> NodeList =
        NodeRange().Separated(Try(Char(',').Before(Lookahead(Digit)))).Select(ranges => string.Join(',', ranges));

    /// <summary>A node list, or null for the kernel's "(null)".</summary>
    public static readonly Parser<char, string?> NodeMask =
        Words("(null)").Select(_ => (string?)null).Or(NodeList.Select(list => (string?)list));

    /// <summary>Exactly this text; takes nothing when it is not there.</summary>
    public static Parser<char, string> Words(string text) => Try(String(text));

    /// <summary>"key:123kB".</summary>
    public static Parser<char, long> KiB(string key) => Words(key + ":").Then(Number).Before(Words("kB"));

    public static Parser<char, T?> OrNull<T>(Parser<char, T> parser)
        where T : struct => Try(parser).Select(value => (T?)value).Or(Parser<char>.Return<T?>(null));

    public static Parser<char, string?> OrNull(Parser<char, string> parser) =>
        Try(parser).Select(value => (string?)value).Or(Parser<char>.Return<string?>(null));

    /// <summary>Any text, as long as it can be so that the tail still fits up to the end of the message.</summary>
    /// <remarks>A task may name itself after the tail; the tail the kernel printed is the last one.</remarks>
    public static Parser<char, (string Text, T Tail)> LongestBefore<T>(Parser<char, T> tail) =>
        Rest.Bind(text => FirstFit(text, tail.Before(Parser<char>.End), Enumerable.Range(0, text.Length + 1).Reverse()));

    /// <summary>Any text, as short as it can be so that the tail still fits up to the end of the message.</summary>
    public static Parser<char, (string Text, T Tail)> ShortestBefore<T>(Parser<char, T> tail) =>
        Rest.Bind(text => FirstFit(text, tail.Before(Parser<char>.End), Enumerable.Range(0, text.Length + 1)));

    /// <summary>Reads the whole message; null when it is something else.</summary>
    public static T? ReadWhole<T>(this Parser<char, T> grammar, string message)
        where T : class
    {
        Result<char, T> result = grammar.Before(Parser<char>.End).Parse(message);
        return result.Success ? result.Value : null;
    }

    private static Parser<char, string> NodeRange() =>
        from first in Digit.AtLeastOnceString()
        from last in OrNull(Char('-').Then(Digit.AtLeastOnceString()))
        select last is null ? first : first + "-" + last;

    private static Parser<char, (string Text, T Tail)> FirstFit<T>(string text, Parser<char, T> tail, IEnumerable<int> splits)
    {
        foreach (int split in splits)
        {
            Result<char, T> result = tail.Parse(text[split..]);
            if (result.Success)
            {
                return Parser<char>.Return((text[..split], result.Value));
            }
        }

        return Parser<char>.Fail<(string Text, T Tail)>("no place where the tail fits");
    }
}
