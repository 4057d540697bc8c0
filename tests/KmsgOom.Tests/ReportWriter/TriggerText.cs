using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The first line of a report, and what stands around it (reference, sections 1, 2.1, 7.6).</summary>
internal static class TriggerText
{
    public static IEnumerable<WrittenRecord> Write(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenTrigger trigger = report.Trigger;
        if (trigger.Order < 0 && !report.IsAllocationFailure)
        {
            yield return WrittenRecord.Free(6, era.IsSince("5.2") ? "sysrq: Manual OOM execution" : era.IsSince("4.0") ? "sysrq: SysRq : Manual OOM execution" : "SysRq : Manual OOM execution");
        }

        if (report.Suppressed > 0 && !report.IsAllocationFailure && era.SuppressedBy.Length > 0)
        {
            string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, era.SuppressedBy, report.Suppressed);
            yield return new WrittenRecord(4, text, OomSections.None, e => e.SuppressedBefore += report.Suppressed) { MayBeUnknown = true, Standing = LineStanding.Before };
        }

        yield return report.IsAllocationFailure ? Failure(report) : Invoked(report);
        if (era.HasCpusetLine && (!report.IsAllocationFailure || era.IsSince("4.15")))
        {
            yield return new WrittenRecord(6, $"{trigger.Comm} cpuset={trigger.Cpuset} mems_allowed={trigger.Mems}", OomSections.Trigger, e => SetCpuset(e, trigger))
            {
                Standing = LineStanding.InSection,

                // A name with a blank that stands alone could be any text.
                Pieces = !era.IsSince("3.15") ? [] : trigger.Cpuset.Contains(' ', StringComparison.Ordinal)
                    ? [$"{trigger.Comm} cpuset=", $"{trigger.Cpuset} mems_allowed={trigger.Mems}"]
                    : [$"{trigger.Comm} cpuset=", trigger.Cpuset, $" mems_allowed={trigger.Mems}"],
            };
        }
    }

    public static void SetCpuset(Expectation e, WrittenTrigger trigger) =>
        e.Trigger = e.Trigger with { Cpuset = trigger.Cpuset, MemsAllowed = trigger.Mems };

    private static WrittenRecord Invoked(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenTrigger trigger = report.Trigger;
        string[] names = era.Gfp == GfpForm.Numeric ? [] : GfpText.Names(era.Gfp, trigger.Gfp);
        string mask = era.Gfp == GfpForm.Numeric ? Invariant($"0x{trigger.Gfp:x}") : Invariant($"0x{trigger.Gfp:x}({string.Join('|', names)})");
        string order = Invariant($"order={trigger.Order}");
        string score = Invariant($"oom_score_adj={trigger.ScoreAdj}");
        bool hasMask = era.Trigger is TriggerForm.Nodemask || report.Scope == WrittenScope.Mempolicy;
        string nodemask = hasMask ? trigger.Nodemask : "(null)";
        string rest = era.Trigger switch
        {
            TriggerForm.Nameless => mask,
            TriggerForm.NamelessOrder => $"{mask}, {order}",
            TriggerForm.OomKillAdj => Invariant($"{mask}, {order}, oomkilladj={trigger.OomAdj}"),
            TriggerForm.OomAdj => Invariant($"{mask}, {order}, oom_adj={trigger.OomAdj}"),
            TriggerForm.BothAdj => Invariant($"{mask}, {order}, oom_adj={trigger.OomAdj}, {score}"),
            TriggerForm.Nodemask or TriggerForm.NodemaskOneBlank => $"{mask}, nodemask={nodemask}, {order}, {score}",
            TriggerForm.NodemaskTwoBlanks => $"{mask}, nodemask={nodemask},  {order}, {score}",
            _ => $"{mask}, {order}, {score}",
        };
        bool isNameless = era.Trigger <= TriggerForm.NamelessOrder;
        bool hasNodemask = hasMask && era.Trigger is >= TriggerForm.Nodemask and <= TriggerForm.NodemaskOneBlank;
        string head = isNameless ? "oom-killer: gfp_mask=" : $"{trigger.Comm} invoked oom-killer: gfp_mask=";
        return new WrittenRecord(4, head + rest, OomSections.Trigger, e => e.Trigger = e.Trigger with
        {
            Name = isNameless ? e.Trigger.Name : WrittenRecord.Name(trigger.Comm),
            GfpMask = trigger.Gfp,
            GfpFlags = [.. names],
            Order = era.Trigger == TriggerForm.Nameless ? null : trigger.Order,
            OomAdj = era.Trigger is TriggerForm.OomKillAdj or TriggerForm.OomAdj or TriggerForm.BothAdj ? trigger.OomAdj : null,
            OomScoreAdj = era.Trigger >= TriggerForm.BothAdj ? trigger.ScoreAdj : null,
            Nodemask = hasNodemask ? trigger.Nodemask : e.Trigger.Nodemask,
        })
        {
            Standing = LineStanding.Alone,
            Pieces = era.Trigger == TriggerForm.NodemaskTwoBlanks ? [$"{head}{mask}, nodemask=", nodemask, $",  {order}, {score}"] : [],
        };
    }

    private static WrittenRecord Failure(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenTrigger trigger = report.Trigger;
        string[] names = era.Gfp == GfpForm.Numeric ? [] : GfpText.Names(era.Gfp, trigger.Gfp);
        string mode = era.Gfp == GfpForm.Numeric ? Invariant($"mode:0x{trigger.Gfp:x}") : Invariant($"mode:0x{trigger.Gfp:x}({string.Join('|', names)})");
        string failure = era.IsSince("3.0") ? "page allocation failure:" : "page allocation failure.";
        string? nodemask = era.IsSince("4.11") && report.Scope == WrittenScope.Mempolicy ? trigger.Nodemask : null;
        string tail = (era.IsSince("4.11") ? $",nodemask={nodemask ?? "(null)"}" : "") + (era.IsSince("5.0") ? $",cpuset={trigger.Cpuset},mems_allowed={trigger.Mems}" : "");
        tail = era.IsSince("4.11") ? ", " + tail[1..] : tail;
        return new WrittenRecord(4, Invariant($"{trigger.Comm}: {failure} order:{trigger.Order}, {mode}{tail}"), OomSections.Trigger, e =>
        {
            e.Kind = OomEventKind.AllocationFailure;
            e.Trigger = e.Trigger with { Name = WrittenRecord.Name(trigger.Comm), GfpMask = trigger.Gfp, GfpFlags = [.. names], Order = trigger.Order, Nodemask = nodemask };
            if (era.IsSince("5.0"))
            {
                SetCpuset(e, trigger);
            }
        })
        {
            Standing = LineStanding.Alone,
        };
    }
}
