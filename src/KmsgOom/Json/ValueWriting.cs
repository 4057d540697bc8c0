using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace KmsgOom.Json;

/// <summary>Writes the values that occur everywhere; absent ones are left out.</summary>
internal static class ValueWriting
{
    private const int KiB = 1024;

    // A TimeSpan counts in 10^-7 seconds.
    private const byte TickDecimals = 7;

    public static void WriteKiB(this Utf8JsonWriter writer, JsonEncodedText name, long? kiB)
    {
        if (kiB is { } count)
        {
            writer.WriteBytes(name, count, KiB);
        }
    }

    public static void WritePages(this Utf8JsonWriter writer, JsonEncodedText name, long? pages, int pageSize)
    {
        if (pages is { } count)
        {
            writer.WriteBytes(name, count, pageSize);
        }
    }

    public static void WriteBytes(this Utf8JsonWriter writer, JsonEncodedText name, long count, int unit)
    {
        // Numbers of a damaged log may exceed 64 bits as bytes; a decimal holds every product.
        if (Math.BigMul(count, (long)unit, out long bytes) == bytes >> 63)
        {
            writer.WriteNumber(name, bytes);
        }
        else
        {
            writer.WriteNumber(name, (decimal)count * unit);
        }
    }

    public static void WriteBytesValue(this Utf8JsonWriter writer, long count, int unit)
    {
        if (Math.BigMul(count, (long)unit, out long bytes) == bytes >> 63)
        {
            writer.WriteNumberValue(bytes);
        }
        else
        {
            writer.WriteNumberValue((decimal)count * unit);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is { } present)
        {
            writer.WriteNumber(name, present);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, JsonEncodedText name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    public static void WriteSet(this Utf8JsonWriter writer, JsonEncodedText name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }

    public static void WriteName(this Utf8JsonWriter writer, JsonEncodedText name, TaskName taskName)
    {
        Span<byte> bytes = stackalloc byte[TaskName.MaxLength];
        writer.WriteText(name, bytes[..taskName.CopyTo(bytes)]);
    }

    /// <summary>Writes a text in UTF-8, which may have damages.</summary>
    public static void WriteText(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            writer.WriteString(name, utf8);
        }
        else
        {
            // The writer would escape its replacements ("\uFFFD") but leave a U+FFFD that is there already; what is read back must be written the same.
            writer.WriteString(name, Encoding.UTF8.GetString(utf8));
        }
    }

    /// <summary>Writes a text in UTF-8; what is damaged as <see cref="WriteText"/> does.</summary>
    public static void WriteTextValue(this Utf8JsonWriter writer, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            writer.WriteStringValue(utf8);
        }
        else
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(utf8));
        }
    }

    public static void WriteUptime(this Utf8JsonWriter writer, TimeSpan? uptime)
    {
        if (uptime is not { } time)
        {
            return;
        }

        // A decimal is exact, which a double is not; one without its trailing zeros reads like the log.
        long ticks = time.Ticks;
        byte decimals = TickDecimals;
        while (decimals > 0 && ticks % 10 == 0)
        {
            ticks /= 10;
            decimals--;
        }

        ulong digits = (ulong)(ticks < 0 ? -(Int128)ticks : ticks);
        writer.WriteNumber(Names.UptimeSeconds, new decimal((int)(uint)digits, (int)(digits >> 32), 0, ticks < 0, decimals));
    }

    public static void WriteTime(this Utf8JsonWriter writer, OomTimestamp? time)
    {
        if (time is { } timestamp)
        {
            writer.WriteString(Names.Time, timestamp.ToString());
            writer.WriteString(Names.TimeSource, Words.TimeSources[(int)timestamp.Source]);
        }
    }

    public static void WriteSections(this Utf8JsonWriter writer, JsonEncodedText name, OomSections sections)
    {
        if (sections == OomSections.None)
        {
            return;
        }

        writer.WriteStartArray(name);
        for (int bit = 0; bit < Words.Sections.Count; bit++)
        {
            if (((int)sections >> bit & 1) != 0)
            {
                writer.WriteStringValue(Words.Sections[bit]);
            }
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes texts; of those that were read from a log, no strings need to be made.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, JsonEncodedText name, Lazy<ImmutableArray<string>> texts)
    {
        if (texts is not LateTexts { Count: > 0 } late)
        {
            writer.WriteTexts(name, texts.Value.AsSpan());
            return;
        }

        writer.WriteStartArray(name);
        for (int at = 0; at < late.Count; at++)
        {
            writer.WriteTextValue(late.GetUtf8(at));
        }

        writer.WriteEndArray();
    }

    public static void WriteEvidence(this Utf8JsonWriter writer, ReadOnlySpan<OomEvidence> evidence)
    {
        if (evidence.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(AnalysisNames.Evidence);
        foreach (ref readonly OomEvidence one in evidence)
        {
            writer.WriteEvidence(in one);
        }

        writer.WriteEndArray();
    }

    public static void WriteEvidence(this Utf8JsonWriter writer, in OomEvidence evidence)
    {
        writer.WriteStartObject();
        writer.WriteOptional(Names.Line, evidence.Line > 0 ? evidence.Line : null);
        if (evidence.TryGetUtf8(out ReadOnlySpan<byte> utf8))
        {
            writer.WriteText(Names.Text, utf8);
        }
        else
        {
            writer.WriteString(Names.Text, evidence.Text);
        }

        writer.WriteEndObject();
    }
}
