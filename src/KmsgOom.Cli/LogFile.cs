namespace KmsgOom.Cli;

/// <summary>A log on disk, opened as one that others may still write, rotate or delete.</summary>
internal static class LogFile
{
    public static FileStream Open(string path)
    {
        if (path.Length == 0)
        {
            throw new FileNotFoundException();
        }

        // Opening a directory fails with "access denied", which would send the reader to look at permissions.
        if (Directory.Exists(path))
        {
            throw new IOException("Is a directory");
        }

        return new FileStream(path, new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.SequentialScan,
            BufferSize = 0,   // the pipe buffers
        });
    }

    /// <summary>Gets the day the file was last written; null where that means nothing (pipes, files without a date).</summary>
    public static DateOnly? GetLogDate(FileStream file)
    {
        if (!file.CanSeek)
        {
            return null;
        }

        DateTime written = File.GetLastWriteTime(file.SafeFileHandle);
        return written.Year > 1970 ? DateOnly.FromDateTime(written) : null;
    }
}
