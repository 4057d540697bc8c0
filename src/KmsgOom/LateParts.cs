using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>The parts of an owned event that are many objects, and are made of its text when somebody asks: most who keep events ask for few.</summary>
internal sealed class LateParts
{
    private readonly byte[] _text;
    private readonly TextRange[] _callTrace;
    private readonly RegisterEntry[] _registers;
    private readonly bool _hasMemory;

    public LateParts(OomReport report)
    {
        _text = report.Text.ToArray();
        _callTrace = report.CallTrace.AsSpan().ToArray();
        _registers = report.Registers.AsSpan().ToArray();
        _hasMemory = (report.Facts.Sections & OomSections.MemInfo) != 0;
        Lines = new KeptLines(_text, CopyLines(report.Lines.AsSpan()));
    }

    public KeptLines Lines { get; }

    // Threads that ask at the same time may each make a part, and all get the one that is ready first.
    public Lazy<ImmutableArray<string>> PromiseCallTrace() => new(MakeCallTrace, LazyThreadSafetyMode.PublicationOnly);

    public Lazy<ImmutableArray<OomRegister>> PromiseRegisters() => new(MakeRegisters, LazyThreadSafetyMode.PublicationOnly);

    public Lazy<OomMemory?> PromiseMemory() => new(MakeMemory, LazyThreadSafetyMode.PublicationOnly);

    private static KeptLine[] CopyLines(ReadOnlySpan<ReportLine> lines)
    {
        KeptLine[] kept = new KeptLine[lines.Length];
        for (int at = 0; at < kept.Length; at++)
        {
            ref readonly ReportLine line = ref lines[at];
            kept[at] = new KeptLine(line.Number, line.Text.Start, Math.Max(0, line.Text.Length), line.Section);
        }

        return kept;
    }

    private ImmutableArray<string> MakeCallTrace() => OwnedEvent.MakeTexts(_text, _callTrace);

    private ImmutableArray<OomRegister> MakeRegisters()
    {
        OomRegister[] registers = new OomRegister[_registers.Length];
        int place = 0;
        for (int at = 0; at < registers.Length; at++)
        {
            registers[at] = new OomRegister(RegisterNames.Known.Get(_registers[at].Name.In(_text), ref place), Encoding.UTF8.GetString(_registers[at].Value.In(_text)));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(registers);
    }

    private OomMemory? MakeMemory() => _hasMemory ? OwnedMemory.Make(Lines) : null;
}
