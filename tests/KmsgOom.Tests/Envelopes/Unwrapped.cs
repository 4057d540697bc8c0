using KmsgOom.Envelopes;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Envelopes;

/// <summary>An envelope that may be kept: what <see cref="EnvelopeParser"/> made of a line.</summary>
internal sealed record Unwrapped(string Message, string Host, long Uptime, string? Wall, string Origin)
{
    public bool IsContinuation { get; init; }

    public long Sequence { get; init; }

    public KernelLogWrappers Wrappers { get; init; }

    public bool HasOctalEscapes { get; init; }

    /// <summary>Unwraps lines of one log and gives the last.</summary>
    public static Unwrapped Last(params ReadOnlySpan<string> lines) => LastAs(KernelLogFormat.Auto, lines);

    public static Unwrapped LastAs(KernelLogFormat format, params ReadOnlySpan<string> lines)
    {
        using EnvelopeParser parser = new(format, new DateOnly(2026, 11, 30));
        Unwrapped last = new("", "", -1, null, "");
        foreach (string line in lines)
        {
            last = Of(parser, line);
        }

        return last;
    }

    public static Unwrapped Of(EnvelopeParser parser, string line, long offset = 0)
    {
        parser.Parse(Latin1.Bytes(line), offset, out Envelope envelope);
        return new Unwrapped(
            Latin1.Text(envelope.Message),
            Latin1.Text(envelope.Host),
            envelope.UptimeMicroseconds,
            envelope.Wall.ToTimestamp()?.ToString(),
            envelope.Origin.ToString())
        {
            IsContinuation = envelope.IsContinuation,
            Sequence = envelope.Sequence,
            Wrappers = envelope.Wrappers,
            HasOctalEscapes = envelope.HasOctalEscapes,
        };
    }

    /// <summary>Asserts the five things that every wrapper is asked for.</summary>
    public void AssertIs(string message, string host, long uptime, string? wall, string origin)
    {
        Assert.Equal(message, Message);
        Assert.Equal(host, Host);
        Assert.Equal(uptime, Uptime);
        Assert.Equal(wall, Wall);
        Assert.Equal(origin, Origin);
    }
}
