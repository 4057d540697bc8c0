using System.Text.Json;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>The file of <c>--pods</c>.</summary>
internal static class PodsFile
{
    /// <summary>Reads the file; false, and one line on standard error, where that fails.</summary>
    public static bool TryRead(string? path, TextWriter stderr, out OomPodList? pods)
    {
        pods = null;
        if (path is null)
        {
            return true;
        }

        try
        {
            pods = OomPodList.Parse(File.ReadAllBytes(path));
            return true;
        }
        catch (JsonException exception)
        {
            stderr.Write($"kmsgoom: {PrintableText.Of($"{path}: no list of pods: {exception.Message.Split('\n')[0]}")}\n");
        }
        catch (Exception exception) when (InputError.IsExpected(exception))
        {
            stderr.Write($"kmsgoom: {InputError.Describe(path, exception)}\n");
        }

        return false;
    }
}
