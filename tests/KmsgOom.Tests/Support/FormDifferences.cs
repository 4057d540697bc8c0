using System.Collections.Immutable;

namespace KmsgOom.Tests.Support;

/// <summary>What the events of one form say that those of another do not, apart from what the form truly cannot say.</summary>
internal static class FormDifferences
{
    /// <summary>Gets the form that the others are compared with: kmsg, else dmesg, else the console.</summary>
    public static string? Reference(IEnumerable<string> capture)
    {
        string[] paths = [.. capture];
        return paths.FirstOrDefault(path => CaptureLogs.Form(path) == "kmsg")
            ?? paths.FirstOrDefault(path => CaptureLogs.Form(path) == "dmesg")
            ?? paths.FirstOrDefault(path => CaptureLogs.Form(path) == "console");
    }

    /// <summary>Gets the messages that programs wrote to the kernel's log, which only a facility tells from the kernel's own.</summary>
    public static IReadOnlySet<string> ProgramMessages(string reference) => CaptureLogs.Form(reference) != "kmsg"
        ? new HashSet<string>()
        : File.ReadLines(reference)
            .Where(static line => line.Contains(';', StringComparison.Ordinal) && int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal))), out int priority) && priority >= 8)
            .Select(static line => line[(line.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim())
            .ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<string> Find(ImmutableArray<OomEvent> expected, ImmutableArray<OomEvent> actual, IReadOnlySet<string> programMessages)
    {
        if (expected.Length != actual.Length)
        {
            yield return $"{expected.Length} events expected, {actual.Length} found";
            yield break;
        }

        for (int at = 0; at < expected.Length; at++)
        {
            OomEvent one = FormRules.Normalize(expected[at]);
            OomEvent other = FormRules.Allow(one, FormRules.Normalize(actual[at]), programMessages);
            if (one != other)
            {
                yield return $"event {at}: {Describe(one, other)}";
            }
        }
    }

    /// <summary>Shows the first difference in the JSON of two events.</summary>
    private static string Describe(OomEvent expected, OomEvent actual)
    {
        string one = OomJson.ToJson(expected);
        string other = OomJson.ToJson(actual);
        int at = one.AsSpan().CommonPrefixLength(other);
        return at == one.Length && at == other.Length
            ? "differ in what JSON does not hold"
            : $"…{one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 90)]}… expected, …{other[Math.Max(0, at - 20)..Math.Min(other.Length, at + 90)]}… found";
    }
}
