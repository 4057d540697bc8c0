using System.Diagnostics;

namespace KmsgOom.AotTests;

/// <summary>The tool, published as one native file; made once for all tests.</summary>
public sealed class NativeTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kmsgoom-aot-");

    public NativeTool()
    {
        (int exitCode, byte[] output) = Run(
            "dotnet", "publish", Path.Combine(Root, "src", "KmsgOom.Cli"), "-c", "Release", "--nologo", "-o", _folder.FullName, "--artifacts-path", Path.Combine(_folder.FullName, "build"));
        PublishLog = System.Text.Encoding.UTF8.GetString(output);
        Assert.True(exitCode == 0, PublishLog);
    }

    /// <summary>Gets the folder that holds KmsgOom.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the published files.</summary>
    public IEnumerable<FileInfo> Files => _folder.EnumerateFiles();

    /// <summary>Gets what the publishing printed.</summary>
    public string PublishLog { get; }

    /// <summary>Runs the native tool.</summary>
    public (int ExitCode, byte[] Output) Scan(params string[] arguments) => Run(Path.Combine(_folder.FullName, "kmsgoom"), ["scan", .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int ExitCode, byte[] Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = Root };

        // The test host's own settings must not reach the SDK it starts.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray());
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KmsgOom.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
