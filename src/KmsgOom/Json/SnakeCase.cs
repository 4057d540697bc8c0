using System.Collections.Frozen;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Names the values of an enumeration as JSON does: <c>ContainerLimit</c> is <c>container_limit</c>.</summary>
internal static class SnakeCase
{
    public static JsonEncodedText Of<T>(T value)
        where T : struct, Enum => Words<T>.All[value];

    private static class Words<T>
        where T : struct, Enum
    {
        public static FrozenDictionary<T, JsonEncodedText> All { get; } = Enum.GetValues<T>().ToFrozenDictionary(
            value => value, value => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())));
    }
}
