using System.Globalization;
using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Allocation flags; the names are null where the kernel (up to 4.5) prints only the number.</summary>
internal sealed record Gfp(uint Mask, IReadOnlyList<string>? Names);

internal static class GfpGrammar
{
    // "0x%x", since 4.6 "%#x(%pGg)"; the last name may be a bare hex number, and "0x0()" has none.
    public static readonly Parser<char, Gfp> Mask =
        from digits in Words("0x").Then(Parser<char>.Token(char.IsAsciiHexDigit).AtLeastOnceString())
        where uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
        from names in OrNull(AnyCharExcept(')').ManyString().Between(Char('('), Char(')')))
        select new Gfp(
            uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            names?.Split('|', StringSplitOptions.RemoveEmptyEntries));
}
