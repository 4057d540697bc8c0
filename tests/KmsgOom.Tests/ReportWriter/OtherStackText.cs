using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The call traces of machines that are no PCs, and the registers that some print (reference, section 2.3).</summary>
internal static class OtherStackText
{
    private const string Word = "00007fffcb16e8f0";

    public static IEnumerable<WrittenRecord> Write(WrittenReport report)
    {
        string[] symbols = [.. StackText.Frames(report).Select(symbol => symbol.Replace("? ", "", StringComparison.Ordinal))];
        return report.Machine.Kind switch
        {
            MachineKind.Arm64 => [StackText.Remark("Call trace:"), .. symbols.Select(symbol => OfArm64(report.Era, symbol))],
            MachineKind.Arm => OfArm(report, symbols),
            MachineKind.Ppc64 => [.. Called(symbols.Select(symbol => $"[{Address(symbol)}] [c0000000009e4e0c] {symbol} (unreliable)")), .. report.HasRegisters && report.Era.IsSince("5.10") ? OfPpc64(report) : []],
            MachineKind.S390 => Called(symbols.Select((symbol, at) => at == 0 && !report.Era.IsSince("4.10") ? $"([<{Address(symbol)}>] {symbol})" : $" [<{Address(symbol)}>] {symbol} ")),
            MachineKind.Sparc64 => Called(symbols.Select(symbol => $"[{Address(symbol)}] {symbol}")),
            MachineKind.Mips64 =>
            [
                StackText.Mark($"Stack : {Word} {Word} {Word} {Word}"), StackText.Mark($"        {Word} {Word} {Word} {Word}"),
                .. Called(symbols.Select(symbol => $"[<{Address(symbol)}>] {symbol}")),
            ],
            _ => Called(symbols.Select(symbol => $"[<{Address(symbol)}>] {symbol}")),
        };
    }

    private static IEnumerable<WrittenRecord> Called(IEnumerable<string> frames) => [StackText.Remark("Call Trace:"), .. frames.Select(StackText.Frame)];

    private static WrittenRecord OfArm64(KernelEra era, string symbol) => StackText.Frame(
        !era.IsSince("4.10") ? $" [<{Address(symbol)}>] {symbol}" : " " + symbol + (era.IsSince("6.12") ? (symbol.Length % 4) switch { 0 => " (P)", 1 => " (C)", 2 => " (F)", _ => " (K)" } : ""));

    /// <summary>Up to 5.10 the registers that a function saved stand behind its frame, and the stack of the exception behind them all.</summary>
    private static IEnumerable<WrittenRecord> OfArm(WrittenReport report, string[] symbols)
    {
        bool isNew = report.Era.IsSince("5.11");
        yield return StackText.Mark("Backtrace: ");
        foreach (string symbol in symbols)
        {
            string caller = report.Era.IsSince("3.7") ? "[<c0012fcc>] (dump_backtrace)" : "[<c0012fcc>] (dump_backtrace+0x0/0x10c)";
            yield return StackText.Frame(isNew ? $" show_stack from {symbol}" : $"{caller} from [<c00131a4>] ({symbol})");
            if (report.HasRegisters)
            {
                yield return StackText.Registers(" r6:000200da r5:00000000", ("r6", "000200da"), ("r5", "00000000"));
            }
        }

        if (report.HasRegisters)
        {
            yield return StackText.Mark("Exception stack(0xc5a3ffb0 to 0xc5a3fff8)");
            yield return StackText.Mark("ffa0:                                     00000000 b6f6e000 00000002 00000001");
            yield return StackText.Mark("ffc0: 00000000 00000000 000107ac 00000000 00000000 00000000 b6f9e000 00000000");
            yield return StackText.Mark("ffe0: 00000000 be8e0d18 0001057c b6e5d0c8 60000010 ffffffff");
        }
    }

    private static IEnumerable<WrittenRecord> OfPpc64(WrittenReport report)
    {
        string trap = $"0300   Not tainted  ({report.Era.Release})";
        yield return StackText.Mark("--- interrupt: 300 at 0x100010e8");
        yield return StackText.Registers($"NIP:  {Word} LR: {Word} CTR: {Word}", ("NIP", Word), ("LR", Word), ("CTR", Word));
        yield return StackText.Registers($"REGS: {Word} TRAP: {trap}", ("REGS", Word), ("TRAP", trap));
        const string Msr = "800000000280f033 <SF,VEC,VSX,EE,PR,FP,ME,IR,DR,RI,LE>";
        yield return StackText.Registers($"MSR:  {Msr}  CR: 44004488  XER: 000000f8", ("MSR", Msr), ("CR", "44004488"), ("XER", "000000f8"));
        (string Name, string Values)[] general = [.. Enumerable.Range(0, 8).Select(at => (Invariant($"GPR{at * 4:00}"), Invariant($"{report.Memory["gpr" + at]:x16} {Word} {Word} {Word}")))];
        yield return WrittenRecord.Of(
        [
            StackText.Registers($"CFAR: {Word} DAR: {Word} DSISR: 42000000 IRQMASK: 0 ", ("CFAR", Word), ("DAR", Word), ("DSISR", "42000000"), ("IRQMASK", "0")),
            .. general.Select(row => StackText.Registers($"{row.Name}: {row.Values} ", row)),
        ]);
        yield return StackText.Mark("NIP [00000000100010e8] 0x100010e8");
        yield return StackText.Mark("LR [0000000010001104] 0x10001104");
        yield return StackText.Mark("--- interrupt: 300");
    }

    private static string Address(string symbol) => Invariant($"{0xc0000000fe8a3a00 + (ulong)symbol.Length:x16}");
}
