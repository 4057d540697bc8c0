using System.Buffers;
using System.Text;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>Some events that are analysed and made text together, on whatever thread; used again and again.</summary>
internal sealed class ScanBatch(ScanFormat format, bool usesColors, OomAnalyzer? analyzer)
{
    private readonly List<(OomEvent Event, OomEvent? Previous)> _events = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly TextReport _report = new(usesColors);

    public bool IsEmpty => _events.Count == 0;

    /// <summary>Gets how many lines of the log the events have: what they cost.</summary>
    public long Lines { get; private set; }

    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <param name="oomEvent">The event.</param>
    /// <param name="previous">The one before in the same place, which conclusions look at.</param>
    public void Add(OomEvent oomEvent, OomEvent? previous)
    {
        _events.Add((oomEvent, previous));
        Lines += oomEvent.Source.LineCount;
    }

    /// <param name="isFirst">Whether nothing stands above.</param>
    public void Render(bool isFirst)
    {
        foreach ((OomEvent oomEvent, OomEvent? previous) in _events)
        {
            OomAnalysis? analysis = analyzer is null ? null : OomAnalysis.Of(oomEvent, analyzer.Options, previous);
            if (format == ScanFormat.Ndjson)
            {
                OomJson.WriteLine(_text, oomEvent, analysis);
            }
            else
            {
                Encoding.UTF8.GetBytes(isFirst ? "" : "\n", _text);
                Encoding.UTF8.GetBytes(_report.Render(oomEvent, analysis), _text);
            }

            isFirst = false;
        }
    }

    public void Clear()
    {
        _events.Clear();
        _text.ResetWrittenCount();
        Lines = 0;
    }
}
