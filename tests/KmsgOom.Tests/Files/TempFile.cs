using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Tests.Files;

/// <summary>A file that goes when the test does.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        Handle = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"kmsgoom-{Guid.NewGuid():N}.log");

    public SafeFileHandle Handle { get; }

    public void Dispose()
    {
        Handle.Dispose();
        File.Delete(Path);
    }
}
