using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>Why an input cannot be read, in one line.</summary>
internal static class InputError
{
    public static bool IsExpected(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException;

    public static string Describe(string path, Exception exception)
    {
        string name = path == ScanRequest.StandardInput ? "standard input" : path.Length == 0 ? "''" : path;
        return PrintableText.Of($"{name}: {DescribeCause(exception)}");
    }

    public static string DescribeCause(Exception exception) => exception switch
    {
        // .NET's own messages repeat the path in full.
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException => "Permission denied",
        _ => exception.Message.Split('\n')[0].TrimEnd(),
    };
}
