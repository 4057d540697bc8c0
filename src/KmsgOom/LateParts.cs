using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The parts of an owned event that are many objects, and are made of its text when somebody asks: most who keep events ask for few.</summary>
internal sealed class LateParts
{
    private readonly bool _hasMemory;

    public LateParts(OomReport report)
    {
        byte[] text = report.Text.ToArray();
        _hasMemory = (report.Facts.Sections & OomSections.MemInfo) != 0;
        CallTrace = new LateTexts(text, report.CallTrace.AsSpan().ToArray());
        Registers = new LateRegisters(text, report.Registers.AsSpan().ToArray());
        Lines = new KeptLines(text, CopyLines(report.Lines.AsSpan()));
    }

    public KeptLines Lines { get; }

    public LateTexts CallTrace { get; }

    public LateRegisters Registers { get; }

    // Here as in the two above, threads that ask at the same time may each make a part, and all get the one that is ready first.
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

    private OomMemory? MakeMemory() => _hasMemory ? OwnedMemory.Make(Lines) : null;
}
