using System.Collections.Immutable;
using System.Globalization;

namespace KmsgOom.Insight;

/// <summary>Collects the parts of a balance sheet. No single number of a damaged log can make their sum overflow.</summary>
internal sealed class Sheet(OomEvent oomEvent, OomSections section)
{
    /// <summary>The largest number of bytes that is believed: 64 PiB, more than an x86 machine can address. A sheet has far fewer than 64 parts.</summary>
    public const long MaxBytes = 1L << 56;

    private readonly List<OomBucket> _buckets = [];
    private readonly List<string> _gaps = [];
    private SectionText? _text;

    /// <summary>Gets or sets what stands before the counters' words where the sheet has the sums of whole trees (<c>total_</c>); empty elsewhere.</summary>
    public string SourcePrefix { get; set; } = "";

    public static long Clamp(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    public static long Find(ImmutableArray<OomBucket> buckets, OomBucketKind kind)
    {
        long sum = 0;
        foreach (OomBucket bucket in buckets.AsSpan())
        {
            sum += bucket.Kind == kind ? bucket.Bytes : 0;
        }

        return sum;
    }

    /// <summary>Gets a size that a sheet can hold; null (and a word about it) for a damaged one.</summary>
    public long? Credible(string name, long? count, long unit)
    {
        if (count is not { } present)
        {
            return null;
        }

        if (Math.BigMul(present, unit, out long bytes) == 0 && bytes is >= 0 and <= MaxBytes)
        {
            return bytes;
        }

        Gap(string.Create(CultureInfo.InvariantCulture, $"{name} is left out: {present} cannot be true."));
        return null;
    }

    public void Add(OomBucketKind kind, long? bytes, string? note, params ReadOnlySpan<string> sources)
    {
        if (bytes is > 0 and var size)
        {
            // Largest first; of equal ones the one that was added first.
            int at = _buckets.Count;
            while (at > 0 && _buckets[at - 1].Bytes < size)
            {
                at--;
            }

            _buckets.Insert(at, new OomBucket(kind, size, [.. sources], Evidence(sources), note));
        }
    }

    public void Gap(string text)
    {
        if (!_gaps.Contains(text))
        {
            _gaps.Add(text);
        }
    }

    public ImmutableArray<string> Gaps() => [.. _gaps];

    public long Sum()
    {
        long sum = 0;
        foreach (OomBucket bucket in _buckets)
        {
            sum += bucket.Bytes;
        }

        return sum;
    }

    public ImmutableArray<OomBucket> Take() => [.. _buckets];

    /// <summary>Finds the first lines that print the counters, each line once.</summary>
    /// <param name="sources">The counters' words in lower case.</param>
    public ImmutableArray<OomEvidence> Evidence(params ReadOnlySpan<string> sources)
    {
        _text ??= new SectionText(oomEvent.KeptLines, section);
        OomEvidence[] found = new OomEvidence[sources.Length];
        int count = 0;
        foreach (string source in sources)
        {
            if (Find(source) is >= 0 and int line && EvidenceFinder.At(oomEvent, line) is var evidence && !found.AsSpan(0, count).Contains(evidence))
            {
                found[count++] = evidence;
            }
        }

        return [.. found.AsSpan(0, count)];
    }

    private int Find(string source) => SourcePrefix.Length > 0 && _text!.Find(SourcePrefix + source) is >= 0 and int line ? line : _text!.Find(source);
}
