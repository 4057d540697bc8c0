namespace KmsgOom.Insight;

/// <summary>Reads a list of nodes as the kernel prints it: <c>0-1,3</c>.</summary>
internal static class NodeList
{
    public static bool Contains(string list, int node)
    {
        foreach (Range part in list.AsSpan().Split(','))
        {
            ReadOnlySpan<char> range = list.AsSpan(part).Trim();
            int dash = range.IndexOf('-');
            ReadOnlySpan<char> last = dash < 0 ? range : range[(dash + 1)..];
            if (int.TryParse(dash < 0 ? range : range[..dash], out int from) && int.TryParse(last, out int to) && node >= from && node <= to)
            {
                return true;
            }
        }

        return false;
    }
}
