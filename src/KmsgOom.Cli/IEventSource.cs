namespace KmsgOom.Cli;

/// <summary>Where the events of one input come from.</summary>
internal interface IEventSource : IAsyncDisposable
{
    IAsyncEnumerator<OomEvent> Events { get; }

    /// <summary>Gets what was read so far.</summary>
    OomParserCounters Counters { get; }

    /// <summary>Gets what is wrong with an archive, at its end.</summary>
    Exception? Damage { get; }

    /// <summary>Gets whether nobody can say when the next event comes.</summary>
    bool MayHang { get; }
}
