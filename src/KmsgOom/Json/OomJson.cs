using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KmsgOom.Json;

namespace KmsgOom;

/// <summary>Writes events as JSON, schema <c>kmsgoom/1</c>, and reads them back.</summary>
/// <remarks>
/// <para>
/// Sizes are numbers of bytes whose names end in <c>_bytes</c>; what the log did not say is omitted. An event that is written and read back is equal to
/// the first, apart from <see cref="OomEvent.Lines"/>, which are not written, and from these: bytes of a name that are not valid UTF-8 come back as
/// U+FFFD (three bytes each, so that the end of such a name may be lost at <see cref="TaskName.MaxLength"/>); an <see cref="OomKernel"/>,
/// <see cref="OomTrigger"/> or <see cref="OomMemcg"/> that says nothing at all comes back as null; <see cref="OomEvent.Constraint"/> is read from
/// <see cref="OomEvent.ConstraintText"/>.
/// </para>
/// <para>Names beyond the contract, most of them for the way back only:</para>
/// <list type="bullet">
/// <item><c>sections</c>: the sections that the log contains; <c>duplicated</c>: <see cref="OomEvent.IsDuplicated"/>.</item>
/// <item><c>trigger.oom_adj</c>: the old-style adjustment.</item>
/// <item><c>limit_printed_kb</c>, beside <c>"unlimited": true</c>: the number that the kernel printed for "no limit".</item>
/// <item><c>victims[].time_source</c>: like the event's; <c>announced</c>: <see cref="OomEvent.Announced"/>, with its score.</item>
/// <item>
/// <c>memory</c>: <c>other</c> lists the counters that are unknown or occur twice, each with its place (<c>index</c>) and unit; <c>pages_scanned</c> is a number
/// of pages; <c>swap_cache</c>, <c>per_cpu</c>, <c>buddy_total_bytes</c>, <c>profiling</c> and <c>allocations[].size</c> (the rounded size as printed) are as
/// the kernel prints them.
/// </item>
/// <item><c>workload</c>, <c>analysis</c>: conclusions, where an <see cref="OomAnalysis"/> is given; they are not read back, but made again from the event.</item>
/// <item><c>other_task_columns</c>: the names of <c>tasks[].other</c> in printed order.</item>
/// <item>
/// <c>registers_repeated</c>, <c>values_repeated</c>: entries whose name stands in <c>registers</c> or <c>values</c> already, each with its place
/// (<c>index</c>, 0-based) in the printed order; <c>tasks[].other_repeated</c>: the values of columns whose name stands there already.
/// </item>
/// </list>
/// </remarks>
public static class OomJson
{
    // Nobody pastes a line of NDJSON into HTML, and names in other alphabets stay readable.
    private static readonly JsonWriterOptions LineOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = false,
        SkipValidation = true,
    };

    /// <summary>The writer that <see cref="WriteLine(IBufferWriter{byte}, OomEvent, OomAnalysis?)"/> lends to one call at a time; null while it is lent.</summary>
    [ThreadStatic]
    private static Utf8JsonWriter? _idleWriter;

    /// <summary>Writes an event as one JSON object, without conclusions.</summary>
    /// <param name="writer">Gets the object; its options decide about indentation and escapes. It is not flushed.</param>
    /// <param name="oomEvent">The event.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent) => Write(writer, oomEvent, null);

    /// <summary>Writes an event as one JSON object.</summary>
    /// <param name="writer">Gets the object; its options decide about indentation and escapes. It is not flushed.</param>
    /// <param name="oomEvent">The event.</param>
    /// <param name="analysis">What is concluded from it, written as <c>workload</c> and <c>analysis</c>; null for nothing.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent, OomAnalysis? analysis)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(oomEvent);
        EventWriter.Write(writer, oomEvent, analysis);
    }

    /// <summary>Writes an event as one line of NDJSON, without conclusions.</summary>
    /// <param name="output">Gets the bytes; of an event that fails to be written it may get a part.</param>
    /// <param name="oomEvent">The event.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void WriteLine(IBufferWriter<byte> output, OomEvent oomEvent) => WriteLine(output, oomEvent, null);

    /// <summary>Writes an event as one line of NDJSON: a JSON object without line breaks, and a line feed.</summary>
    /// <param name="output">Gets the bytes; of an event that fails to be written it may get a part.</param>
    /// <param name="oomEvent">The event.</param>
    /// <param name="analysis">What is concluded from it, written as <c>workload</c> and <c>analysis</c>; null for nothing.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void WriteLine(IBufferWriter<byte> output, OomEvent oomEvent, OomAnalysis? analysis)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(oomEvent);
        Utf8JsonWriter? writer = _idleWriter;
        if (writer is null)
        {
            writer = new Utf8JsonWriter(output, LineOptions);
        }
        else
        {
            _idleWriter = null;
            writer.Reset(output);
        }

        EventWriter.Write(writer, oomEvent, analysis);
        writer.Flush();
        output.Write("\n"u8);

        // The idle writer must not keep the caller's output alive.
        writer.Reset(NoOutput.Instance);
        _idleWriter = writer;
    }

    /// <summary>Writes an event as JSON text without line breaks and without conclusions.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <returns>One JSON object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static string ToJson(OomEvent oomEvent) => ToJson(oomEvent, null);

    /// <summary>Writes an event as JSON text without line breaks.</summary>
    /// <param name="oomEvent">The event.</param>
    /// <param name="analysis">What is concluded from it, written as <c>workload</c> and <c>analysis</c>; null for nothing.</param>
    /// <returns>One JSON object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="oomEvent"/> is null.</exception>
    public static string ToJson(OomEvent oomEvent, OomAnalysis? analysis)
    {
        ArrayBufferWriter<byte> output = new(4096);
        WriteLine(output, oomEvent, analysis);
        return Encoding.UTF8.GetString(output.WrittenSpan[..^1]);
    }

    /// <summary>Reads an event back.</summary>
    /// <param name="utf8Json">One JSON object of schema <c>kmsgoom/1</c>; blanks and line ends around it, and names that are not known, do not matter.</param>
    /// <returns>The event, without <see cref="OomEvent.Lines"/>.</returns>
    /// <exception cref="JsonException">This is not JSON, or no event of schema <c>kmsgoom/1</c>.</exception>
    public static OomEvent Parse(ReadOnlySpan<byte> utf8Json)
    {
        EventSchema.Require(utf8Json);
        EventDto? dto = JsonSerializer.Deserialize(utf8Json, EventJsonContext.Default.EventDto);
        return dto is null ? throw new JsonException("An event is a JSON object.") : EventReader.Read(dto);
    }

    /// <summary>Reads an event back.</summary>
    /// <param name="json">One JSON object of schema <c>kmsgoom/1</c>.</param>
    /// <returns>The event, without <see cref="OomEvent.Lines"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="JsonException">This is not JSON, or no event of schema <c>kmsgoom/1</c>.</exception>
    public static OomEvent Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Where an idle writer points to.</summary>
    private sealed class NoOutput : IBufferWriter<byte>
    {
        public static NoOutput Instance { get; } = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
