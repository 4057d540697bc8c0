using System.Text.Json.Serialization;

namespace KmsgOom.Json;

/// <summary>The generated code that reads <see cref="EventDto"/>, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventDto))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
