using System.Collections.Concurrent;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Names the values of an enumeration as JSON does: <c>ContainerLimit</c> is <c>container_limit</c>.</summary>
internal static class SnakeCase
{
    // A few dozen words of our own enumerations.
    private static readonly ConcurrentDictionary<Enum, JsonEncodedText> Names = new();

    public static JsonEncodedText Of(Enum value) =>
        Names.GetOrAdd(value, static name => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString())));
}
