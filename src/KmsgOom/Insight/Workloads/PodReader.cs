using System.Collections.Immutable;
using System.Text.Json;

namespace KmsgOom.Insight;

/// <summary>Reads the API's JSON; what is absent or of another type counts as absent.</summary>
internal static class PodReader
{
    private static readonly (string Specs, string Statuses, bool IsRegular)[] Groups =
        [("containers", "containerStatuses", true), ("initContainers", "initContainerStatuses", false), ("ephemeralContainers", "ephemeralContainerStatuses", false)];

    public static ImmutableArray<OomPod> Read(JsonElement root)
    {
        if (Get(root, "items") is { ValueKind: JsonValueKind.Array } items)
        {
            return [.. items.EnumerateArray().Select(ReadPod).Where(pod => pod is not null)!];
        }

        return ReadPod(root) is { } pod ? [pod] : throw new JsonException("This is no list of pods: it has no \"items\" (kubectl get pods -A -o json makes one).");
    }

    private static OomPod? ReadPod(JsonElement item)
    {
        JsonElement? metadata = Get(item, "metadata");
        if (Text(metadata, "uid") is not { } uid || Text(metadata, "name") is not { } name)
        {
            return null;
        }

        JsonElement? annotations = Get(metadata, "annotations");
        JsonElement? owner = Get(metadata, "ownerReferences") is { ValueKind: JsonValueKind.Array } owners && owners.GetArrayLength() > 0 ? owners[0] : null;
        return new OomPod
        {
            Uid = uid,
            ConfigHash = Text(annotations, "kubernetes.io/config.hash") ?? Text(annotations, "kubernetes.io/config.mirror"),
            Name = name,
            Namespace = Text(metadata, "namespace") ?? "default",
            Node = Text(Get(item, "spec"), "nodeName"),
            Owner = Text(owner, "kind") is { } kind && Text(owner, "name") is { } ownerName ? $"{kind}/{ownerName}" : null,
            Containers = [.. Groups.SelectMany(group => ReadContainers(item, group.Specs, group.Statuses, group.IsRegular))],
        };
    }

    private static IEnumerable<OomPodContainer> ReadContainers(JsonElement item, string specs, string statuses, bool isRegular)
    {
        Dictionary<string, string> ids = [];
        foreach (JsonElement status in List(Get(Get(item, "status"), statuses)))
        {
            // "containerd://0123…"; a container that was restarted has its last id in lastState.
            string? id = Text(status, "containerID");
            if (Text(status, "name") is { } name && id is not null)
            {
                ids.TryAdd(name, id[(id.LastIndexOf('/') + 1)..]);
            }
        }

        foreach (JsonElement spec in List(Get(Get(item, "spec"), specs)))
        {
            if (Text(spec, "name") is { } name)
            {
                JsonElement? resources = Get(spec, "resources");
                yield return new OomPodContainer(
                    name, ids.GetValueOrDefault(name), isRegular, Quantity(Get(resources, "requests")), Quantity(Get(resources, "limits")));
            }
        }
    }

    private static long? Quantity(JsonElement? resources) =>
        Get(resources, "memory") is { } memory && KubernetesQuantity.TryParse(memory.ValueKind == JsonValueKind.String ? memory.GetString()! : memory.GetRawText(), out long bytes) ? bytes : null;

    private static JsonElement.ArrayEnumerator List(JsonElement? array) => array is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static JsonElement? Get(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement child) ? child : null;

    private static string? Text(JsonElement? parent, string name) => Get(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
