using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Archives;

/// <summary>Archives that the real tools made, whole, one behind the other, cut off and damaged.</summary>
public sealed class LogArchiveTests
{
    private const string Name = "k8s-pod-oom-4.15.log";

    private static readonly byte[] Log = File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "logs", Name));

    public static TheoryData<string> Extensions => ["gz", "bz2", "xz", "zst"];

    [Theory]
    [InlineData("gz", LogArchiveFormat.Gzip)]
    [InlineData("bz2", LogArchiveFormat.Bzip2)]
    [InlineData("xz", LogArchiveFormat.Xz)]
    [InlineData("zst", LogArchiveFormat.Zstandard)]
    public async Task Archive_HasTheEventsOfItsLog(string extension, LogArchiveFormat format)
    {
        byte[] archive = ReadArchive(extension);
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive));
        Assert.Equal(format, log.Format);
        OomEvent[] events = await ReadAsync(log);
        Assert.Null(log.Damage?.InnerException);
        AssertEvents.Same(OomLog.Parse(Log), events);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Archives_BehindEachOther_AreOneLog(string extension)
    {
        byte[] archive = ReadArchive(extension);
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream([.. archive, .. archive]));
        AssertEvents.Same(OomLog.Parse([.. Log, .. Log]), await ReadAsync(log));
        Assert.Null(log.Damage?.InnerException);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(400)]
    [InlineData(100_000)]
    public async Task Gzip_FilledUpWithZeros_IsWhole(int zeros)
    {
        byte[] archive = [.. ReadArchive("gz"), .. new byte[zeros]];
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive));
        AssertEvents.Same(OomLog.Parse(Log), await ReadAsync(log));
        Assert.Null(log.Damage?.InnerException);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Archive_CutAnywhere_SaysSo(string extension)
    {
        byte[] archive = ReadArchive(extension);
        for (int length = 10; length < archive.Length; length++)
        {
            using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive, 0, length));
            await ReadAsync(log);
            Assert.True(log.Damage is not null, $"{extension} cut to {length} of {archive.Length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Archive_WithAFlippedBit_SaysSoOrIsWhole(string extension)
    {
        byte[] archive = ReadArchive(extension);
        for (int at = 10; at < archive.Length; at++)
        {
            archive[at] ^= 0x10;
            using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive));
            OomEvent[] events = await ReadAsync(log);
            if (log.Damage is null)
            {
                AssertEvents.Same(OomLog.Parse(Log), events);
            }

            archive[at] ^= 0x10;
        }
    }

    /// <summary>Only the end of the archive is missing, which has no more of the log.</summary>
    [Fact]
    public async Task Xz_WithoutItsFooter_HasAllOfItsLog()
    {
        byte[] archive = ReadArchive("xz");
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive, 0, archive.Length - 4));
        AssertEvents.Same(OomLog.Parse(Log), await ReadAsync(log));
        Assert.Equal(Log.Length, log.Damage!.GoodBytes);
    }

    /// <summary>A disk that fails is no damaged archive, whatever the decompressor makes of it.</summary>
    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task FailureOfTheStream_IsThrownAsItIs(string extension)
    {
        byte[] archive = ReadArchive(extension);
        using LogArchive log = await LogArchive.OpenAsync(new FailingStream(archive[..(archive.Length / 2)]));
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(log));
        Assert.Null(log.Damage);
    }

    /// <summary>A block whose checksum is wrong is no log, whatever it decompresses to.</summary>
    [Fact]
    public async Task Bzip2Block_WithAFlippedBit_IsNotRead()
    {
        byte[] archive = ReadArchive("bz2");
        for (int at = 14; at < archive.Length - 20; at++)
        {
            archive[at] ^= 0x04;
            using LogArchive log = await LogArchive.OpenAsync(new MemoryStream(archive));
            Assert.Empty(await ReadAsync(log));
            archive[at] ^= 0x04;
        }
    }

    /// <summary>What stands before the damage is read, up to the very byte.</summary>
    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Damage_BehindWholeArchives_KeepsTheirEvents(string extension)
    {
        byte[] archive = ReadArchive(extension);
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream([.. archive, .. archive[..^9]]));
        OomEvent[] events = await ReadAsync(log);
        AssertEvents.Same(OomLog.Parse(Log), events[..1]);
        Assert.InRange(log.Damage!.GoodBytes, Log.Length, Log.Length * 2);
        Assert.Contains("damaged", log.Damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xz_WithPadding_IsOneLog()
    {
        byte[] archive = ReadArchive("xz");
        using LogArchive log = await LogArchive.OpenAsync(new MemoryStream([.. archive, .. new byte[8], .. archive, .. new byte[4]]));
        AssertEvents.Same(OomLog.Parse([.. Log, .. Log]), await ReadAsync(log));
        Assert.Null(log.Damage?.InnerException);
    }

    [Fact]
    public async Task PlainLog_IsReadAsItIs()
    {
        using LogArchive log = await LogArchive.OpenAsync(new TrickleStream(Log));
        Assert.Equal(LogArchiveFormat.None, log.Format);
        AssertEvents.Same(OomLog.Parse(Log), await ReadAsync(log));
    }

    [Fact]
    public async Task Pipe_IsMadeOnce()
    {
        LogArchive log = await LogArchive.OpenAsync(new MemoryStream(ReadArchive("gz")));
        await log.CreatePipe().CompleteAsync();
        Assert.Throws<InvalidOperationException>(() => log.CreatePipe());
        log.Dispose();
        Assert.Throws<ObjectDisposedException>(() => log.CreatePipe());
    }

    [Fact]
    public async Task EmptyLog_HasNoEvents()
    {
        using LogArchive log = await LogArchive.OpenAsync(Stream.Null);
        Assert.Empty(await ReadAsync(log));
    }

    [Fact]
    public async Task ReadFile_ThrowsBehindTheLastEvent()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("kmsgoom-").FullName, "kern.log.1.gz");
        try
        {
            byte[] archive = ReadArchive("gz");
            await File.WriteAllBytesAsync(path, [.. archive, .. archive[..^1]]);
            List<OomEvent> events = [];
            await Assert.ThrowsAsync<DamagedArchiveException>(async () =>
            {
                await foreach (OomEvent oomEvent in LogArchive.ReadFileAsync(path))
                {
                    events.Add(oomEvent);
                }
            });
            Assert.Equal(2, events.Count);
            Assert.All(events, oomEvent => Assert.Equal(path, oomEvent.Source.Path));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    /// <summary>Whoever stops reading early is not kept waiting by the decompressor.</summary>
    [Fact]
    public async Task Reader_ThatStopsEarly_StopsTheDecompressor()
    {
        byte[] noise = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Nov 23 10:00:00 h app: nothing\n", 400_000)));
        MemoryStream archive = new();
        await using (ZstdSharp.CompressionStream zstd = new(archive, leaveOpen: true))
        {
            await zstd.WriteAsync((byte[])[.. Log, .. noise]);
        }

        archive.Position = 0;
        using LogArchive log = await LogArchive.OpenAsync(archive);
        await using OomReader reader = new(log.CreatePipe());
        Assert.True(await reader.WaitToReadAsync());
    }

    private static byte[] ReadArchive(string extension) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "KmsgOom.Tests", "Archives", "Logs", $"{Name}.{extension}"));

    private static async Task<OomEvent[]> ReadAsync(LogArchive log)
    {
        List<OomEvent> events = [];
        await using OomReader reader = new(log.CreatePipe());
        await foreach (OomEvent oomEvent in reader.ReadAllAsync())
        {
            events.Add(oomEvent);
        }

        return [.. events];
    }

    /// <summary>A stream whose source fails behind its bytes.</summary>
    private sealed class FailingStream(byte[] bytes) : MemoryStream
    {
        private int _read;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            if (_read == bytes.Length)
            {
                throw new TimeoutException();
            }

            int count = Math.Min(buffer.Length, bytes.Length - _read);
            bytes.AsSpan(_read, count).CopyTo(buffer);
            _read += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Read(buffer.Span);
        }
    }
}
