using System.Text;

namespace KmsgOom.Tests.Cli;

/// <summary>A directory with logs that is gone after the test.</summary>
internal sealed class TempLogs : IDisposable
{
    public const string OneKill =
        "[   12.000001] Out of memory: Killed process 77 (java) total-vm:9000kB, anon-rss:8000kB, file-rss:16kB, shmem-rss:0kB, "
        + "UID:1000 pgtables:64kB oom_score_adj:0\n";

    public const string NoKill = "[    0.000000] Linux version 6.1.0\n[    1.500000] usb 1-1: new device\n";

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("kmsgoom-").FullName;

    public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public string Add(string name, byte[] content)
    {
        string path = Path.Combine(Directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
