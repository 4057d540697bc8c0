using System.IO.Pipelines;
using System.Text;
using KmsgOom.Tests.Files;

namespace KmsgOom.Tests.Contracts;

/// <summary>What callers may rely on who read files and streams.</summary>
public sealed class ReadingTests
{
    private const string Kill = "Nov 20 10:15:01 web1 kernel: Out of memory: Killed process 1200 (java) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB";

    private static readonly byte[] Kills = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 100).Select(pid => FormattableString.Invariant($"Out of memory: Killed process {pid} (a) total-vm:4kB, anon-rss:4kB\n"))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_ThatIsCancelled_EndsAtTheNextEvent(bool isFile)
    {
        using TempFile file = new(Kills);
        using CancellationTokenSource cancelling = new();
        IAsyncEnumerable<OomEvent> events = isFile
            ? OomLog.ReadFileAsync(file.Path, cancellationToken: cancelling.Token)
            : OomLog.ReadAsync(new MemoryStream(Kills), cancellationToken: cancelling.Token);
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (OomEvent oomEvent in events)
            {
                count++;
                await cancelling.CancelAsync();
            }
        });
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task Reading_ThatIsCancelledAndBegunAgain_LosesNoEvent()
    {
        await using OomReader reader = new(PipeReader.Create(new MemoryStream(Kills)));
        using CancellationTokenSource cancelling = new();
        List<int> pids = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (OomEvent oomEvent in reader.ReadAllAsync(cancelling.Token))
            {
                pids.Add(oomEvent.Victims[0].Pid);
                await cancelling.CancelAsync();
            }
        });
        await foreach (OomEvent oomEvent in reader.ReadAllAsync(CancellationToken.None))
        {
            pids.Add(oomEvent.Victims[0].Pid);
        }

        Assert.Equal(Enumerable.Range(1, 100), pids);
    }

    [Fact]
    public void BadUsage_IsToldAtTheCall()
    {
        Assert.Throws<ArgumentNullException>(() => OomLog.ReadAsync(null!));
        Assert.Throws<ArgumentException>(() => OomLog.ReadFileAsync(""));
        Assert.Throws<ArgumentException>(() => LogArchive.ReadFileAsync(""));
    }

    [Fact]
    public async Task Wait_OfAPipeWhoseReadIsCancelled_IsAFailedTask()
    {
        Pipe pipe = new();
        await using OomReader reader = new(pipe.Reader);
        pipe.Reader.CancelPendingRead();
        ValueTask<bool> waiting = reader.WaitToReadAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await waiting);
    }

    /// <summary>Container images, and archives unpacked carelessly, have files without a date.</summary>
    [Fact]
    public async Task FileWithoutADate_IsOfThisYear()
    {
        using TempFile file = new(Encoding.UTF8.GetBytes(Kill + "\n"));
        File.SetLastWriteTimeUtc(file.Path, DateTime.UnixEpoch);
        await foreach (OomEvent oomEvent in OomLog.ReadFileAsync(file.Path))
        {
            Assert.InRange(oomEvent.Time!.Value.DateTime, DateTime.UtcNow.AddYears(-1).AddDays(-2), DateTime.UtcNow.AddDays(2));
        }
    }

    [Fact]
    public void Table_LongerThanTheLimit_IsCountedAndTheRestIsRead()
    {
        byte[] log = File.ReadAllBytes(Path.Combine(Support.Repository.Root, "samples", "logs", "k8s-pod-oom-4.15.log"));
        OomEvent whole = Assert.Single(OomLog.Parse(log));
        using OomParser parser = new(new OomParserOptions { Limits = new OomParserLimits { MaxTasks = 2 } });
        System.Buffers.ReadOnlySequence<byte> sequence = new(log);
        Assert.True(parser.TryRead(ref sequence, isFinalBlock: true, out OomEventView view));
        OomEvent cut = view.ToEvent();
        Assert.Equal(whole.Tasks.Take(2), cut.Tasks.AsEnumerable());
        Assert.Equal(whole.Victims.AsEnumerable(), cut.Victims.AsEnumerable());
        Assert.Equal((whole.Sections, whole.Source.LineCount), (cut.Sections, cut.Source.LineCount));
        Assert.Equal(1, parser.Counters.LimitHits);
    }

    [Theory]
    [InlineData("Out of memory: ", OomScope.Global)]
    [InlineData("Out of Memory: ", OomScope.Global)]
    [InlineData("Out of memory (oom_kill_allocating_task): ", OomScope.Global)]
    [InlineData("Memory cgroup out of memory: ", OomScope.Memcg)]
    [InlineData("No available memory (MPOL_BIND): ", OomScope.Mempolicy)]
    [InlineData("No available memory in cpuset: ", OomScope.Cpuset)]
    public void Scope_OfAKillAlone_IsToldByItsWords_BehindAnUnknownWrapperToo(string words, OomScope scope)
    {
        foreach (string wrapper in (string[])["", "[    1.000000] ", "ts=2024-03-09T08:15:08.840376Z level=info host=web-1 msg=\""])
        {
            string end = wrapper.EndsWith('"') ? "\"" : "";
            Assert.Equal(scope, Assert.Single(OomLog.Parse($"{wrapper}{words}Killed process 5 (a) total-vm:17644kB, anon-rss:16116kB, file-rss:0kB, shmem-rss:516kB{end}\n")).Scope);
        }
    }
}
