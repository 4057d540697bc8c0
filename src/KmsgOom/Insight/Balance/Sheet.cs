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

    public static string Size(long bytes) => Math.Abs((double)bytes) switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F0} KiB"),
        < 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:F1} GiB"),
    };

    /// <summary>Gets a size that a sheet can hold; null (and a word about it) for a damaged one.</summary>
    public long? Credible(string name, long? count, long unit)
    {
        if (count is not { } present)
        {
            return null;
        }

        Int128 bytes = (Int128)present * unit;
        if (bytes >= 0 && bytes <= MaxBytes)
        {
            return (long)bytes;
        }

        Gap(string.Create(CultureInfo.InvariantCulture, $"{name} is left out: {present} cannot be true."));
        return null;
    }

    public void Add(OomBucketKind kind, long? bytes, string? note, params ReadOnlySpan<string> sources)
    {
        if (bytes is > 0 and var size)
        {
            _buckets.Add(new OomBucket(kind, size, [.. sources], Evidence(sources), note));
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

    public long Sum() => _buckets.Sum(bucket => bucket.Bytes);

    public ImmutableArray<OomBucket> Take() => [.. _buckets.OrderByDescending(bucket => bucket.Bytes)];

    /// <summary>Finds the first lines that print the counters, each line once.</summary>
    public ImmutableArray<OomEvidence> Evidence(ReadOnlySpan<string> sources)
    {
        List<OomEvidence> found = [];
        foreach (string source in sources)
        {
            foreach (OomLine line in oomEvent.Lines.AsSpan())
            {
                if (line.Section == section && Prints(line.Text, source))
                {
                    OomEvidence evidence = new(line.Number, line.Text.Trim());
                    if (!found.Contains(evidence))
                    {
                        found.Add(evidence);
                    }

                    break;
                }
            }
        }

        return [.. found];
    }

    /// <summary>Tells whether a line has a word: <c>free</c> is not in <c>free_pcp:7</c> nor in <c>kfree:7</c>.</summary>
    private static bool Prints(string text, string source)
    {
        int at = -1;
        while ((at = text.IndexOf(source, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            int end = at + source.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
