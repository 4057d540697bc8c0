using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KmsgOom.Reports;
using KmsgOom.Text;

namespace KmsgOom;

/// <summary>Copies a report into an owned event; the only place that creates strings, but for <see cref="LateParts"/>.</summary>
internal static class OwnedEvent
{
    public static OomEvent Make(OomReport report, OomParserOptions options)
    {
        ref ReportFacts facts = ref report.Facts;
        LateParts late = new(report);
        int pageSize = ReportVerdict.PageSize(report, options.PageSize, out OomPageSizeSource pageSizeSource);
        return new OomEvent
        {
            Id = MakeId(report),
            Kind = facts.Kind,
            Outcome = ReportVerdict.Outcome(report),
            Scope = ReportVerdict.Scope(report),
            Constraint = facts.Constraint,
            ConstraintText = Text(report, facts.ConstraintText),
            Sections = facts.Sections,
            Missing = ReportVerdict.Missing(report),
            Source = new OomSource(options.SourcePath, facts.FirstLine, facts.FirstOffset, facts.OwnedLines, facts.ForeignLines),
            Host = Text(report, facts.Host),
            Time = facts.Time,
            Uptime = ReportFacts.ToUptime(facts.FirstUptime),
            IsInterleaved = facts.IsInterleaved,
            IsDuplicated = facts.IsDuplicated,
            SuppressedBefore = facts.SuppressedBefore,
            LostMessages = facts.LostMessages,
            Kernel = MakeKernel(report),
            Trigger = MakeTrigger(report),
            LateCallTrace = late.CallTrace,
            LateRegisters = late.Registers,
            Memcg = MakeMemcg(report),
            LateMemory = late.PromiseMemory(),
            PageSize = pageSize,
            PageSizeSource = pageSizeSource,
            Tasks = [.. report.Tasks.AsSpan()],
            OtherTaskColumns = report.Tasks.Count == 0 ? [] : MakeTexts(report.Text, report.OtherColumns.AsSpan()),
            OtherTaskValues = [.. report.OtherValues.AsSpan()],
            Victims = [.. report.Victims.AsSpan()],
            Announced = facts.Announced,
            Panic = Text(report, facts.Panic),
            Remarks = MakeRemarks(report),
            UnknownLines = MakeUnknownLines(report),
            KeptLines = late.Lines,
        };
    }

    private static string? Text(OomReport report, TextRange range) =>
        range.IsPresent ? Encoding.UTF8.GetString(report.Get(range)) : null;

    /// <summary>Makes an id of where the report begins and how, so that lines that come later do not change it.</summary>
    private static string MakeId(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        ulong hash = Fnv1a.Start;
        hash = Fnv1a.Add(hash, facts.FirstOffset);
        hash = Fnv1a.Add(hash, facts.FirstUptime);
        hash = Fnv1a.Add(hash, facts.FirstWall.Ticks);
        if (report.Lines.Count > 0)
        {
            hash = Fnv1a.Add(hash, report.Get(report.Lines[0].Text));
        }

        string id = hash.ToString("x16", CultureInfo.InvariantCulture);
        return facts.Host.IsPresent ? $"{Text(report, facts.Host)}/{id}" : id;
    }

    private static OomKernel? MakeKernel(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        return facts.Release.IsPresent || facts.Version.IsPresent || facts.Tainted.IsPresent || facts.Hardware.IsPresent
            ? new OomKernel
            {
                Release = Text(report, facts.Release),
                Version = Text(report, facts.Version),
                Tainted = Text(report, facts.Tainted),
                Hardware = Text(report, facts.Hardware),
            }
            : null;
    }

    private static OomTrigger? MakeTrigger(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        bool isKnown = facts.HasTriggerName || facts.TriggerPid is not null || facts.GfpMask is not null || facts.Cpuset.IsPresent || facts.MemsAllowed.IsPresent
            || facts.Nodemask.IsPresent;
        if (!isKnown)
        {
            return null;
        }

        return new OomTrigger
        {
            Name = facts.HasTriggerName ? facts.TriggerName : null,
            Pid = facts.TriggerPid,
            Uid = facts.TriggerUid,
            Cpu = facts.TriggerCpu,
            GfpMask = facts.GfpMask,
            GfpFlags = facts.GfpFlags is { IsPresent: true, Length: > 0 } ? [.. Text(report, facts.GfpFlags)!.Split('|')] : [],
            Order = facts.Order,
            OomScoreAdj = facts.TriggerOomScoreAdj,
            OomAdj = facts.TriggerOomAdj,
            Nodemask = Text(report, facts.Nodemask),
            Cpuset = Text(report, facts.Cpuset),
            MemsAllowed = Text(report, facts.MemsAllowed),
        };
    }

    private static OomMemcg? MakeMemcg(OomReport report)
    {
        ref ReportFacts facts = ref report.Facts;
        bool isKnown = facts.LimitPath.IsPresent || facts.TaskPath.IsPresent || facts.Memory is not null || facts.MemorySwap is not null
            || facts.Swap is not null || facts.Kmem is not null || facts.Protection is not null || facts.IsGroupKill || report.StatGroups.Count > 0;
        if (!isKnown)
        {
            return null;
        }

        ImmutableArray<OomMemcgStats>.Builder stats = ImmutableArray.CreateBuilder<OomMemcgStats>(report.StatGroups.Count);
        for (int at = 0; at < report.StatGroups.Count; at++)
        {
            int first = report.StatGroups[at].FirstValue;
            int end = at + 1 < report.StatGroups.Count ? report.StatGroups[at + 1].FirstValue : report.Stats.Count;
            OomMemcgStat[] values = new OomMemcgStat[end - first];
            int place = 0;
            for (int value = 0; value < values.Length; value++)
            {
                ref StatEntry entry = ref report.Stats[first + value];
                values[value] = new OomMemcgStat(MemcgStatKeys.Known.Get(report.Get(entry.Key), ref place), entry.Value);
            }

            stats.Add(new OomMemcgStats(Text(report, report.StatGroups[at].Path) ?? "", ImmutableCollectionsMarshal.AsImmutableArray(values)));
        }

        return new OomMemcg
        {
            Path = Text(report, facts.LimitPath),
            TaskPath = Text(report, facts.TaskPath),
            Memory = facts.Memory,
            MemorySwap = facts.MemorySwap,
            Swap = facts.Swap,
            Kmem = facts.Kmem,
            Protection = facts.Protection,
            OomGroup = facts.IsGroupKill,
            Stats = stats.MoveToImmutable(),
        };
    }

    private static ImmutableArray<OomRemark> MakeRemarks(OomReport report)
    {
        OomRemark[] remarks = new OomRemark[report.Remarks.Count];
        for (int at = 0; at < remarks.Length; at++)
        {
            remarks[at] = new OomRemark(report.Remarks[at].Kind, Text(report, report.Remarks[at].Text)!);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(remarks);
    }

    /// <summary>Makes strings of ranges of a text.</summary>
    public static ImmutableArray<string> MakeTexts(ReadOnlySpan<byte> text, ReadOnlySpan<TextRange> ranges)
    {
        string[] texts = new string[ranges.Length];
        for (int at = 0; at < texts.Length; at++)
        {
            texts[at] = Encoding.UTF8.GetString(ranges[at].In(text));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    private static ImmutableArray<string> MakeUnknownLines(OomReport report)
    {
        ImmutableArray<string>.Builder unknown = ImmutableArray.CreateBuilder<string>();
        foreach (ref readonly ReportLine line in report.Lines.AsSpan())
        {
            if (!line.IsKnown)
            {
                unknown.Add(Text(report, line.Text)!);
            }
        }

        return unknown.ToImmutable();
    }
}
