using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Turns the JSON's shape back into an event.</summary>
internal static class EventReader
{
    /// <summary>The <c>gfp_flags_source</c> of flags that the log itself names; others are conclusions and not read.</summary>
    public const string PrintedFlags = "printed";

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">Something is missing or impossible.</exception>
    public static OomEvent Read(EventDto dto)
    {
        int pageSize = dto.PageSizeBytes ?? 4096;
        if (pageSize < 1)
        {
            throw new JsonException("page_size_bytes: is not positive.");
        }

        ImmutableArray<string> columns = TaskTableReader.Columns(dto);
        return new OomEvent
        {
            Id = ValueReading.Require(dto.Id, "id"),
            Revision = dto.Revision ?? 1,
            Kind = (OomEventKind)Words.Kinds.Find(dto.Kind),
            Outcome = (OomOutcome)Words.Outcomes.Find(dto.Outcome),
            Scope = dto.Scope is null ? OomScope.Unknown : (OomScope)Words.Scopes.Find(dto.Scope),
            Constraint = Constraint(dto.Constraint),
            ConstraintText = dto.Constraint,
            Sections = ValueReading.Sections(dto.Sections),
            Missing = ValueReading.Sections(dto.Missing),
            Source = Source(ValueReading.Require(dto.Source, "source")),
            Host = dto.Host,
            Time = ValueReading.Time(dto.Time, dto.TimeSource),
            Uptime = ValueReading.Uptime(dto.UptimeSeconds),
            IsInterleaved = dto.Interleaved,
            IsDuplicated = dto.Duplicated,
            SuppressedBefore = dto.SuppressedBefore,
            LostMessages = dto.LostMessages,
            Kernel = dto.Kernel is { } kernel ? Kernel(kernel) : null,
            Trigger = dto.Trigger is { } trigger ? Trigger(trigger) : null,
            CallTrace = ValueReading.Texts(dto.CallTrace, "call_trace"),
            Registers = Registers(dto),
            Memcg = dto.Memcg is { } memcg ? MemcgReader.Read(memcg) : null,
            Memory = MemoryReader.Read(dto.Memory, pageSize),
            PageSize = pageSize,
            PageSizeSource = dto.PageSizeSource is null ? OomPageSizeSource.Assumed : (OomPageSizeSource)Words.PageSizeSources.Find(dto.PageSizeSource),
            Tasks = TaskTableReader.Tasks(dto, pageSize),
            OtherTaskColumns = columns,
            OtherTaskValues = TaskTableReader.OtherValues(dto, columns),
            Victims = VictimReader.Read(dto.Victims),
            Announced = VictimReader.Announced(dto.Announced),
            Panic = dto.Panic,
            Remarks = Remarks(dto),
            UnknownLines = ValueReading.Texts(dto.UnknownLines, "unknown_lines"),
        };
    }

    private static OomConstraint Constraint(string? text) => text switch
    {
        null => OomConstraint.Unknown,
        "CONSTRAINT_NONE" => OomConstraint.None,
        "CONSTRAINT_CPUSET" => OomConstraint.Cpuset,
        "CONSTRAINT_MEMORY_POLICY" => OomConstraint.MemoryPolicy,
        "CONSTRAINT_MEMCG" => OomConstraint.Memcg,
        _ => OomConstraint.Other,
    };

    private static OomSource Source(SourceDto dto) => new(dto.Path, dto.Line, dto.ByteOffset, dto.LineCount, dto.ForeignLines);

    private static OomKernel Kernel(KernelDto dto) =>
        new() { Release = dto.Release, Version = dto.Version, Tainted = dto.Tainted, Hardware = dto.Hardware };

    private static OomTrigger Trigger(TriggerDto dto) => new()
    {
        Name = dto.Comm is null ? null : ValueReading.Name(dto.Comm),
        Pid = dto.Pid,
        Uid = dto.Uid,
        Cpu = dto.Cpu,
        GfpMask = dto.GfpMask is { } mask ? Hex(mask) : null,
        GfpFlags = dto.GfpFlagsSource is null or PrintedFlags ? ValueReading.Texts(dto.GfpFlags, "gfp_flags") : [],
        Order = dto.Order,
        OomScoreAdj = dto.OomScoreAdj,
        OomAdj = dto.OomAdj,
        Nodemask = dto.Nodemask,
        Cpuset = dto.Cpuset,
        MemsAllowed = dto.MemsAllowed,
    };

    private static uint Hex(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(text.AsSpan("0x".Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint mask)
            ? mask
            : throw new JsonException("gfp_mask: is not a hexadecimal number of 32 bits.");

    private static ImmutableArray<OomRemark> Remarks(EventDto dto) =>
        [.. (dto.Remarks ?? []).Select(static remark => new OomRemark((OomRemarkKind)Words.RemarkKinds.Find(remark?.Kind), ValueReading.Require(remark?.Text, "remarks")))];

    private static ImmutableArray<OomRegister> Registers(EventDto dto) => RepeatedNames.Merge(
        dto.Registers,
        dto.RegistersRepeated,
        static (name, value) => new OomRegister(name, ValueReading.Require(value, "registers")),
        "registers_repeated");
}
