using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>Knows what else a machine prints inside a report: another report, another CPU's stack dump.</summary>
internal static class MixedReports
{
    /// <summary>Chooses between two open reports of one machine; a line in the middle of a section belongs to the report touched last.</summary>
    public static OomReport Choose(OomLineKind kind, OomReport current, OomReport older, OomReport newer, scoped in Envelope envelope)
    {
        switch (kind)
        {
            case OomLineKind.Cpu:
                return ChooseByCpuLine(current, older, newer, in envelope);
            case OomLineKind.CallTrace:
                return current.CallTrace.Count == 0 ? current : ReferenceEquals(current, older) ? newer : older;
            case OomLineKind.MemcgUsage or OomLineKind.MemcgStats when current.Facts.Section == OomSections.Memcg:
                return current;
            case OomLineKind.TasksHeader when current.Facts is { Section: OomSections.Tasks, HasTasksHeader: false }:
                return current;
            case OomLineKind.TaskIn or OomLineKind.MemcgUsage or OomLineKind.MemcgStats or OomLineKind.MemInfoStart or OomLineKind.TasksTitle
                or OomLineKind.TasksHeader or OomLineKind.Constraint:
                return Interleaving.Choose(older, newer, kind.Section());
            default:
                return current;
        }
    }

    private static OomReport ChooseByCpuLine(OomReport current, OomReport older, OomReport newer, scoped in Envelope envelope)
    {
        ReadOnlySpan<byte> text = OomLineClassifier.SkipIndent(envelope.Message);
        if (!CpuLine.TryParse(text, out CpuLine cpu))
        {
            return current;
        }

        TaskName name = TaskNameText.Read(cpu.Name.In(text), ReportLineReader.Escaping(in envelope));
        return Interleaving.ChooseByTrigger(older, newer, name) ?? Interleaving.Choose(older, newer, OomSections.CallTrace);
    }

    /// <summary>Notes whether a line begins, continues or ends a stack dump that another CPU prints inside the report; true where it is part of one.</summary>
    /// <remarks>Dumps of tasks that hang or starve have no CPU line; <c>task:</c> begins them, or nothing but the head of their trace.</remarks>
    public static bool NoteForeignDump(OomReport report, OomLineKind kind, scoped in Envelope envelope)
    {
        ref ReportFacts facts = ref report.Facts;
        bool isBehindTrace = IsBehindTrace(report, kind);
        facts.IsInForeignDump = kind switch
        {
            OomLineKind.Cpu => facts.HasCpuLine || isBehindTrace || !ReportLineReader.IsOfTrigger(report, in envelope),
            OomLineKind.Hardware or OomLineKind.CallTrace => isBehindTrace || report.CallTrace.Count > 0 || (facts.IsInForeignDump && !facts.HasForeignTrace),
            > OomLineKind.Cpu and <= OomLineKind.Register => facts.IsInForeignDump || isBehindTrace,
            _ => false,
        };
        facts.HasForeignTrace = facts.IsInForeignDump && kind != OomLineKind.Cpu && (facts.HasForeignTrace || kind == OomLineKind.CallTrace);
        return facts.IsInForeignDump;
    }

    /// <summary>Tells whether a line is of a stack dump, and the report's own is over.</summary>
    /// <remarks>Kernels before 2.6.24 have no CPU line, and some of them print the trace behind Mem-Info.</remarks>
    public static bool IsBehindTrace(OomReport report, OomLineKind kind) =>
        kind is >= OomLineKind.Cpu and <= OomLineKind.Register && report.Facts.Section > OomSections.CallTrace
        && !(kind == OomLineKind.Frame && report.Facts is { Section: OomSections.MemInfo, HasCpuLine: false, IsInForeignDump: false } && report.CallTrace.Count == 0);
}
