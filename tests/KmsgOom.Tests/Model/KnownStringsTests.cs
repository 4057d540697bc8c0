using System.Text;

namespace KmsgOom.Tests.Model;

public class KnownStringsTests
{
    [Theory]
    [InlineData("a b c")]
    [InlineData("c b a")]
    [InlineData("a x b")]
    [InlineData("x")]
    [InlineData("b b a ä c")]
    [InlineData("a-string-that-is-longer-than-any-that-is-known a")]
    public void Get_WhateverCameBefore_IsTheText(string text)
    {
        KnownStrings known = new("a", "b", "c");
        string[] words = text.Split(' ');
        for (int round = 0; round < 3; round++)
        {
            int place = 0;
            foreach (string word in words)
            {
                string found = known.Get(Encoding.UTF8.GetBytes(word), ref place);
                Assert.Equal(word, found);
                Assert.Equal(known.All.Contains(word), known.All.Any(one => ReferenceEquals(one, found)));
            }

            Array.Reverse(words);
        }
    }
}
