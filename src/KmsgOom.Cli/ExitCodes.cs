namespace KmsgOom.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Events were found and <c>--fail-on-oom</c> was given.</summary>
    public const int EventsFound = 1;

    /// <summary>Bad usage, or an input that cannot be read, or an output that cannot be written.</summary>
    public const int Failed = 2;

    /// <summary>Ctrl+C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
