using System.Globalization;
using System.Text;
using CsCheck;
using KmsgOom.Cli.Text;

namespace KmsgOom.Tests.Cli;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("java", "java")]
    [InlineData("naïve 漢", "naïve 漢")]
    [InlineData(@"a\x2db", @"a\x2db")]
    [InlineData("a\e[0mb", @"a\x1b[0mb")]
    [InlineData("a\nb\r\t\0", @"a\nb\r\t\x00")]
    [InlineData("\u007f\u009b", @"\x7f\x9b")]
    [InlineData("\u202eevil\u2066\u2069", @"\u202eevil\u2066\u2069")]
    [InlineData("\u200b\ufeff\u2028", @"\u200b\ufeff\u2028")]
    [InlineData("\U000e0041", @"\U000e0041")]
    public void Of_EscapesWhatATerminalObeys(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Of(text));
        Assert.Equal(expected, PrintableText.Of(expected));
    }

    [Fact]
    public void Of_ReplacesALoneSurrogate() => Assert.Equal("a\ufffd", PrintableText.Of("a" + '\ud800'));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("Web Content", "Web Content")]
    public void OfName_MakesBlanksVisible(string name, string expected) => Assert.Equal(expected, PrintableText.OfName(new TaskName(name)));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("漢字", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001f600", 2)]
    public void CountColumns_KnowsWideAndCombining(string text, int expected) => Assert.Equal(expected, PrintableText.CountColumns(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc…fg")]
    [InlineData("漢字漢字", 6, "漢…字")]
    public void Shorten_KeepsBothEnds(string text, int columns, string expected) => Assert.Equal(expected, PrintableText.Shorten(text, columns));

    [Theory]
    [InlineData("aa bb cc", 5, "aa bb|cc")]
    [InlineData("/kubepods/pod-1/ctr", 10, "/kubepods/|pod-1/ctr")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("", 5, "")]
    [InlineData("漢字漢", 5, "漢字|漢")]
    public void Wrap_BreaksAtBlanksThenSlashesThenAnywhere(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', LineWrap.Wrap(text, width)));

    /// <summary>Piece by piece, each a string: blanks end words, slashes and bars the parts of one that is too long, and what is still too long ends anywhere.</summary>
    [Fact]
    public void Wrap_OfAnyText_IsWhatItsPiecesMake()
    {
        Gen<string> text = Gen.OneOf("a", "bc", " ", "  ", "/", "|", "\u6F22", "e\u0301", "\U0001f600", "abcdefghijkl", "\u00A0").Array[0, 24].Select(string.Concat);
        Gen.Select(text, Gen.Int[1, 12]).Sample((whole, width) => Assert.Equal(Expected(whole, width), LineWrap.Wrap(whole, width)), iter: 20_000);

        static List<string> Expected(string whole, int width)
        {
            if (Columns(whole) <= width)
            {
                return [whole.TrimEnd(' ')];
            }

            List<string> lines = [];
            string line = "";
            foreach (string piece in Behind(whole, ' ', ' ').SelectMany(word => Columns(word) <= width ? [word] : Behind(word, '/', '|').SelectMany(part => Anywhere(part, width))))
            {
                if (PrintableText.CountColumns(line) > 0 && PrintableText.CountColumns(line) + Columns(piece) > width)
                {
                    lines.Add(line.TrimEnd(' '));
                    line = "";
                }

                line += piece;
            }

            return [.. lines, line.TrimEnd(' ')];
        }

        static int Columns(string piece) => PrintableText.CountColumns(piece.TrimEnd(' '));

        static IEnumerable<string> Behind(string text, char one, char other)
        {
            for (int start = 0; start < text.Length;)
            {
                int at = text.AsSpan(start).IndexOfAny(one, other);
                int length = at < 0 ? text.Length - start : at + 1;
                yield return text.Substring(start, length);
                start += length;
            }
        }

        static IEnumerable<string> Anywhere(string part, int width)
        {
            string piece = "";
            foreach (Rune rune in part.EnumerateRunes())
            {
                if (PrintableText.CountColumns(piece + rune) > width)
                {
                    yield return piece;
                    piece = "";
                }

                piece += rune;
            }

            yield return piece;
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(48, "48 KiB")]
    [InlineData(1024, "1.0 MiB")]
    [InlineData(99620, "97.3 MiB")]
    [InlineData(102350, "100 MiB")]
    [InlineData(10485759, "10240 MiB")]
    [InlineData(10485760, "10.0 GiB")]
    [InlineData(long.MaxValue, "8589934592 TiB")]
    public void Sizes_AreMiB_UntilTheyAreLarge(long kib, string expected) => Assert.Equal(expected, Sizes.FromKiB(kib));

    [Fact]
    public void Sizes_AreRoundedAsDoublesAre() =>
        Gen.OneOf(Gen.Double[-200, 200], Gen.Double[-1, 1], Gen.Double[-1e9, 1e9], Gen.Double[-1e300, 1e300], Gen.Int[-4000, 4000].Select(parts => parts / 20.0)).Where(mib => mib != 0).Sample(
            mib =>
            {
                double rounded = Math.Round(mib, 1, MidpointRounding.AwayFromZero);
                string expected = Math.Abs(rounded) < 100
                    ? rounded.ToString("F1", CultureInfo.InvariantCulture)
                    : Math.Round(mib, MidpointRounding.AwayFromZero).ToString("F0", CultureInfo.InvariantCulture);
                Assert.Equal(expected, Sizes.ToMiBNumber(mib));
            },
            iter: 50_000);
}
