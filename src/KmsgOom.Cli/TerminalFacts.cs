namespace KmsgOom.Cli;

/// <summary>What the tool knows about the terminal, passed in so that tests need none.</summary>
/// <param name="InputIsTerminal">Nobody redirected standard input.</param>
/// <param name="WantsColors">Standard output is a terminal that may be coloured.</param>
internal readonly record struct TerminalFacts(bool InputIsTerminal, bool WantsColors)
{
    public static TerminalFacts OfThisProcess() => new(
        InputIsTerminal: !Console.IsInputRedirected,
        WantsColors: !Console.IsOutputRedirected
            // no-color.org: set and not empty means none, whatever the value.
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb");
}
