using System.Collections.Immutable;
using System.Text;
using CsCheck;

namespace KmsgOom.Tests.Support;

/// <summary>Generates events: every optional part present and absent, numbers of any size, hostile text; all of it valid Unicode.</summary>
internal static class GenEvent
{
    private static readonly string[] Pieces =
    [
        "a", "stress", "kworker/0:1", " ", "  ", "\"", "\\", "\\x41", "/", ",", ":", ";", "=", "{", "}", "[", "]", "null", "'", "<", ">", "&", "+", "`",
        "\t", "\n", "\r", "\u0001", "\u001b[31m", "\u007f", "\u0085", "é", "ß", "中", "\u2028", "\u202e", "\ufeff", "\ufffd", "\ud83d\ude00",
        ") total-vm:1kB", ",pid=1,uid=0", "schema",
    ];

    /// <summary>Any text that UTF-8 can say, often an empty one.</summary>
    public static readonly Gen<string> Text = Gen.OneOf(Pieces).Array[0, 8].Select(string.Concat);

    /// <summary>Names that may occur more than once in a list.</summary>
    public static readonly Gen<string> Key = Gen.OneOf(Gen.OneOf("RIP", "RSP", "EFLAGS", "cache", "total_rss", "nr_ptes", ""), Text);

    /// <summary>Names of at most 15 bytes, without NUL.</summary>
    public static readonly Gen<TaskName> Name = Text.Select(text => new TaskName(Cut(text)));

    /// <summary>Counts of pages, KiB, events: small, large and absurd.</summary>
    public static readonly Gen<long> Count = Gen.OneOf(
        Gen.Long[0, 1 << 20], Gen.Long, Gen.OneOf(0, 1, long.MaxValue, long.MinValue, long.MaxValue / 1024, (long.MaxValue / 1024) + 1));

    /// <summary>Uptimes in whole microseconds.</summary>
    public static readonly Gen<TimeSpan> Uptime = Gen.OneOf(
        Gen.Long[0, 1L << 50].Select(microseconds => new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond)),
        Gen.OneOf(TimeSpan.Zero, new TimeSpan(TimeSpan.TicksPerSecond * 12), new TimeSpan(-1), TimeSpan.MinValue, TimeSpan.MaxValue));

    /// <summary>Wall-clock times in whole microseconds, with and without an offset.</summary>
    public static readonly Gen<OomTimestamp> Time = Gen.Select(
        Gen.Long[0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond],
        Gen.Bool,
        Gen.Int[-1439, 1439].Nullable(),
        Gen.Enum<OomTimeSource>(),
        (microseconds, isWhole, offset, source) =>
        {
            long ticks = microseconds * TimeSpan.TicksPerMicrosecond;
            return new OomTimestamp(
                new DateTime(isWhole ? ticks - (ticks % TimeSpan.TicksPerSecond) : ticks),
                offset is { } minutes ? new TimeSpan(minutes % 7 == 0 ? 0 : minutes * TimeSpan.TicksPerMinute) : null,
                source);
        });

    private static readonly Gen<ImmutableArray<string>> Texts = Text.Array[0, 3].Select(texts => texts.ToImmutableArray());

    private static readonly Gen<OomSections> Sections = Gen.Int[0, 127].Select(bits => (OomSections)bits);

    private static readonly Gen<int?> Adjustment = Gen.OneOf(Gen.Int[-1000, 1000], Gen.Int[short.MinValue, short.MaxValue]).Nullable();

    /// <summary>Kernels that say at least one thing.</summary>
    public static readonly Gen<OomKernel> Kernel = Gen.Select(
        Text.Null(), Text.Null(), Text.Null(), Text.Null(),
        (release, version, tainted, hardware) => new OomKernel { Release = release, Version = version, Tainted = tainted, Hardware = hardware })
        .Where(kernel => kernel != new OomKernel());

    /// <summary>Triggers that say at least one thing.</summary>
    public static readonly Gen<OomTrigger> Trigger = Gen.Select(
        Gen.Select(Name.Nullable(), Gen.Int.Nullable(), Gen.UInt.Nullable(), Gen.Int.Nullable(), Gen.UInt.Nullable()),
        Gen.Select(Texts, Gen.OneOf(Gen.Int[-1, 11], Gen.Int).Nullable(), Adjustment, Adjustment),
        Gen.Select(Text.Null(), Text.Null(), Text.Null()),
        (who, how, where) => new OomTrigger
        {
            Name = who.Item1,
            Pid = who.Item2,
            Uid = who.Item3,
            Cpu = who.Item4,
            GfpMask = who.Item5,
            GfpFlags = how.Item1,
            Order = how.Item2,
            OomScoreAdj = how.Item3,
            OomAdj = how.Item4,
            Nodemask = where.Item1,
            Cpuset = where.Item2,
            MemsAllowed = where.Item3,
        })
        .Where(trigger => trigger != new OomTrigger());

    private static readonly Gen<OomMemcgUsage> Usage = Gen.Select(
        Count,
        Gen.OneOf(Count, Gen.OneOf(9007199254740988, 8589934588, 9007199254740991, OomMemcgUsage.UnlimitedKiB, OomMemcgUsage.UnlimitedKiB - 1)),
        Gen.OneOf(Gen.ULong[0, 5000], Gen.ULong),
        (usage, limit, failCount) => new OomMemcgUsage(usage, limit, failCount));

    private static readonly Gen<OomMemcgStats> Stats = Gen.Select(
        Text,
        Gen.Select(Key, Count, (key, value) => new OomMemcgStat(key, value)).Array[0, 6],
        (path, values) => new OomMemcgStats(path, [.. values]));

    /// <summary>Memory cgroups that say at least one thing.</summary>
    public static readonly Gen<OomMemcg> Memcg = Gen.Select(
        Gen.Select(Text.Null(), Text.Null(), Gen.Bool),
        Gen.Select(Usage.Nullable(), Usage.Nullable(), Usage.Nullable(), Usage.Nullable()),
        Gen.Select(Count, Count, (min, low) => new OomMemcgProtection(min, low)).Nullable(),
        Stats.Array[0, 3],
        (names, counters, protection, stats) => new OomMemcg
        {
            Path = names.Item1,
            TaskPath = names.Item2,
            OomGroup = names.Item3,
            Memory = counters.Item1,
            MemorySwap = counters.Item2,
            Swap = counters.Item3,
            Kmem = counters.Item4,
            Protection = protection,
            Stats = [.. stats],
        })
        .Where(memcg => memcg != new OomMemcg());

    /// <summary>Rows of any kernel's table.</summary>
    public static readonly Gen<OomTask> Task = Gen.Select(
        Gen.Select(Gen.Int, Gen.Int, Gen.UInt, Name),
        Gen.Select(Count, Count, Count.Nullable(), Count.Nullable(), Count.Nullable(), Count.Nullable(), Count.Nullable()),
        Adjustment,
        (who, sizes, adjustment) => new OomTask
        {
            Pid = who.Item1,
            Tgid = who.Item2,
            Uid = who.Item3,
            Name = who.Item4,
            TotalVmPages = sizes.Item1,
            RssPages = sizes.Item2,
            RssAnonPages = sizes.Item3,
            RssFilePages = sizes.Item4,
            RssShmemPages = sizes.Item5,
            PageTablesBytes = sizes.Item6,
            SwapEntriesPages = sizes.Item7,
            OomScoreAdj = adjustment,
        });

    private static readonly Gen<OomReaper> Reaper = Gen.Select(
        Gen.Enum<OomReaperOutcome>(),
        Uptime.Nullable(),
        Count.Nullable(),
        Count.Nullable(),
        Count.Nullable(),
        (outcome, uptime, anon, file, shmem) =>
            new OomReaper { Outcome = outcome, Uptime = uptime, AnonRssKiB = anon, FileRssKiB = file, ShmemRssKiB = shmem });

    /// <summary>Victims of any kernel.</summary>
    public static readonly Gen<OomVictim> Victim = Gen.Select(
        Gen.Select(Gen.Int, Name, Count.Nullable(), Gen.Select(Gen.Int, Name, (pid, name) => new OomAnnounced(pid, name)).Nullable()),
        Gen.Select(Uptime.Nullable(), Time.Nullable(), Reaper.Nullable()),
        Gen.Select(Count.Nullable(), Count.Nullable(), Count.Nullable(), Count.Nullable(), Count.Nullable()),
        Gen.Select(Gen.UInt.Nullable(), Adjustment, Count.Nullable(), Count.Nullable()),
        (who, when, sizes, owner) => new OomVictim
        {
            Pid = who.Item1,
            Name = who.Item2,
            Score = who.Item3,
            Announced = who.Item4,
            Uptime = when.Item1,
            Time = when.Item2,
            Reaper = when.Item3,
            TotalVmKiB = sizes.Item1,
            AnonRssKiB = sizes.Item2,
            FileRssKiB = sizes.Item3,
            ShmemRssKiB = sizes.Item4,
            PageTablesKiB = sizes.Item5,
            Uid = owner.Item1,
            OomScoreAdj = owner.Item2,
            WholeRssKiB = owner.Item3,
            WholeRssPages = owner.Item4,
        });

    private static readonly Gen<(OomConstraint Constraint, string? Text)> Constraint = Gen.OneOf(
        Gen.OneOf<(OomConstraint, string?)>(
            (OomConstraint.Unknown, null),
            (OomConstraint.None, "CONSTRAINT_NONE"),
            (OomConstraint.Cpuset, "CONSTRAINT_CPUSET"),
            (OomConstraint.MemoryPolicy, "CONSTRAINT_MEMORY_POLICY"),
            (OomConstraint.Memcg, "CONSTRAINT_MEMCG")),
        Text.Select(text => (OomConstraint.Other, (string?)text)));

    /// <summary>Tables with 0 to 3 columns that <see cref="OomTask"/> does not have; names of columns may be the same.</summary>
    private static readonly Gen<(OomTask[] Tasks, string[] Columns, long[] Values)> Table = Gen.Select(Task.Array[0, 5], Key.Array[0, 3])
        .SelectMany((tasks, columns) => Count.Array[tasks.Length * columns.Length].Select(values => (tasks, columns, values)));

    private static readonly Gen<OomRemark> Remark = Gen.Select(Gen.Enum<OomRemarkKind>(), Text, (kind, text) => new OomRemark(kind, text));

    private static readonly Gen<OomEvent> Head = Gen.Select(
        Gen.Select(Text, Gen.Int[1, int.MaxValue], Gen.Enum<OomEventKind>(), Gen.Enum<OomOutcome>(), Gen.Enum<OomScope>(), Constraint, Sections, Sections),
        Gen.Select(Text.Null(), Gen.Long, Gen.Long, Gen.Int, Gen.Int, (path, line, offset, lines, foreign) => new OomSource(path, line, offset, lines, foreign)),
        Gen.Select(Text.Null(), Time.Nullable(), Uptime.Nullable(), Gen.Bool, Count, Count),
        Gen.Select(Gen.Int[10, 24], Gen.Enum<OomPageSizeSource>()),
        (what, source, origin, page) => new OomEvent
        {
            Id = what.Item1,
            Revision = what.Item2,
            Kind = what.Item3,
            Outcome = what.Item4,
            Scope = what.Item5,
            Constraint = what.Item6.Constraint,
            ConstraintText = what.Item6.Text,
            Sections = what.Item7,
            Missing = what.Item8,
            Source = source,
            Host = origin.Item1,
            Time = origin.Item2,
            Uptime = origin.Item3,
            IsInterleaved = origin.Item4,
            IsDuplicated = origin.Item4 && origin.Item5 % 2 == 0,
            SuppressedBefore = origin.Item5,
            LostMessages = origin.Item6,
            PageSize = 1 << page.Item1,
            PageSizeSource = page.Item2,
        });

    /// <summary>Whole events.</summary>
    public static readonly Gen<OomEvent> Event = Gen.Select(
        Head,
        Gen.Select(Kernel.Null(), Trigger.Null(), Memcg.Null(), GenMemory.Memory.Null()),
        Gen.Select(Texts, Gen.Select(Key, Text, (name, value) => new OomRegister(name, value)).Array[0, 6], Text.Null(), Texts, Remark.Array[0, 3]),
        Table,
        Victim.Array[0, 3],
        (head, parts, texts, table, victims) => head with
        {
            Kernel = parts.Item1,
            Trigger = parts.Item2,
            Memcg = parts.Item3,
            Memory = parts.Item4,
            CallTrace = texts.Item1,
            Registers = [.. texts.Item2],
            Panic = texts.Item3,
            UnknownLines = texts.Item4,
            Remarks = [.. texts.Item5],
            Tasks = [.. table.Tasks],
            OtherTaskColumns = [.. table.Columns],
            OtherTaskValues = [.. table.Values],
            Victims = [.. victims],
        });

    /// <summary>Cuts text to a name's length without cutting a character in two.</summary>
    private static byte[] Cut(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(utf8.Length, TaskName.MaxLength);
        while (length < utf8.Length && (utf8[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return utf8[..length];
    }
}
