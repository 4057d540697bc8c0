using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>The version of the JSON that is written and read.</summary>
internal static class EventSchema
{
    public const string Text = "kmsgoom/1";

    /// <summary>Looks for the schema before anything else is read, so that another version fails for what it is.</summary>
    /// <exception cref="JsonException">No JSON object, or none of this schema.</exception>
    public static void Require(ReadOnlySpan<byte> utf8Json)
    {
        Utf8JsonReader reader = new(utf8Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An event is a JSON object.");
        }

        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSchema = reader.ValueTextEquals("schema"u8);
                reader.Read();
                if (!isSchema)
                {
                    reader.Skip();
                    continue;
                }

                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Text))
                {
                    return;
                }

                throw new JsonException($"schema: only \"{Text}\" is understood.");
            }
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader's answer to text that is no Unicode.
            throw new JsonException("The text is not valid Unicode.", e);
        }

        throw new JsonException($"This is no event: it has no \"schema\": \"{Text}\".");
    }
}
