using System.Collections.Immutable;

namespace KmsgOom.Tests.Model;

public sealed class KeptLinesTests
{
    private static readonly ImmutableArray<OomLine> Lines =
    [
        new(7, OomSections.Trigger, " one kill "),
        new(8, OomSections.Victim, "two"),
        new(9, OomSections.Victim, "three kills"),
        new(11, OomSections.Victim, "four kılls, \ud800 kills"),
    ];

    private readonly KeptLines _kept = KeptLines.Of(Lines);

    [Theory]
    [InlineData(OomSections.None, "kill", 0, 0)]
    [InlineData(OomSections.Victim, "kill", 0, 2)]
    [InlineData(OomSections.Victim, "kill", 3, 3)]
    [InlineData(OomSections.Victim, "kılls", 0, 3)]
    [InlineData(OomSections.Victim, "twothree", 0, -1)]
    [InlineData(OomSections.Victim, "one", 0, -1)]
    [InlineData(OomSections.None, "nowhere", 0, -1)]
    [InlineData(OomSections.None, "o", 2, 3)]
    [InlineData(OomSections.None, "o", 4, -1)]
    public void Find_LooksInTheSectionOnly(OomSections section, string words, int from, int line) => Assert.Equal(line, _kept.Find(section, words, from));

    /// <summary>Searching all of the section again for each line would take minutes.</summary>
    [Fact]
    public void Find_OfOneLineAfterTheOther_LooksAtEachOnce()
    {
        const int Count = 100_000;
        KeptLines kept = KeptLines.Of([.. Enumerable.Range(0, 2 * Count).Select(at => new OomLine(at, OomSections.Tasks, at < Count ? "nothing of the kind, and rather long" : "words"))]);
        int found = 0;
        for (int at = kept.Find(OomSections.Tasks, "words"); at >= 0; at = kept.Find(OomSections.Tasks, "words", at + 1))
        {
            found++;
        }

        Assert.Equal(Count, found);
    }

    [Fact]
    public void Lines_AreThoseThatWereGiven()
    {
        Assert.Equal(Lines, _kept.ToLines());
        Assert.Equal("one kill", _kept.GetTrimmed(0));
        Assert.Equal(Lines[3].Text, _kept.GetTrimmed(3));
        Assert.Same(_kept.GetTrimmed(0), _kept.GetTrimmed(0));
    }

    [Fact]
    public void Shift_GivesOtherNumbers()
    {
        KeptLines shifted = _kept.Shift(100);

        Assert.Equal(107, shifted.GetNumber(0));
        Assert.Equal(Lines.Select(line => line.Number + 100), shifted.ToLines().Select(line => line.Number));
    }
}
