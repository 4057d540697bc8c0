using System.Text;
using System.Text.RegularExpressions;

namespace KmsgOom.Filters;

/// <summary>Turns the patterns of shells into regular expressions: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a-z]</c>.</summary>
internal static class FilterGlob
{
    public static string ToRegex(string glob)
    {
        StringBuilder regex = new("^");
        for (int at = 0; at < glob.Length; at++)
        {
            int close = glob[at] == '[' ? glob.IndexOf(']', Math.Min(glob.Length, at + 2)) : -1;
            if (close > 0)
            {
                string set = glob[(at + 1)..close];
                bool isContrary = set[0] is '!' or '^';
                set = (isContrary ? set[1..] : set).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                regex.Append('[').Append(isContrary ? "^" : "").Append(set).Append(']');
                at = close;
            }
            else
            {
                regex.Append(glob[at] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
            }
        }

        return regex.Append('$').ToString();
    }
}
