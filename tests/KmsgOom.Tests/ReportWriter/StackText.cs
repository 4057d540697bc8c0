using static System.FormattableString;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>The CPU line, the machine and the call trace (reference, sections 2.2 and 2.3).</summary>
internal static class StackText
{
    private const string BuildId = "5546952e0558be8ad192ae6bf444bb1ecb351d96";

    private static readonly string[] Symbols =
    [
        "dump_stack+0x5c/0x78", "dump_header+0x6e/0x299", "oom_kill_process.cold.33+0xb/0x10", "? find_lock_task_mm+0x3b/0x80", "out_of_memory+0x1a5/0x430",
        "dump_header.isra.14+0x92/0x1b0", "xfs_buf_alloc+0x1c/0x60 [xfs]", "? __do_page_fault+0x22/0x4d0", "entry_SYSCALL_64_after_hwframe+0x44/0xa9", "$x+0x0/0x1c",
    ];

    public static IEnumerable<WrittenRecord> Write(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenMachine machine = report.Machine;
        if (era.CpuLine != CpuForm.None)
        {
            yield return CpuLine(report);
            if (era.CpuLine >= CpuForm.CpuUid && machine.Tainted.StartsWith("Tainted: ", StringComparison.Ordinal))
            {
                yield return Remark("Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE");
            }

            if (era.CpuLine >= CpuForm.Cpu && machine.Hardware is { } hardware)
            {
                yield return new WrittenRecord(4, $"Hardware name: {hardware}", OomSections.CallTrace, e => e.Kernel = e.Kernel with { Hardware = hardware }) { Standing = LineStanding.InReport };
            }

            if (era.CpuLine >= CpuForm.Cpu && report.Trigger.Workqueue is { } workqueue)
            {
                yield return Remark($"Workqueue: {workqueue}");
            }
        }

        if (era.Trace == TraceForm.None)
        {
            yield break;
        }

        foreach (WrittenRecord record in machine.Kind is MachineKind.Amd64 or MachineKind.I386 ? TraceOfX86(report) : OtherStackText.Write(report))
        {
            yield return record;
        }

        if (report.HasRegisters && machine.Kind == MachineKind.Amd64 && era.IsSince("4.10"))
        {
            yield return Registers("RIP: 0033:0x7f7fb0b1a9ca", ("RIP", "0033:0x7f7fb0b1a9ca"));
            string code = report.FramesSeed % 3 == 0 ? "f3 0f 1e fa b8 ea ff ff ff 48 85 ff <74> 28 48 8b"
                : era.IsSince("6.1") ? "Unable to access opcode bytes at 0x7f7fb0b1a9a0."
                : era.IsSince("5.10") ? "Unable to access opcode bytes at RIP 0x7f7fb0b1a9a0." : "Bad RIP value.";
            yield return Registers($"Code: {code}", ("Code", code));
            yield return report.FramesSeed % 2 == 0
                ? Registers("RSP: 002b:00007ffd5b9c3f58 EFLAGS: 00010246 ORIG_RAX: 0000000000000014", ("RSP", "002b:00007ffd5b9c3f58"), ("EFLAGS", "00010246"), ("ORIG_RAX", "0000000000000014"))
                : Registers("RSP: 002b:00007ffd5b9c3f58 EFLAGS: 00010246", ("RSP", "002b:00007ffd5b9c3f58"), ("EFLAGS", "00010246"));
            foreach (string[] names in (string[][])[["RAX", "RBX", "RCX"], ["RDX", "RSI", "RDI"], ["RBP", "R08", "R09"], ["R10", "R11", "R12"], ["R13", "R14", "R15"]])
            {
                (string, string)[] values = [.. names.Select(name => (name, Invariant($"{report.Memory[name]:x16}")))];
                yield return Registers(string.Join(' ', values.Select(value => $"{value.Item1}: {value.Item2}")), values);
            }
        }

        if (era.Trace == TraceForm.TaskMarks && machine.Kind == MachineKind.Amd64)
        {
            yield return Mark(" </TASK>");
        }
    }

    private static WrittenRecord CpuLine(WrittenReport report)
    {
        KernelEra era = report.Era;
        WrittenTrigger trigger = report.Trigger;
        WrittenMachine machine = report.Machine;
        string kdump = machine.HasKdump && era.MayHaveKdump ? " Kdump: loaded" : "";
        bool hasBuildId = era.CpuLine >= CpuForm.CpuBuildId && report.FramesSeed % 4 == 0;
        string version = "#1" + machine.VersionTail + (era.CpuLine == CpuForm.CpuUidPreempt ? " PREEMPT(full) " : "") + (hasBuildId ? " " + BuildId : "");
        string kernel = $"{machine.Tainted} {era.Release} {version}";
        string text = era.CpuLine switch
        {
            CpuForm.Pid => Invariant($"Pid: {trigger.Pid}, comm: {trigger.Comm} {kernel}"),
            >= CpuForm.CpuUid => Invariant($"CPU: {trigger.Cpu} UID: {trigger.Uid} PID: {trigger.Pid} Comm: {trigger.Comm}{kdump} {kernel}"),
            _ => Invariant($"CPU: {trigger.Cpu} PID: {trigger.Pid} Comm: {trigger.Comm}{kdump} {kernel}"),
        };
        return new WrittenRecord(4, text, OomSections.CallTrace, e =>
        {
            e.Trigger = e.Trigger with
            {
                Name = e.Trigger.Name ?? WrittenRecord.Name(trigger.Comm),
                Pid = trigger.Pid,
                Cpu = era.CpuLine == CpuForm.Pid ? null : trigger.Cpu,
                Uid = era.CpuLine >= CpuForm.CpuUid ? trigger.Uid : null,
            };
            e.Kernel = e.Kernel with { Release = era.Release, Version = version.TrimEnd(' '), Tainted = machine.Tainted.TrimEnd(' ') };
            e.HasCpuLine = true;
        })
        {
            Standing = LineStanding.Alone,
        };
    }

    private static IEnumerable<WrittenRecord> TraceOfX86(WrittenReport report)
    {
        TraceForm form = report.Era.Trace;
        bool hasAddresses = form <= TraceForm.AddressesAndStack;
        bool is32Bit = report.Machine.Kind == MachineKind.I386;
        if (form == TraceForm.BlankLines && !is32Bit)
        {
            yield return WrittenRecord.Free(4, "");
        }

        if (form == TraceForm.AddressesAndStack && !is32Bit)
        {
            yield return Mark(" 0000000000000286 000000001926a587 ffff99e5a1cabc60 ffffffff8ce12e02");
            yield return Mark(" ffff99e5a1cabcf0 ffffffff8cc0d7a3 ffff99e5a1cabd00 0000000000000206");
        }

        if (!(is32Bit && form <= TraceForm.BlankLines))
        {
            yield return Remark("Call Trace:");
        }

        if (form == TraceForm.TaskMarks)
        {
            yield return Mark(" <TASK>");
        }

        foreach (string symbol in Frames(report))
        {
            yield return Frame(hasAddresses ? is32Bit ? $" [<c01408cb>] {symbol}" : $" [<ffffffff81128072>] {symbol}" : $" {symbol}");
        }

        if (form <= TraceForm.BlankLines)
        {
            yield return is32Bit ? Mark(" =======================") : WrittenRecord.Free(4, "");
        }
    }

    public static IEnumerable<string> Frames(WrittenReport report) =>
        Enumerable.Range(0, 1 + (report.FramesSeed % 7)).Select(at => Symbols[(report.FramesSeed + (at * 3)) % Symbols.Length]);

    public static WrittenRecord Frame(string text) => new(4, text, OomSections.CallTrace, e => e.Frames.Add(text.Trim(' '))) { Standing = LineStanding.InSection };

    /// <summary>A line that the kernel begins with words of its own.</summary>
    public static WrittenRecord Remark(string text) => new(4, text, OomSections.CallTrace) { Standing = LineStanding.InReport };

    /// <summary>A line between frames that is one only by its place.</summary>
    public static WrittenRecord Mark(string text) => new(4, text, OomSections.CallTrace) { Standing = LineStanding.InSection };

    public static WrittenRecord Registers(string text, params (string Name, string Value)[] values) =>
        new(4, text, OomSections.CallTrace, e => e.Registers.AddRange(values.Select(value => new OomRegister(value.Name, value.Value)))) { Standing = LineStanding.InSection };
}
