using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KmsgOom.Json;

/// <summary>Names that occur twice, which a JSON object must not have.</summary>
internal static class RepeatedNames
{
    /// <summary>Finds the names that an earlier one equals; empty where there is none.</summary>
    public static bool[] Find(ReadOnlySpan<string> names)
    {
        // Not by comparing each with each: a hostile header may have very many.
        HashSet<string> seen = [];
        bool[] isRepeated = [];
        for (int at = 0; at < names.Length; at++)
        {
            if (!seen.Add(names[at]))
            {
                isRepeated = isRepeated.Length == 0 ? new bool[names.Length] : isRepeated;
                isRepeated[at] = true;
            }
        }

        return isRepeated;
    }

    /// <summary>Joins an object with the entries that could not stand in it because their name is there already.</summary>
    public static ImmutableArray<TEntry> Merge<TValue, TEntry>(
        OrderedDictionary<string, TValue>? firsts, RepeatedDto<TValue>[]? repeated, Func<string, TValue?, TEntry> make, string name)
    {
        RepeatedDto<TValue>[] rest = ValueReading.Elements(repeated, name);
        TEntry[] entries = new TEntry[(firsts?.Count ?? 0) + rest.Length];
        bool[] isTaken = new bool[entries.Length];
        foreach (RepeatedDto<TValue> entry in rest)
        {
            if ((uint)entry.Index >= (uint)entries.Length || isTaken[entry.Index])
            {
                throw new JsonException($"{name}: an index is out of range or occurs twice.");
            }

            isTaken[entry.Index] = true;
            entries[entry.Index] = make(ValueReading.Require(entry.Name, name), entry.Value);
        }

        int at = 0;
        foreach ((string key, TValue value) in firsts ?? [])
        {
            while (isTaken[at])
            {
                at++;
            }

            entries[at++] = make(key, value);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }
}
