using System.Collections.Immutable;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Texts that are made strings when somebody asks; who only writes them takes the bytes.</summary>
internal sealed class LateTexts : Lazy<ImmutableArray<string>>
{
    private readonly byte[] _text;
    private readonly TextRange[] _ranges;

    public LateTexts(byte[] text, TextRange[] ranges)
        : base(() => OwnedEvent.MakeTexts(text, ranges), LazyThreadSafetyMode.PublicationOnly) => (_text, _ranges) = (text, ranges);

    public int Count => _ranges.Length;

    /// <summary>Gets a text in UTF-8, which may have damages.</summary>
    public ReadOnlySpan<byte> GetUtf8(int at) => _ranges[at].In(_text);
}
