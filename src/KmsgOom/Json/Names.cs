using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The names of the JSON, encoded once. They are part of the schema and never change meaning.</summary>
internal static class Names
{
    // The event.
    public static readonly JsonEncodedText Schema = JsonEncodedText.Encode("schema");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Revision = JsonEncodedText.Encode("revision");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    public static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
    public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    public static readonly JsonEncodedText ByteOffset = JsonEncodedText.Encode("byte_offset");
    public static readonly JsonEncodedText LineCount = JsonEncodedText.Encode("line_count");
    public static readonly JsonEncodedText ForeignLines = JsonEncodedText.Encode("foreign_lines");
    public static readonly JsonEncodedText Host = JsonEncodedText.Encode("host");
    public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    public static readonly JsonEncodedText TimeSource = JsonEncodedText.Encode("time_source");
    public static readonly JsonEncodedText UptimeSeconds = JsonEncodedText.Encode("uptime_seconds");
    public static readonly JsonEncodedText Scope = JsonEncodedText.Encode("scope");
    public static readonly JsonEncodedText Constraint = JsonEncodedText.Encode("constraint");
    public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
    public static readonly JsonEncodedText Complete = JsonEncodedText.Encode("complete");
    public static readonly JsonEncodedText Missing = JsonEncodedText.Encode("missing");
    public static readonly JsonEncodedText Sections = JsonEncodedText.Encode("sections");
    public static readonly JsonEncodedText Interleaved = JsonEncodedText.Encode("interleaved");
    public static readonly JsonEncodedText Duplicated = JsonEncodedText.Encode("duplicated");
    public static readonly JsonEncodedText SuppressedBefore = JsonEncodedText.Encode("suppressed_before");
    public static readonly JsonEncodedText LostMessages = JsonEncodedText.Encode("lost_messages");

    // The kernel.
    public static readonly JsonEncodedText Kernel = JsonEncodedText.Encode("kernel");
    public static readonly JsonEncodedText Release = JsonEncodedText.Encode("release");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    public static readonly JsonEncodedText Tainted = JsonEncodedText.Encode("tainted");
    public static readonly JsonEncodedText Hardware = JsonEncodedText.Encode("hardware");

    // The trigger.
    public static readonly JsonEncodedText Trigger = JsonEncodedText.Encode("trigger");
    public static readonly JsonEncodedText Comm = JsonEncodedText.Encode("comm");
    public static readonly JsonEncodedText Pid = JsonEncodedText.Encode("pid");
    public static readonly JsonEncodedText Uid = JsonEncodedText.Encode("uid");
    public static readonly JsonEncodedText Cpu = JsonEncodedText.Encode("cpu");
    public static readonly JsonEncodedText GfpMask = JsonEncodedText.Encode("gfp_mask");
    public static readonly JsonEncodedText GfpFlags = JsonEncodedText.Encode("gfp_flags");
    public static readonly JsonEncodedText GfpFlagsSource = JsonEncodedText.Encode("gfp_flags_source");
    public static readonly JsonEncodedText Order = JsonEncodedText.Encode("order");
    public static readonly JsonEncodedText OomScoreAdj = JsonEncodedText.Encode("oom_score_adj");
    public static readonly JsonEncodedText OomAdj = JsonEncodedText.Encode("oom_adj");
    public static readonly JsonEncodedText Nodemask = JsonEncodedText.Encode("nodemask");
    public static readonly JsonEncodedText Cpuset = JsonEncodedText.Encode("cpuset");
    public static readonly JsonEncodedText MemsAllowed = JsonEncodedText.Encode("mems_allowed");
    public static readonly JsonEncodedText Manual = JsonEncodedText.Encode("manual");
    public static readonly JsonEncodedText CallTrace = JsonEncodedText.Encode("call_trace");
    public static readonly JsonEncodedText Registers = JsonEncodedText.Encode("registers");
    public static readonly JsonEncodedText RegistersRepeated = JsonEncodedText.Encode("registers_repeated");
    public static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    // The memory cgroup.
    public static readonly JsonEncodedText Memcg = JsonEncodedText.Encode("memcg");
    public static readonly JsonEncodedText TaskPath = JsonEncodedText.Encode("task_path");
    public static readonly JsonEncodedText Memory = JsonEncodedText.Encode("memory");
    public static readonly JsonEncodedText MemorySwap = JsonEncodedText.Encode("memory_swap");
    public static readonly JsonEncodedText Swap = JsonEncodedText.Encode("swap");
    public static readonly JsonEncodedText Kmem = JsonEncodedText.Encode("kmem");
    public static readonly JsonEncodedText UsageBytes = JsonEncodedText.Encode("usage_bytes");
    public static readonly JsonEncodedText LimitBytes = JsonEncodedText.Encode("limit_bytes");
    public static readonly JsonEncodedText Unlimited = JsonEncodedText.Encode("unlimited");
    public static readonly JsonEncodedText LimitPrintedKb = JsonEncodedText.Encode("limit_printed_kb");
    public static readonly JsonEncodedText Failcnt = JsonEncodedText.Encode("failcnt");
    public static readonly JsonEncodedText Protection = JsonEncodedText.Encode("protection");
    public static readonly JsonEncodedText MinBytes = JsonEncodedText.Encode("min_bytes");
    public static readonly JsonEncodedText LowBytes = JsonEncodedText.Encode("low_bytes");
    public static readonly JsonEncodedText OomGroup = JsonEncodedText.Encode("oom_group");
    public static readonly JsonEncodedText Stats = JsonEncodedText.Encode("stats");
    public static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");
    public static readonly JsonEncodedText ValuesRepeated = JsonEncodedText.Encode("values_repeated");

    // The task table.
    public static readonly JsonEncodedText PageSizeBytes = JsonEncodedText.Encode("page_size_bytes");
    public static readonly JsonEncodedText PageSizeSource = JsonEncodedText.Encode("page_size_source");
    public static readonly JsonEncodedText Tasks = JsonEncodedText.Encode("tasks");
    public static readonly JsonEncodedText Tgid = JsonEncodedText.Encode("tgid");
    public static readonly JsonEncodedText TotalVmBytes = JsonEncodedText.Encode("total_vm_bytes");
    public static readonly JsonEncodedText RssBytes = JsonEncodedText.Encode("rss_bytes");
    public static readonly JsonEncodedText RssPages = JsonEncodedText.Encode("rss_pages");
    public static readonly JsonEncodedText RssAnonBytes = JsonEncodedText.Encode("rss_anon_bytes");
    public static readonly JsonEncodedText RssFileBytes = JsonEncodedText.Encode("rss_file_bytes");
    public static readonly JsonEncodedText RssShmemBytes = JsonEncodedText.Encode("rss_shmem_bytes");
    public static readonly JsonEncodedText PgtablesBytes = JsonEncodedText.Encode("pgtables_bytes");
    public static readonly JsonEncodedText SwapBytes = JsonEncodedText.Encode("swap_bytes");
    public static readonly JsonEncodedText Other = JsonEncodedText.Encode("other");
    public static readonly JsonEncodedText OtherRepeated = JsonEncodedText.Encode("other_repeated");
    public static readonly JsonEncodedText OtherTaskColumns = JsonEncodedText.Encode("other_task_columns");

    // The victims and the rest.
    public static readonly JsonEncodedText Victims = JsonEncodedText.Encode("victims");
    public static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    public static readonly JsonEncodedText Announced = JsonEncodedText.Encode("announced");
    public static readonly JsonEncodedText AnonRssBytes = JsonEncodedText.Encode("anon_rss_bytes");
    public static readonly JsonEncodedText FileRssBytes = JsonEncodedText.Encode("file_rss_bytes");
    public static readonly JsonEncodedText ShmemRssBytes = JsonEncodedText.Encode("shmem_rss_bytes");
    public static readonly JsonEncodedText Reaper = JsonEncodedText.Encode("reaper");
    public static readonly JsonEncodedText Panic = JsonEncodedText.Encode("panic");
    public static readonly JsonEncodedText Remarks = JsonEncodedText.Encode("remarks");
    public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    public static readonly JsonEncodedText UnknownLines = JsonEncodedText.Encode("unknown_lines");
}
