using System.Text;
using System.Text.Json;

namespace KmsgOom.Tests.Support;

/// <summary>Verify's conventions with Verify's call shape: <c>X.verified.json</c> beside the input, <c>X.received.json</c> on a difference.</summary>
/// <remarks>Nothing is accepted by itself: look at what was received, then run once with KMSGOOM_ACCEPT=1, or rename the file.</remarks>
internal static class Golden
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the names of the logs whose events are goldens.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Repository.Goldens, "*.log").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Gets the same as test data.</summary>
    public static TheoryData<string> Logs => [.. Names];

    /// <summary>Gets the options that goldens are parsed with: whatever the date of the checkout, the year is that of the captures.</summary>
    public static OomParserOptions Options { get; } = new() { LogDate = new DateOnly(2026, 11, 24) };

    public static byte[] Read(string log) => File.ReadAllBytes(Path.Combine(Repository.Goldens, log));

    public static Task Verify(IEnumerable<OomEvent> events, string log)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartArray();
            foreach (OomEvent oomEvent in events)
            {
                OomJson.Write(writer, oomEvent);
            }

            writer.WriteEndArray();
        }

        string received = Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n") + "\n";
        return Verify(received, Path.Combine(Repository.Goldens, Path.GetFileNameWithoutExtension(log)), "json");
    }

    public static async Task Verify(string received, string path, string extension)
    {
        string verifiedPath = $"{path}.verified.{extension}";
        string receivedPath = $"{path}.received.{extension}";
        string? verified = File.Exists(verifiedPath) ? await File.ReadAllTextAsync(verifiedPath) : null;
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        bool isAccepted = Environment.GetEnvironmentVariable("KMSGOOM_ACCEPT") == "1";
        await File.WriteAllTextAsync(isAccepted ? verifiedPath : receivedPath, received);
        Assert.True(isAccepted, $"Not as verified. Compare{Environment.NewLine}  {receivedPath}{Environment.NewLine}  {verifiedPath}");
    }
}
