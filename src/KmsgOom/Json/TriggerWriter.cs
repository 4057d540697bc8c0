using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Writes who asked for memory, and the registers of that moment.</summary>
internal static class TriggerWriter
{
    private static readonly OomTrigger Nothing = new();
    private static readonly KnownNames RegisterKeys = new(RegisterNames.Known);
    private static readonly JsonEncodedText Printed = JsonEncodedText.Encode(EventReader.PrintedFlags);

    private static readonly JsonEncodedText Decoded = JsonEncodedText.Encode("decoded");

    public static void Write(Utf8JsonWriter writer, OomEvent oomEvent)
    {
        OomTrigger? trigger = oomEvent.Trigger;
        if (trigger is null || trigger.Equals(Nothing))
        {
            return;
        }

        writer.WriteStartObject(Names.Trigger);
        if (trigger.Name is { } name)
        {
            writer.WriteName(Names.Comm, name);
        }

        writer.WriteOptional(Names.Pid, trigger.Pid);
        writer.WriteOptional(Names.Uid, trigger.Uid);
        writer.WriteOptional(Names.Cpu, trigger.Cpu);
        WriteFlags(writer, trigger, OomGfpFlags.Decode(oomEvent).AsSpan());
        writer.WriteOptional(Names.Order, trigger.Order);
        writer.WriteOptional(Names.OomScoreAdj, trigger.OomScoreAdj);
        writer.WriteOptional(Names.OomAdj, trigger.OomAdj);
        writer.WriteOptional(Names.Nodemask, trigger.Nodemask);
        writer.WriteOptional(Names.Cpuset, trigger.Cpuset);
        writer.WriteOptional(Names.MemsAllowed, trigger.MemsAllowed);
        writer.WriteSet(Names.Manual, oomEvent.IsManual);
        writer.WriteEndObject();
    }

    public static void WriteRegisters(Utf8JsonWriter writer, OomEvent oomEvent)
    {
        // Of registers that were read from a log, no strings need to be made.
        LateRegisters? late = oomEvent.LateRegisters as LateRegisters;
        ReadOnlySpan<OomRegister> made = late is null ? oomEvent.Registers.AsSpan() : default;
        int count = late?.Count ?? made.Length;
        if (count == 0)
        {
            return;
        }

        NamesOnce names = new(RegisterKeys, stackalloc bool[RegisterKeys.Count]);
        int place = 0;
        int written = 0;
        writer.WriteStartObject(Names.Registers);
        for (int at = 0; at < count; at++)
        {
            if (!names.TryWrite(writer, late is null ? made[at].Name : late.GetName(at, ref place)))
            {
                continue;
            }

            written++;
            if (late is null)
            {
                writer.WriteStringValue(made[at].Value);
            }
            else
            {
                writer.WriteTextValue(late.GetValueUtf8(at));
            }
        }

        writer.WriteEndObject();
        if (written < count)
        {
            WriteRepeated(writer, oomEvent.Registers.AsSpan());
        }
    }

    private static void WriteRepeated(Utf8JsonWriter writer, ReadOnlySpan<OomRegister> registers)
    {
        HashSet<string> seen = [];
        writer.WriteStartArray(Names.RegistersRepeated);
        for (int at = 0; at < registers.Length; at++)
        {
            if (!seen.Add(registers[at].Name))
            {
                writer.WriteStartObject();
                writer.WriteNumber(Names.Index, at);
                writer.WriteString(Names.Name, registers[at].Name);
                writer.WriteString(Names.Value, registers[at].Value);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteFlags(Utf8JsonWriter writer, OomTrigger trigger, ReadOnlySpan<string> decoded)
    {
        if (trigger.GfpMask is { } mask)
        {
            Span<byte> hex = stackalloc byte["0x"u8.Length + (2 * sizeof(uint))];
            "0x"u8.CopyTo(hex);
            bool fits = mask.TryFormat(hex["0x"u8.Length..], out int digits, "x", CultureInfo.InvariantCulture);
            Debug.Assert(fits, "Two digits a byte.");
            writer.WriteString(Names.GfpMask, hex[..("0x"u8.Length + digits)]);
        }

        ReadOnlySpan<string> flags = trigger.GfpFlags.AsSpan();
        if (!flags.IsEmpty)
        {
            writer.WriteTexts(Names.GfpFlags, flags);
            writer.WriteString(Names.GfpFlagsSource, Printed);
        }
        else if (!decoded.IsEmpty)
        {
            writer.WriteTexts(Names.GfpFlags, decoded);
            writer.WriteString(Names.GfpFlagsSource, Decoded);
        }
    }
}
