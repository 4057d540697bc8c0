using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace KmsgOom.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using CancellationTokenSource interrupted = new();
        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            // The second Ctrl+C is left to the system: it ends a tool that hangs in a write.
            context.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        });

        // The thread that reads waits for those that make text of events, and must not take one's place meanwhile.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(workers + 1, completions);

        using Stream stdin = Console.OpenStandardInput();
        using Stream stdout = OpenOutput();
        using StreamWriter stderr = new(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        return await KmsgOomTool.RunAsync(args, stdin, stdout, stderr, TerminalFacts.OfThisProcess(), interrupted.Token);
    }

    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        // .NET's console stream swallows EPIPE, so "| head -1" would read the whole log to its end. A FileStream tells;
        // but it does not move the shared offset of a regular file, so two commands with one redirection would overwrite each other.
        try
        {
            FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return output.CanSeek ? Console.OpenStandardOutput() : output;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Standard output is closed (">&-"): the first write will say so.
            return Console.OpenStandardOutput();
        }
    }
}
