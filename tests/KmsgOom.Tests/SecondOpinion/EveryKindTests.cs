using System.Globalization;
using System.Text;
using KmsgOom.Lines;
using KmsgOom.Tests.ReportWriter;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Each kind of line has a grammar of the second opinion, and both say the same of what a line is.</summary>
public sealed class EveryKindTests
{
    /// <summary>Forms whose wrappers leave something on the line, or break it: there the kernel's format does not hold.</summary>
    private static readonly string[] BrokenForms = [".android.", ".quoted.", ".mail-wrapped."];

    [Fact]
    public void EveryKind_HasAGrammar() =>
        Assert.Equal(Enum.GetValues<OomLineKind>().Except([OomLineKind.Unrelated]).Order(), KindGrammars.All.Keys.Order());

    [Fact]
    public void Kinds_AreTheSame_OnAllGoldens()
    {
        Comparison comparison = new();
        foreach (string log in Golden.Names.Where(static log => !BrokenForms.Any(log.Contains)))
        {
            comparison.Add(log, Golden.Read(log));
        }

        comparison.AssertAgreed(5000);
    }

    [CapturesFact]
    public void Kinds_AreTheSame_OnAllCaptures()
    {
        Comparison comparison = new();
        foreach (string path in Directory.EnumerateFiles(Repository.Captures!, "*.kmsg.log", SearchOption.AllDirectories))
        {
            comparison.Add(path, File.ReadAllBytes(path));
        }

        comparison.AssertAgreed(30_000);
    }

    [Fact]
    public void Kinds_AreTheSame_OnWrittenReports()
    {
        Wrapper wrapper = Wrappers.Find("bare");
        Comparison comparison = new();
        foreach (KernelEra era in KernelEras.All)
        {
            CsCheck.Check.Sample(
                GenReport.Report(era, wrapper),
                report => comparison.Add(era.Name, RoundTrip.Bytes(wrapper.Write(ReportText.Write(report)))),
                iter: 4,
                seed: "0000000000001",
                threads: 1);
        }

        comparison.AssertAgreed(5000);
    }

    /// <summary>Goes through the lines of reports as the parser does: the section that a line stands in is what the lines before it opened.</summary>
    private sealed class Comparison
    {
        private readonly StringBuilder _problems = new();
        private readonly Dictionary<OomLineKind, int> _seen = [];

        public void Add(string log, byte[] bytes)
        {
            foreach (OomEvent oomEvent in OomLog.Parse(bytes, Golden.Options))
            {
                OomSections section = OomSections.None;
                bool isTorn = oomEvent.Victims.Any(static victim => victim.Name.ToString().Contains('\n', StringComparison.Ordinal));
                foreach (OomLine line in oomEvent.Lines)
                {
                    Add(log, line, section, isTorn);
                    section = line.Section == OomSections.None ? section : line.Section;
                }
            }
        }

        public void AssertAgreed(int least)
        {
            Assert.True(_problems.Length == 0, _problems.ToString());
            Assert.InRange(_seen.Values.Sum(), least, int.MaxValue);
        }

        private void Add(string log, OomLine line, OomSections section, bool isTorn)
        {
            // The grammar reads what the kernel printed: a wrapper's escapes are the envelope's business, and a name cut by a newline is the joiner's.
            if (line.Text.Contains('\\', StringComparison.Ordinal) || line.Text.Contains('\uFFFD', StringComparison.Ordinal) || line.Text.Contains('#', StringComparison.Ordinal) && line.Text.Contains("#0", StringComparison.Ordinal))
            {
                return;
            }

            OomLineKind kind = OomLineClassifier.Classify(Encoding.UTF8.GetBytes(line.Text), section);
            _seen[kind] = _seen.GetValueOrDefault(kind) + 1;
            if (kind == OomLineKind.Unrelated)
            {
                foreach (OomLineKind other in KindGrammars.OfOwnWords.Where(other => KindGrammars.All[other](line.Text) is not null))
                {
                    Note(log, line, $"nobody's for the parser, {other} for the grammar");
                }
            }
            else if (isTorn && kind is OomLineKind.Cpu or OomLineKind.Constraint or OomLineKind.Killed)
            {
                // The half of a line; AgreementTests compare the whole.
                Assert.Null(KindGrammars.OfOwnWords.Except([kind]).Select(other => KindGrammars.All[other](line.Text)).FirstOrDefault(static read => read is not null));
            }
            else if (KindGrammars.All[kind](line.Text) is null)
            {
                Note(log, line, $"{kind} for the parser, not for its grammar");
            }
        }

        private void Note(string log, OomLine line, string problem) => _problems.AppendLine(CultureInfo.InvariantCulture, $"{log}:{line.Number}: {problem}: '{line.Text}'");
    }
}
