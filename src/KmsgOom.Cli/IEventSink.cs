namespace KmsgOom.Cli;

/// <summary>Where the events of all inputs go.</summary>
internal interface IEventSink
{
    void Write(OomEvent oomEvent);

    /// <summary>Shows what is known so far: the input pauses, or ends.</summary>
    void Flush();
}
