using System.IO.Pipelines;
using System.Text;
using KmsgOom.Cli;

namespace KmsgOom.Tests.Cli;

/// <summary>What happens at the ends of the pipes: nobody reads, nobody writes, somebody presses Ctrl+C.</summary>
public sealed class ScanStreamTests
{
    private const int BrokenPipe = 32;
    private const int DiskFull = 28;

    [Theory]
    [InlineData(BrokenPipe, 0, "")]
    [InlineData(DiskFull, 2, "kmsgoom: standard output: lost\n")]
    public async Task LostOutput_IsQuiet_OnlyForAClosedPipe(int errno, int exitCode, string errors)
    {
        using MemoryStream stdin = new(Encoding.UTF8.GetBytes(TempLogs.OneKill));
        using LostStream stdout = new(errno);
        using StringWriter stderr = new();

        int actual = await KmsgOomTool.RunAsync(["scan"], stdin, stdout, stderr, default, CancellationToken.None);

        Assert.Equal((exitCode, errors), (actual, stderr.ToString()));
    }

    [Fact]
    public async Task ClosedPipe_StopsReading()
    {
        StringBuilder log = new();
        for (int pid = 1000; pid < 9000; pid++)
        {
            log.Append(TempLogs.OneKill.Replace("77", $"{pid}"));
        }

        using MemoryStream stdin = new(Encoding.UTF8.GetBytes(log.ToString()));
        using LostStream stdout = new(BrokenPipe);
        using StringWriter stderr = new();

        Assert.Equal(0, await KmsgOomTool.RunAsync(["scan"], stdin, stdout, stderr, default, CancellationToken.None));

        Assert.True(stdin.Position < stdin.Length);
    }

    [Fact]
    public async Task CtrlC_EndsAWaitForInput_With130()
    {
        // An input that neither ends nor cares for cancellation, as a terminal or a silent pipe.
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(TempLogs.NoKill));
        using UncancellableStream stdin = new(pipe.Reader.AsStream());
        using MemoryStream stdout = new();
        using StringWriter stderr = new();
        using CancellationTokenSource interrupt = new();

        Task<int> running = KmsgOomTool.RunAsync(["scan"], stdin, stdout, stderr, default, interrupt.Token);
        await stdin.Waiting;
        await interrupt.CancelAsync();

        Assert.Equal(130, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.EndsWith(", dmesg, interrupted; no OOM event was finished by then\n", stderr.ToString());
    }

    [Fact]
    public async Task Events_ComeOut_BeforeTheInputEnds()
    {
        Pipe pipe = new();
        string later = TempLogs.NoKill.Replace("    1.500000", "  900.000000");
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(TempLogs.OneKill + later + TempLogs.OneKill.Replace("   12.000001", " 1000.000000")));
        using UncancellableStream stdin = new(pipe.Reader.AsStream());
        using MemoryStream stdout = new();
        using StringWriter stderr = new();

        Task<int> running = KmsgOomTool.RunAsync(["scan", "--quiet"], stdin, stdout, stderr, default, CancellationToken.None);
        await stdin.Waiting;
        SpinWait.SpinUntil(() => stdout.Length > 0, TimeSpan.FromSeconds(30));
        Assert.True(stdout.Length > 0);
        await pipe.Writer.CompleteAsync();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private sealed class LostStream(int errno) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("lost", errno);
    }

    private sealed class UncancellableStream(Stream inner) : Stream
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        /// <summary>Completes when a read follows the one that took the data.</summary>
        public Task Waiting => _waiting.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads == 2)
            {
                _waiting.SetResult();
            }

            return inner.ReadAsync(buffer, CancellationToken.None);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
