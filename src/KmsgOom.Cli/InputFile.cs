using KmsgOom.Files;

namespace KmsgOom.Cli;

/// <summary>Opens what the user named, or says what is wrong with it.</summary>
internal static class InputFile
{
    public static FileStream Open(string path)
    {
        if (path.Length == 0)
        {
            throw new FileNotFoundException();
        }

        // Opening a directory fails with "access denied", which would send the reader to look at permissions.
        return Directory.Exists(path) ? throw new IOException("Is a directory") : LogFile.Open(path, isAsynchronous: false);
    }
}
