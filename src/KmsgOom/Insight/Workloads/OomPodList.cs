using System.Collections.Immutable;
using System.Text.Json;
using KmsgOom.Insight;

namespace KmsgOom;

/// <summary>The pods of a cluster: the output of <c>kubectl get pods -A -o json</c>.</summary>
/// <remarks>Taken at another time than the log; pods that were deleted since are not in it.</remarks>
public sealed class OomPodList
{
    /// <summary>The longest text that <see cref="Parse(ReadOnlyMemory{byte})"/> reads: 512 MiB, some 50,000 pods.</summary>
    public const int MaxBytes = 512 << 20;

    private readonly Dictionary<string, OomPod> _byUid = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OomPod> _byHash = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OomPod> _byContainer = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a list of pods that come from elsewhere.</summary>
    /// <param name="pods">The pods.</param>
    public OomPodList(params IEnumerable<OomPod> pods)
    {
        Pods = [.. pods];
        foreach (OomPod pod in Pods)
        {
            Add(_byUid, pod.Uid, pod);
            Add(_byHash, pod.StaticPodHash, pod);
            foreach (OomPodContainer container in pod.Containers)
            {
                foreach (string id in container.Ids)
                {
                    Add(_byContainer, id, pod);
                }
            }
        }
    }

    /// <summary>Gets the pods in the order of the list.</summary>
    public ImmutableArray<OomPod> Pods { get; }

    /// <summary>Reads the output of <c>kubectl get pods -A -o json</c>, or of <c>kubectl get pod NAME -o json</c>.</summary>
    /// <param name="json">The text in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <exception cref="JsonException">It is not JSON, no list of pods, or too long; the message says what and where.</exception>
    public static OomPodList Parse(ReadOnlyMemory<byte> json) => new(PodListReader.Read(json));

    /// <summary>Finds the pod of a workload: by the UID, the hash of a static pod, or the id of the container.</summary>
    /// <param name="workload">What a cgroup path says; its parents are not looked at.</param>
    /// <returns>The pod; null where the list has none.</returns>
    public OomPod? Find(OomWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return Get(_byUid, workload.PodUid) ?? Get(_byHash, workload.StaticPodHash) ?? Get(_byUid, workload.StaticPodHash) ?? Get(_byContainer, workload.ContainerId);
    }

    // A key that two pods share names neither more than the other; the first one stays.
    private static void Add(Dictionary<string, OomPod> pods, string? key, OomPod pod)
    {
        if (!string.IsNullOrEmpty(key))
        {
            pods.TryAdd(key, pod);
        }
    }

    private static OomPod? Get(Dictionary<string, OomPod> pods, string? key) => key is null ? null : pods.GetValueOrDefault(key);
}
