using System.Globalization;

namespace KmsgOom.Cli.Text;

/// <summary>Who asked for the memory that was not there. Not necessarily who used it up.</summary>
internal static class TriggerText
{
    public static void Write(Screen screen, OomEvent oomEvent)
    {
        if (oomEvent.Trigger is not { } trigger)
        {
            return;
        }

        // Where the line is lost, the oom-kill: line still has the cpuset and the nodes of the task that asked: of itself and its request nothing is known.
        bool hasRequest = oomEvent.IsManual || trigger.Order is not null || trigger.GfpMask is not null;
        bool hasTask = hasRequest || trigger.Name is not null || trigger.Pid is not null;
        string label = hasTask ? "" : "Triggered";
        if (hasTask)
        {
            screen.Field("Triggered", $"by {DescribeTask(trigger)}");
        }

        if (hasRequest)
        {
            screen.Field("", DescribeRequest(oomEvent, trigger));
        }

        bool isToldAbove = oomEvent.Scope is OomScope.Cpuset or OomScope.Mempolicy;

        // A container's cpuset mostly has the name of its cgroup, which stands above.
        bool isCgroup = trigger.Cpuset is { } name && oomEvent.Memcg?.TaskPath?.EndsWith($"/{name}", StringComparison.Ordinal) == true;
        if (!isToldAbove && !isCgroup && trigger.Cpuset is { } cpuset and not "/")
        {
            screen.Field(label, $"in cpuset {cpuset}");
        }
    }

    private static string DescribeTask(OomTrigger trigger)
    {
        string name = trigger.Name is { } known ? PrintableText.OfName(known) : "a task without a name in the log";
        List<string> facts = [];
        AddFact(facts, "pid", trigger.Pid);
        AddFact(facts, "uid", trigger.Uid);
        AddFact(facts, "oom_score_adj", trigger.OomScoreAdj);
        AddFact(facts, "oom_adj", trigger.OomAdj);
        AddFact(facts, "on CPU", trigger.Cpu);
        return facts.Count == 0 ? name : $"{name} ({string.Join(", ", facts)})";
    }

    private static string DescribeRequest(OomEvent oomEvent, OomTrigger trigger)
    {
        if (oomEvent.IsManual)
        {
            return $"no allocation: SysRq-f (order {trigger.Order})";
        }

        string size = trigger.Order switch
        {
            null => "asked for memory",
            int order and >= 0 and <= 30 => string.Create(
                CultureInfo.InvariantCulture,
                $"asked for {Sizes.FromMiB(Sizes.PagesToMiB(1L << order, oomEvent.PageSize))} (order {order})"),
            int order => string.Create(CultureInfo.InvariantCulture, $"asked for memory (order {order})"),
        };
        return trigger.GfpMask switch
        {
            null => size,
            0 when trigger.GfpFlags.IsEmpty => $"{size}, gfp_mask 0: a page fault",
            uint mask => string.Create(
                CultureInfo.InvariantCulture,
                $"{size}, gfp_mask 0x{mask:x}{DescribeFlags(oomEvent, trigger)}"),
        };
    }

    private static string DescribeFlags(OomEvent oomEvent, OomTrigger trigger) =>
        !trigger.GfpFlags.IsEmpty ? " " + string.Join('|', trigger.GfpFlags)
        : OomGfpFlags.Decode(oomEvent) is { IsEmpty: false } decoded ? $" {string.Join('|', decoded)} (decoded)"
        : "";

    private static void AddFact(List<string> facts, string name, long? number)
    {
        if (number is { } value)
        {
            facts.Add(Words.Fact(name, value));
        }
    }
}
