using Pidgin;
using static KmsgOom.Tests.SecondOpinion.Blocks;
using static Pidgin.Parser;

namespace KmsgOom.Tests.SecondOpinion;

/// <summary>A frame of a call trace; the text is the whole line.</summary>
internal sealed record Frame(string Text);

/// <summary>Registers in printed order.</summary>
internal sealed record Registers(IReadOnlyList<(string Name, string Value)> Values);

/// <summary>A line of the dump that holds no value.</summary>
internal sealed record TraceText(string Text);

/// <summary>Format reference, section 2.2: what stands between the CPU line and the trace.</summary>
internal static class StackRemarkGrammar
{
    private static readonly Parser<char, string> Hardware = Words("Hardware name: ").Then(Rest);

    // "Workqueue: %s %ps", "Stopper: %pS <- %pS", "Sched_ext: %s (%s)", "Tainted: [%c]=%s, …", and "COMPACTION is disabled!!!" of mm/oom_kill.c
    private static readonly Parser<char, string> Remark = OneOf(
        Words("Workqueue: "), Words("Stopper: "), Words("Sched_ext: "), Words("Tainted: ").Before(Lookahead(Char('['))), Words("COMPACTION is disabled!!!"))
        .Then(Rest, (start, rest) => start + rest);

    public static TraceText? TryParseHardware(string message) => Hardware.Select(text => new TraceText(text.TrimEnd(' '))).ReadWhole(message);

    public static TraceText? TryParse(string message) => Remark.Select(text => new TraceText(text)).ReadWhole(message);
}

/// <summary>Format reference, section 2.3; <c>arch/*/kernel</c>, <c>show_trace_log_lvl()</c>, <c>dump_backtrace()</c>, <c>show_regs()</c> and their like.</summary>
internal static class TraceGrammar
{
    private static readonly Parser<char, string> Hex = Parser<char>.Token(char.IsAsciiHexDigitLower).AtLeastOnceString();

    // "[<%p>]", "[%016lx]"; s390 puts a parenthesis before it
    private static readonly Parser<char, Unit> Address =
        Char('(').Optional().Then(Try(Hex.Between(Words("[<"), Words(">]"))).Or(Hex.Between(Char('['), Char(']')))).IgnoreResult();

    // "%pS": "symbol+0x1f/0x40", or a bare number where there is no symbol
    private static readonly Parser<char, string> Symbol =
        from name in AnyCharExcept(' ', '+', '\n', '(', ')').AtLeastOnceString()
        from offset in Words("+0x").Then(Hex)
        from size in Words("/0x").Then(Hex)
        select name;

    // arm: "(dump_backtrace) from [<…>] (show_stack+0x20/0x24)", 5.11 "dump_backtrace from show_stack+0x18/0x1c"
    private static readonly Parser<char, Unit> Caller =
        Char('(').Optional().Then(Try(Symbol.IgnoreResult()).Or(AnyCharExcept(' ', '+', ')').SkipAtLeastOnce())).Then(Char(')').Optional()).Then(Words(" from "))
            .Then(Address.Before(Blanks).Optional()).IgnoreResult();

    // " [module]", " [module buildid]", " (unreliable)", " (P)", a closing parenthesis
    private static readonly Parser<char, Unit> End =
        Words(" [").Then(AnyCharExcept(']').AtLeastOnceString()).Then(Char(']')).IgnoreResult()
            .Or(Words(" (").Then(AnyCharExcept(')').AtLeastOnceString()).Then(Char(')')).IgnoreResult())
            .Or(Char(')').IgnoreResult());

    // "<IRQ>", "</TASK>"; up to 3.x on the line of the next frame
    private static readonly Parser<char, Unit> StackMark =
        Char('<').Then(Char('/').Optional()).Then(LetterOrDigit.Or(OneOf('_', '#')).SkipAtLeastOnce()).Then(Char('>')).IgnoreResult();

    private static readonly Parser<char, Unit> Frame =
        from stack in Try(StackMark.Before(Blanks)).SkipMany()
        from addresses in Try(Address.Before(Blanks)).SkipMany()
        from pointer in Words("RIP: ").Then(Hex).Then(Words(":")).Optional()
        from unreliable in Words("? ").Optional()
        from caller in Try(Caller).Optional()
        from symbol in Char('(').Optional().Then(Symbol)
        from end in End.SkipMany()
        select Unit.Value;

    // x86-64 up to 2.6.17: "<ffffffff8015a6f5>{out_of_memory+55} <ffffffff8015b7b7>{:ext3:ext3_readpage+15}"
    private static readonly Parser<char, Unit> InBraces =
        from stack in Try(StackMark.Before(Blanks).Before(Lookahead(Char('<')))).SkipMany()
        from frames in Hex.Between(Char('<'), Char('>')).Optional()
            .Then(AnyCharExcept('+', '}', ' ').AtLeastOnceString().Before(Char('+')).Before(Number).Between(Char('{'), Char('}'))).SeparatedAtLeastOnce(Blanks)
        select Unit.Value;

    // arm without kallsyms
    private static readonly Parser<char, Unit> Entered = Words("Function entered at ").Then(Address).Then(Words(" from ")).Then(Address);

    // "RSP: 002b:00007ffd5b9c3f58 EFLAGS: 00010246", powerpc with two blanks behind some names
    private static readonly Parser<char, string> Name = Uppercase.Then(Uppercase.Or(Digit).Or(Char('_')).ManyString(), (first, rest) => first + rest)
        .Before(Char(':')).Where(name => name is not "CPU");

    private static readonly Parser<char, (string, string)> Register =
        from name in Name
        from words in Try(Blanks.Then(Not(Try(Name))).Then(Word)).AtLeastOnce()
        select (name, string.Join(' ', words));

    private static readonly Parser<char, Registers> Code =
        Words("Code: ").Then(Rest).Select(bytes => new Registers([("Code", bytes.TrimEnd(' '))]));

    // arm: " r6:000200da r5:00000000"
    private static readonly Parser<char, (string, string)> ArmRegister =
        from name in OneOf('r', 'f', 's').Then(LetterOrDigit.AtLeastOnceString(), (first, rest) => first + rest)
        from value in Char(':').Then(Hex)
        select (name, value);

    private static readonly Parser<char, Registers> Row =
        Try(Register.SeparatedAtLeastOnce(Blanks)).Or(ArmRegister.SeparatedAtLeastOnce(Blanks)).Select(values => new Registers([.. values]));

    private static readonly Parser<char, Unit> StackWords =
        from place in Try(Hex.Where(word => word.Length == 4).Before(Char(':')).Before(Blanks)).Optional()
        from words in Hex.Where(word => word.Length is 8 or 16).SeparatedAtLeastOnce(Blanks)
        select Unit.Value;

    private static readonly Parser<char, Unit> Mark = OneOf(
        Try(StackMark),
        Try(Char('=').SkipAtLeastOnce()),
        Try(Char('-').SkipAtLeastOnce().Then(Words(" interrupt: ").Or(Words(" Exception: "))).Then(Rest).IgnoreResult()),
        Try(Words("Stack : ").Then(StackWords)),
        Words("NIP [").Or(Words("LR [")).Then(Rest).IgnoreResult(),
        Words("Backtrace:").IgnoreResult(),
        Words("Leftover inexact backtrace:").IgnoreResult(),
        Words("Last Breaking-Event-Address:").IgnoreResult(),
        Words("Exception stack(0x").Then(Rest).IgnoreResult(),
        Words("sp=").Then(Rest).IgnoreResult(),
        StackWords);

    public static TraceText? TryParseTitle(string message) => Words("Call Trace:").Or(Words("Call trace:")).Select(text => new TraceText(text)).ReadWhole(message.Trim(' '));

    public static TraceText? TryParseMark(string message) => Mark.ThenReturn(new TraceText(message.Trim(' '))).ReadWhole(message.Trim(' '));

    public static Frame? TryParseFrame(string message) => OneOf(Try(InBraces), Try(Entered), Frame).ThenReturn(new Frame(message.Trim(' '))).ReadWhole(message.Trim(' '));

    public static Registers? TryParseRegisters(string message) => Try(Code).Or(Row).ReadWhole(message.Trim(' '));
}
