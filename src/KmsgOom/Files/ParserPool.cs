using System.Collections.Concurrent;

namespace KmsgOom.Files;

/// <summary>The parsers of one file and what they read from, used again part after part.</summary>
internal sealed class ParserPool(OomParserOptions options) : IDisposable
{
    private readonly ConcurrentBag<OomParser> _free = [];

    public BufferPool Buffers { get; } = new();

    public OomParser Rent() => _free.TryTake(out OomParser? parser) ? parser : new OomParser(options);

    public void Return(OomParser parser)
    {
        parser.Reset();
        parser.Reports.Boot.Notes = null;
        _free.Add(parser);
    }

    public void Dispose()
    {
        while (_free.TryTake(out OomParser? parser))
        {
            parser.Dispose();
        }
    }
}
