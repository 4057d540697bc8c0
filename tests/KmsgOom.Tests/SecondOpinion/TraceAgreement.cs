namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Compares the lines between the CPU line and the end of the trace.</summary>
internal static class TraceAgreement
{
    public static string? Compare(OomEvent oomEvent, string text)
    {
        if (StackRemarkGrammar.TryParseHardware(text) is { } hardware)
        {
            // A mail may have broken the line; the parser joins it.
            return oomEvent.Kernel?.Hardware?.StartsWith(hardware.Text, StringComparison.Ordinal) == true ? null : "another machine";
        }

        if (StackRemarkGrammar.TryParse(text) is not null)
        {
            return null;
        }

        if (TraceGrammar.TryParseFrame(text) is { } frame)
        {
            return oomEvent.CallTrace.Contains(frame.Text) ? null : "no such frame";
        }

        return TraceGrammar.TryParseRegisters(text) is not { } registers
            || registers.Values.All(register => oomEvent.Registers.Any(found => found.Name == register.Name && IsValue(Squeeze(found.Value), Squeeze(register.Value))))
            ? null : "no such registers";
    }

    // The grammar sees one line; a mail program may have put the rest of the code on more.
    private static bool IsValue(string found, string printed) => found == printed || (printed.Contains(' ', StringComparison.Ordinal) && found.StartsWith(printed + ' ', StringComparison.Ordinal));

    private static string Squeeze(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
