using CsCheck;

namespace KmsgOom.Tests.ReportWriter;

/// <summary>Generates reports of every era with every optional part, and hostile names.</summary>
internal static class GenReport
{
    private static readonly string[] PlainComms =
    [
        "stress", "npm start", "CPU 0/KVM", "runc:[2:INIT]", "(sd-pam)", "a) total-vm:0kB", "a,pid=1,uid=0", "invoked oom-ki", "oom_reaper:", "say \"hi\"", "7z",
        "[  pid  ]", ") score 5 or", "x] 1 2 3 4 5 6", "a, UID 0, (b)", "kworker/u8:2", "Mem-Info:", ",task=a,pid=2", " lead", "HTTP-Thread 12,",
    ];

    private static readonly string[] RawComms = ["", "   ", "trail ", "h\u00c3\u00a9llo", "abcdefghijklmn\u00e2", "x\u00ff\u00fe", "tab\there", "bell\u0007"];

    private static readonly string[] BrokenComms = ["new\nline", "a\nb\nc"];

    private static readonly string[] Paths =
        ["/", "/0", "/kubepods/burstable/pod0f/4f1c", "/odd dir (1),x=y", "/system.slice/docker-0074.scope", "/kubelet.slice:cri-containerd:4f1c", "/a/b/c/d/e/f/g/h"];

    private static readonly Gen<long> Pages = Gen.OneOf(Gen.Long[0, 99], Gen.Long[0, 1 << 20], Gen.Long[1L << 30, 1L << 42], Gen.OneOf(0L, 1L, 64L));

    public static Gen<string> Comm(Wrapper wrapper) => Gen.OneOf(
        [.. PlainComms, .. wrapper.TakesAnyByte ? RawComms : [], .. wrapper is { TakesAnyByte: true, TakesNewline: true } ? BrokenComms : []]);

    private static Gen<WrittenMachine> Machine(KernelEra era) =>
        from kind in Gen.OneOf(Kinds(era))
        from page in Gen.OneOf(kind switch { MachineKind.Arm64 => [4, 16, 64], MachineKind.Ppc64 => [4, 64], _ => (int[])[4] })
        from nodes in Gen.Int[1, 3]
        from isNuma in Gen.Bool
        from tainted in Gen.OneOf("Not tainted", "Not tainted", "Tainted: G        W  OE", "Tainted: P           O   ", "Tainted: G               ------------ T")
        from hardware in Gen.OneOf("QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-1 04/01/2014", "Raspberry Pi 4 Model B Rev 1.4 (DT)").Null()
        from tail in Gen.OneOf("", "-Ubuntu", " Debian 5.10.262-1", "  Debian 6.1.176-1")
        from hasKdump in Gen.Bool
        select new WrittenMachine(kind, page, isNuma && nodes > 1, isNuma ? nodes : 1, tainted, hardware, tail, hasKdump);

    private static MachineKind[] Kinds(KernelEra era) =>
    [
        MachineKind.Amd64, MachineKind.Amd64, MachineKind.I386,
        .. era.IsSince("3.2") ? (MachineKind[])[MachineKind.Arm, MachineKind.S390, MachineKind.Ppc64] : [],
        .. era.IsSince("3.7") ? (MachineKind[])[MachineKind.Arm64] : [],
        .. era.IsSince("4.15") ? (MachineKind[])[MachineKind.Riscv64] : [],
    ];

    private static Gen<WrittenTask> Task(Wrapper wrapper) => Gen.Select(
        Gen.Select(Gen.OneOf(Gen.Int[2, 40000], Gen.Int[100000, 4194303]), Gen.OneOf(0, 1000, -2, 65534, 1000070000), Comm(wrapper), Gen.Int[0, 127]),
        Gen.Select(Pages, Pages, Pages, Pages),
        Gen.Select(Gen.Long[0, 5000], Gen.Long[0, 50], Gen.Long[0, 1 << 20], Pages),
        Gen.Select(Gen.Int[-17, 15], Gen.OneOf(Gen.Int[-1000, 1000], Gen.OneOf(0, 0, 999, -1000))),
        (who, rss, tables, adj) => new WrittenTask(
            who.Item1, who.Item1, who.Item2, rss.Item1 + 1, rss.Item2, rss.Item3, rss.Item4, tables.Item1, tables.Item2, tables.Item3 * 4096, tables.Item4,
            who.Item4, adj.Item1, adj.Item2, who.Item3));

    private static Gen<WrittenTrigger> Trigger(KernelEra era, Wrapper wrapper) => Gen.Select(
        Gen.Select(Comm(wrapper), Gen.Int[2, 4194303], Gen.OneOf(0U, 1000U, 4294967294U), Gen.Int[0, 255]),
        Gen.Select(Gen.OneOf(GfpText.Masks(era.Gfp)), Gen.OneOf(0, 0, 0, 1, 3, 9, -1), Gen.Int[-17, 15], Gen.Int[-1000, 1000]),
        Gen.Select(Gen.OneOf("0", "0-1", "0,2-3"), Gen.OneOf("/", "cri-containerd-4f1c.scope", "odd dir (1),x=y", "vcpu0"), Gen.OneOf("0", "0-1", "0,2-3")),
        (who, how, where) =>
        {
            bool isManual = how.Item2 < 0 && era.IsSince("4.4");
            return new WrittenTrigger(
                isManual ? "kworker/3:1" : who.Item1, who.Item2, who.Item3, who.Item4, how.Item1, isManual ? -1 : Math.Max(0, how.Item2), how.Item3, how.Item4,
                where.Item1, where.Item2, where.Item3, isManual ? "events moom_callback" : null);
        });

    private static readonly Gen<WrittenNumbers> Numbers = Gen.Select(Gen.UInt, Gen.Int[0, 4], (seed, large) => new WrittenNumbers(seed, large == 0));

    private static readonly Gen<WrittenMemcg> Memcg = Gen.Select(
        Gen.Select(Gen.Bool, Gen.OneOf(Paths), Gen.OneOf("", "/child", "/odd (2),x=y"), Gen.Long[0, 1L << 33]),
        Gen.Select(Gen.Bool, Gen.OneOf(Gen.ULong[0, 5000], Gen.OneOf(ulong.MaxValue)), Gen.Bool, Gen.OneOf("c1", "d e").Array[0, 3]),
        Numbers,
        (a, b, numbers) => new WrittenMemcg(a.Item1, a.Item2, (a.Item2 + a.Item3).Replace("//", "/", StringComparison.Ordinal), a.Item4, b.Item1, b.Item2, b.Item3, b.Item4, numbers));

    /// <summary>Reports that a wrapper can carry without loss.</summary>
    public static Gen<WrittenReport> Report(Wrapper wrapper) =>
        from era in Gen.OneOf(KernelEras.All)
        from report in Report(era, wrapper)
        select report;

    public static Gen<WrittenReport> Report(KernelEra era, Wrapper wrapper) => Gen.Select(
        Gen.Select(Machine(era), Trigger(era, wrapper), Memcg.Null(), Numbers),
        Gen.Select(Task(wrapper).Array[1, 40], Task(wrapper), Gen.Int[0, 5], Gen.Int[0, 2]),
        Gen.Select(Gen.Enum<WrittenEnding>(), Gen.Enum<WrittenScope>(), Gen.Int[0, 99], Gen.Int[0, 1000]),
        Gen.Select(Gen.Long[0, 3000], Gen.OneOf(Gen.Int[0, 1000], Gen.OneOf(-30, 1718)), Gen.OneOf(0, 0, 0, 1, 250), Gen.Int[0, 7]),
        (parts, people, what, more) => Make(era, parts, people, what, more));

    private static WrittenReport Make(
        KernelEra era,
        (WrittenMachine Machine, WrittenTrigger Trigger, WrittenMemcg? Memcg, WrittenNumbers Numbers) parts,
        (WrittenTask[] Tasks, WrittenTask Other, int First, int Reaper) people,
        (WrittenEnding Ending, WrittenScope Scope, int Dice, int Frames) what,
        (long Second, int Score, int Suppressed, int Flags) more)
    {
        WrittenTask[] tasks = [.. people.Tasks.DistinctBy(task => task.Pid)];
        // SysRq-f is about the whole machine.
        WrittenMemcg? memcg = era.HasMemcg && parts.Trigger.Order >= 0 ? parts.Memcg : null;
        WrittenEnding ending = Possible(what.Ending, era, memcg);
        WrittenTask first = tasks[people.First % tasks.Length];
        bool isGroup = ending == WrittenEnding.GroupKilled;
        bool isChild = people.Other.Pid != first.Pid && what.Dice % 5 == 0 && era.Announcement != AnnouncementForm.None;
        WrittenVictim[] victims = isGroup
            ? [.. tasks.Skip(people.First % tasks.Length).Take(4).Select(task => new WrittenVictim(task, more.Score, null, (WrittenReaper)people.Reaper))]
            : [new WrittenVictim(first, more.Score, isChild ? people.Other : null, (WrittenReaper)people.Reaper)];
        bool isKilled = ending is WrittenEnding.Killed or WrittenEnding.GroupKilled;
        bool isFailure = what.Dice is 1 or 2 or 3 && era.IsSince("2.6.24");
        return new WrittenReport
        {
            Era = era,
            Machine = Rare(parts.Machine, era, what.Frames),
            Trigger = parts.Trigger,
            Memcg = isFailure ? null : memcg,
            Scope = memcg is not null ? WrittenScope.Memcg : what.Scope == WrittenScope.Memcg || parts.Trigger.Order < 0 ? WrittenScope.Global : what.Scope,
            Memory = parts.Numbers,
            Tasks = what.Dice % 10 == 9 ? [] : tasks,
            Victims = victims,
            Ending = ending,
            HasTable = what.Dice % 7 != 6,
            HasRegisters = (more.Flags & 1) != 0,
            HasSlabTable = (more.Flags & 2) != 0,
            IsAllocatingTask = (more.Flags & 4) != 0 && memcg is null,
            Suppressed = more.Suppressed,
            IsRateLimited = isKilled && !isFailure && what.Dice % 11 == 10,
            IsAllocationFailure = isFailure,
            FramesSeed = what.Frames,
            Microseconds = more.Second * 1_000_000,
        };
    }

    /// <summary>Machines that nobody of ours has.</summary>
    private static WrittenMachine Rare(WrittenMachine machine, KernelEra era, int dice) => (machine.Kind, dice % 3) switch
    {
        (MachineKind.Ppc64, 0) => machine with { Kind = MachineKind.Mips64, PageKiB = dice % 2 == 0 ? 4 : 16 },
        (MachineKind.S390, 0) => machine with { Kind = MachineKind.Sparc64, PageKiB = 8 },
        (MachineKind.Arm64, 0) when era.IsSince("4.15") => machine with { Kind = MachineKind.Riscv64, PageKiB = 4 },
        _ => machine,
    };

    private static WrittenEnding Possible(WrittenEnding ending, KernelEra era, WrittenMemcg? memcg) => ending switch
    {
        WrittenEnding.GroupKilled when !era.HasGroupKill => WrittenEnding.Killed,
        WrittenEnding.AlreadyExiting when !era.HasAlreadyExiting => WrittenEnding.Killed,
        WrittenEnding.NoKillable when !era.IsSince("2.6.36") || (memcg is not null && !era.HasNoKillableLine) => WrittenEnding.Killed,
        WrittenEnding.Panic when !era.IsSince("2.6.36") => WrittenEnding.Killed,
        _ => ending,
    };
}
