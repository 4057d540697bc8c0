namespace KmsgOom.Tests.Support;

/// <summary>A test over the captures; skipped with a message where they are not at hand.</summary>
internal sealed class CapturesFactAttribute : FactAttribute
{
    public CapturesFactAttribute() => Skip = Repository.Captures is null ? "The captures (../shared/captures) are not at hand." : null;
}
