using System.Text;
using KmsgOom.Text;

namespace KmsgOom.Tests.Text;

public class ByteMaskTests
{
    private const string Digits = "0123456789";
    private const string Small = "abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Masks_OfEachByteAtEachPlace_AreThatBit()
    {
        string symbol = Digits + Small + Small.ToUpperInvariant() + "_.";
        for (int value = 0; value < 256; value++)
        {
            for (int place = 0; place < ByteMask.Width; place++)
            {
                byte[] text = Encoding.ASCII.GetBytes(new string('a', ByteMask.Width));
                text[place] = (byte)value;
                ulong bit = 1UL << place;
                Assert.Equal(value == 'a' ? ulong.MaxValue : ~bit, ByteMask.Of(text, (byte)'a'));
                Assert.Equal((Digits + Small + "_").Contains((char)value, StringComparison.Ordinal) ? 0 : bit, ByteMask.NotOfKey(text));
                Assert.Equal(place < 16 && (value is '\\' or '[' or '#' or 0x1B or 0) ? (uint)bit : 0, ByteMask.OfEscape(text));
                Assert.Equal(ulong.MaxValue - (char.IsAsciiDigit((char)value) || char.IsAsciiLetterUpper((char)value) || value == '_' ? bit : 0), ByteMask.NotOfRegister(text));
                Assert.Equal(char.IsAsciiHexDigitLower((char)value) || value is ':' or 'x' ? 0 : bit, ByteMask.NotOfRegisterValue(text));
                Assert.Equal(char.IsAsciiDigit((char)value) ? ulong.MaxValue - bit : ulong.MaxValue, ByteMask.NotOfNumber(text));
                Assert.Equal(symbol.Contains((char)value, StringComparison.Ordinal) ? 0 : bit, ByteMask.NotOfSymbol(text));
                Assert.Equal((uint)ByteMask.NotOfKey(text), ByteMask.NotOfShortKey(text));
                Assert.Equal(value is < ' ' or > 0x7F or '[' or '\\' or ']' or '<' or '#' ? bit : 0, ByteMask.OfDisturbance(text));
                Assert.Equal(value == '\n' ? place : ByteMask.Width, ByteMask.LengthOfLine(text));
            }
        }
    }

    [Fact]
    public void IndexOf_LooksNoFurtherThanItWasTold()
    {
        byte[] text = new byte[4 * ByteMask.Width];
        for (int place = 0; place < text.Length; place++)
        {
            text[place] = (byte)'\n';
            Assert.Equal(place < 2 * ByteMask.Width ? place : -1, ByteMask.IndexOf(text, (byte)'\n', 2 * ByteMask.Width));
            text[place] = 0;
        }
    }

    [Fact]
    public void StartsWith_LooksAtAsManyBytesAsItWasTold()
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('a', ByteMask.Width));
        for (int place = 0; place < ByteMask.Width; place++)
        {
            byte[] other = [.. text];
            other[place] = (byte)'b';
            for (int length = 0; length <= ByteMask.Width; length++)
            {
                Assert.Equal(text.AsSpan().StartsWith(other.AsSpan(0, length)), ByteMask.StartsWith(text, other, length));
            }
        }
    }

    [Fact]
    public void Head_OfEachLength_IsTheTaskName()
    {
        byte[] text = Encoding.ASCII.GetBytes("kworker/u8:3-events");
        for (int length = 0; length <= TaskName.MaxLength; length++)
        {
            Assert.Equal(new TaskName(text.AsSpan(0, length)), new TaskName(ByteMask.Head(text, length)));
        }
    }

    [Fact]
    public void Tokens_OfRandomText_BeginAndEndAtBlanks()
    {
        Random random = new(5);
        byte[] text = new byte[TokenWalk.Length];
        for (int round = 0; round < 2_000; round++)
        {
            int blanks = random.Next(1, 10);
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = (byte)(random.Next(10) < blanks ? ' ' : 'x');
            }

            TokenWalk tokens = new(text);
            for (int at = 0; at < text.Length; at++)
            {
                if ((text[at] == ' ') != (at == 0 || text[at - 1] == ' '))
                {
                    Assert.Equal(at, tokens.Next());
                }
            }

            Assert.Equal(TokenWalk.Length, tokens.Next());
            Assert.Equal(TokenWalk.Length, tokens.Next());
        }
    }
}
