namespace KmsgOom.Files;

/// <summary>A log on disk, opened as one that others may still write, rotate or delete.</summary>
internal static class LogFile
{
    /// <summary>Opens a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isAsynchronous">Whether its reads may wait on no thread.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static FileStream Open(string path, bool isAsynchronous) => new(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan | (isAsynchronous ? FileOptions.Asynchronous : FileOptions.None),
        BufferSize = 0,   // the pipe buffers
    });

    /// <summary>Adds what the file itself tells, where the caller did not say it.</summary>
    public static OomParserOptions Describe(OomParserOptions? options, string path, FileStream file)
    {
        options ??= OomParserOptions.Default;
        return options with { SourcePath = options.SourcePath ?? path, LogDate = options.LogDate ?? GetLogDate(file) };
    }

    /// <summary>Gets the day the file was last written; null where that means nothing (pipes, files without a date, as in container images).</summary>
    private static DateOnly? GetLogDate(FileStream file)
    {
        if (!file.CanSeek)
        {
            return null;
        }

        DateTime written = File.GetLastWriteTime(file.SafeFileHandle);
        return written.Year > 1970 ? DateOnly.FromDateTime(written) : null;
    }
}
