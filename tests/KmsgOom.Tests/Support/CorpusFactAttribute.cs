namespace KmsgOom.Tests.Support;

/// <summary>A test over posted reports, which are other people's text and never part of the repository; skipped where they are not at hand.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = Repository.Corpus is null ? "The posted reports (../shared/corpus) are not at hand." : null;
}
