namespace KmsgOom.Tests.Support;

/// <summary>Finds the repository, and the captures that stand beside it on the founders' machines.</summary>
internal static class Repository
{
    public static string Root { get; } = Find("KmsgOom.sln") ?? throw new InvalidOperationException("The tests run outside the repository.");

    public static string Goldens { get; } = Path.Combine(Root, "tests", "KmsgOom.Tests", "Goldens");

    /// <summary>Gets the folder of the captures; null where they are not at hand.</summary>
    public static string? Captures { get; } = Beside("captures");

    /// <summary>Gets the folder of the posted reports; null where they are not at hand.</summary>
    public static string? Corpus { get; } = Beside("corpus");

    private static string? Beside(string folder)
    {
        string path = Path.Combine(Root, "..", "shared", folder);
        return File.Exists(Path.Combine(path, "manifest.tsv")) ? Path.GetFullPath(path) : null;
    }

    private static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
