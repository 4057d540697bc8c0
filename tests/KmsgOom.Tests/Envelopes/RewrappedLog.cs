using System.Text;
using System.Text.Json.Nodes;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Envelopes;

/// <summary>A log put into another wrapper, and its events without what depends on that.</summary>
internal static class RewrappedLog
{
    /// <summary>A log whose lines all have the kernel's stamp, of one length.</summary>
    public const string Stamped = "6.1-amd64-v2-k8s.dmesg-S.log";

    public static byte[] Rewrap(byte[] log, Func<string, string> wrap)
    {
        IEnumerable<string> lines = Encoding.Latin1.GetString(log).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'));
        return Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => wrap(line) + "\n")));
    }

    public static IEnumerable<string> Messages(string log) => Encoding.Latin1.GetString(Golden.Read(log)).TrimEnd('\n').Split('\n').Select(line => line[15..]);

    public static void AssertSame(string[] expected, string[] found)
    {
        for (int at = 0; at < Math.Min(expected.Length, found.Length); at++)
        {
            Assert.Equal(expected[at], found[at]);
        }

        Assert.Equal(expected.Length, found.Length);
    }

    public static string[] Comparable(byte[] log) => [.. OomLog.Parse(log, Golden.Options).Select(Comparable)];

    public static string Comparable(OomEvent oomEvent)
    {
        JsonObject json = JsonNode.Parse(OomJson.ToJson(oomEvent))!.AsObject();
        foreach (string name in (string[])["id", "source", "time", "time_source", "host"])
        {
            json.Remove(name);
        }

        foreach (JsonNode? victim in json["victims"]?.AsArray() ?? [])
        {
            victim!.AsObject().Remove("time");
            victim.AsObject().Remove("time_source");
        }

        return json.ToJsonString();
    }
}
