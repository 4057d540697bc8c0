using System.Collections.Immutable;
using System.Text.Json;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>The pods of a cluster, from the output of <c>kubectl get pods -A -o json</c>; works offline.</summary>
public sealed class OomPodList
{
    private readonly Dictionary<string, OomPod> _byUid = [];
    private readonly Dictionary<string, OomPod> _byContainer = [];

    private OomPodList(ImmutableArray<OomPod> pods)
    {
        Pods = pods;
        foreach (OomPod pod in pods)
        {
            _byUid.TryAdd(pod.Uid, pod);
            if (pod.ConfigHash is { } hash)
            {
                _byUid.TryAdd(hash, pod);
            }

            foreach (OomPodContainer container in pod.Containers)
            {
                if (container.Id is { } id)
                {
                    _byContainer.TryAdd(id, pod);
                }
            }
        }
    }

    /// <summary>Gets the pods in their order.</summary>
    public ImmutableArray<OomPod> Pods { get; }

    /// <summary>Reads a list of pods, or one pod.</summary>
    /// <param name="utf8Json">What kubectl printed.</param>
    /// <exception cref="JsonException">This is not JSON, or no list of pods.</exception>
    public static OomPodList Parse(ReadOnlyMemory<byte> utf8Json)
    {
        using JsonDocument document = JsonDocument.Parse(utf8Json);
        try
        {
            return new OomPodList(PodReader.Read(document.RootElement));
        }
        catch (InvalidOperationException e)
        {
            // JsonElement's answer to text that is no Unicode.
            throw new JsonException("The text is not valid Unicode.", e);
        }
    }

    /// <summary>Finds the pod of a workload, by the UID or by the container id.</summary>
    /// <param name="workload">What the path of a group says; null finds nothing.</param>
    public OomPod? Find(OomWorkload? workload) =>
        workload?.PodUid is { } uid && _byUid.TryGetValue(uid, out OomPod? pod) ? pod
        : workload?.ContainerId is { } id && _byContainer.TryGetValue(id, out pod) ? pod
        : null;
}
