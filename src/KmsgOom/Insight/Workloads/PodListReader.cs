using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace KmsgOom.Insight;

/// <summary>Reads the list of pods that kubectl prints.</summary>
internal static class PodListReader
{
    private const int MaxDepth = 64;

    /// <exception cref="JsonException">It is not JSON, no list of pods, or too long.</exception>
    public static List<OomPod> Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > OomPodList.MaxBytes)
        {
            throw new JsonException($"The list of pods has {json.Length} bytes; at most {OomPodList.MaxBytes} are read.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(ToUtf8(json), new JsonDocumentOptions { MaxDepth = MaxDepth });
            return ReadRoot(document.RootElement);
        }
        catch (JsonException exception) when (exception.LineNumber is not null)
        {
            throw new JsonException($"The list of pods is not JSON (is it the output of \"kubectl get pods -A -o json\"?): {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // A text with a lone surrogate can only be told when it is read.
            throw new JsonException($"The list of pods holds text that is no text: {exception.Message}", exception);
        }
    }

    // A redirect of an old PowerShell writes UTF-16.
    private static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> json) => json.Span switch
    {
        [0xEF, 0xBB, 0xBF, ..] => json[3..],
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, json[2..].ToArray()),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, json[2..].ToArray()),
        _ => json,
    };

    private static List<OomPod> ReadRoot(JsonElement root)
    {
        if (Text(root, "kind") == "Pod")
        {
            return [ReadPod(root, 0)];
        }

        JsonElement items = root.ValueKind == JsonValueKind.Array ? root : Child(root, "items");
        if (items.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"This is no list of pods: it has no \"items\"{(Text(root, "kind") is { } kind ? $" (its kind is \"{kind}\")" : "")}; use the output of \"kubectl get pods -A -o json\".");
        }

        List<OomPod> pods = [];
        int index = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            // "kubectl get all" lists other things too; items of a PodList may lack their kind.
            if (Text(item, "kind") is null or "Pod")
            {
                pods.Add(ReadPod(item, index));
            }

            index++;
        }

        return pods;
    }

    private static OomPod ReadPod(JsonElement pod, int index)
    {
        JsonElement metadata = Child(pod, "metadata");
        JsonElement spec = Child(pod, "spec");
        JsonElement annotations = Child(metadata, "annotations");
        JsonElement owner = FindOwner(Child(metadata, "ownerReferences"));
        return new OomPod
        {
            Namespace = Text(metadata, "namespace") ?? "default",
            Name = Text(metadata, "name") ?? throw new JsonException($"Item {index} of the list of pods has no metadata.name."),
            Uid = Text(metadata, "uid"),
            StaticPodHash = Text(annotations, "kubernetes.io/config.hash") ?? Text(annotations, "kubernetes.io/config.mirror"),
            Node = Text(spec, "nodeName"),
            OwnerKind = Text(owner, "kind"),
            OwnerName = Text(owner, "name"),
            Qos = Text(Child(pod, "status"), "qosClass") switch
            {
                "Guaranteed" => OomQos.Guaranteed,
                "Burstable" => OomQos.Burstable,
                "BestEffort" => OomQos.BestEffort,
                _ => null,
            },
            PriorityClass = Text(spec, "priorityClassName"),
            Priority = Child(spec, "priority") is { ValueKind: JsonValueKind.Number } priority && priority.TryGetInt64(out long value) ? value : null,
            PodRequestBytes = Memory(Child(spec, "resources"), "requests"),
            PodLimitBytes = Memory(Child(spec, "resources"), "limits"),
            OverheadBytes = Memory(spec, "overhead"),
            Containers = ReadContainers(spec, Child(pod, "status")),
        };
    }

    private static ImmutableArray<OomPodContainer> ReadContainers(JsonElement spec, JsonElement status)
    {
        ImmutableArray<OomPodContainer>.Builder containers = ImmutableArray.CreateBuilder<OomPodContainer>();
        foreach (JsonElement container in Items(spec, "containers"))
        {
            containers.Add(ReadContainer(container, status, "containerStatuses"));
        }

        foreach (JsonElement container in Items(spec, "initContainers"))
        {
            bool isSidecar = Text(container, "restartPolicy") == "Always";
            containers.Add(ReadContainer(container, status, "initContainerStatuses") with { IsInit = true, IsSidecar = isSidecar });
        }

        foreach (JsonElement container in Items(spec, "ephemeralContainers"))
        {
            containers.Add(ReadContainer(container, status, "ephemeralContainerStatuses") with { IsEphemeral = true });
        }

        return containers.ToImmutable();
    }

    private static OomPodContainer ReadContainer(JsonElement container, JsonElement status, string statuses)
    {
        string name = Text(container, "name") ?? "";
        JsonElement resources = Child(container, "resources");
        return new OomPodContainer
        {
            Name = name,
            Ids = ReadIds(status, statuses, name),

            // The API server fills in a request that is not given from the limit; a hand-written list may not.
            RequestBytes = Memory(resources, "requests") ?? Memory(resources, "limits"),
            LimitBytes = Memory(resources, "limits"),
        };
    }

    // A container that was killed and started again has a new id; the old one, which the log has, is that of its last state.
    private static ImmutableArray<string> ReadIds(JsonElement status, string statuses, string name)
    {
        List<string> ids = [];
        foreach (JsonElement one in Items(status, statuses))
        {
            if (Text(one, "name") != name)
            {
                continue;
            }

            foreach (JsonElement holder in (ReadOnlySpan<JsonElement>)[one, Child(Child(one, "state"), "terminated"), Child(Child(one, "lastState"), "terminated")])
            {
                string id = Text(holder, "containerID") ?? "";
                id = id[(id.LastIndexOf('/') + 1)..];
                if (id.Length > 0 && !ids.Contains(id))
                {
                    ids.Add(id);
                }
            }
        }

        return [.. ids];
    }

    private static JsonElement FindOwner(JsonElement owners)
    {
        JsonElement first = default;
        if (owners.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement owner in owners.EnumerateArray())
            {
                first = first.ValueKind == JsonValueKind.Undefined ? owner : first;
                if (Child(owner, "controller").ValueKind == JsonValueKind.True)
                {
                    return owner;
                }
            }
        }

        return first;
    }

    private static long? Memory(JsonElement resources, string list)
    {
        JsonElement memory = Child(Child(resources, list), "memory");
        return memory.ValueKind switch
        {
            JsonValueKind.String => KubernetesQuantity.ParseBytes(memory.GetString()!),
            JsonValueKind.Number => KubernetesQuantity.ParseBytes(memory.GetRawText()),
            _ => null,
        };
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement child) ? child : default;

    private static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;
}
