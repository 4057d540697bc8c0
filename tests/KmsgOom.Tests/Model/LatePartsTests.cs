using System.Buffers;
using System.Text;
using KmsgOom.Tests.Support;

namespace KmsgOom.Tests.Model;

/// <summary>The parts of an event that are made when they are asked for say what the parser read, whoever asks and however late.</summary>
public sealed class LatePartsTests
{
    public static TheoryData<string> Logs => [.. Golden.Names.Where(name => name.Contains("global", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Logs))]
    public void Parts_AskedLate_AreThoseOfTheView(string log)
    {
        ReadOnlySequence<byte> rest = new(Golden.Read(log));
        List<OomEvent> events = [];
        List<(string[] Frames, string[] Registers, long?[] Memory)> read = [];
        using (OomParser parser = new(Golden.Options))
        {
            while (parser.TryRead(ref rest, isFinalBlock: true, out OomEventView view))
            {
                events.Add(view.ToEvent());
                read.Add((ReadFrames(view), ReadRegisters(view), [view.Memory.RamPages, view.Memory.SwapFreeKiB, view.Memory.ZoneCount, view.Memory.CounterCount]));
            }
        }

        Assert.Equal(read.Select(parts => parts.Frames), events.Select(oomEvent => oomEvent.CallTrace.ToArray()));
        Assert.Equal(read.Select(parts => parts.Registers), events.Select(oomEvent => oomEvent.Registers.Select(register => $"{register.Name}={register.Value}").ToArray()));
        Assert.Equal(
            read.Select(parts => parts.Memory),
            events.Select(oomEvent => (long?[])[oomEvent.Memory?.RamPages, oomEvent.Memory?.SwapFreeKiB, oomEvent.Memory?.Nodes.Sum(node => node.Zones.Length) ?? 0, oomEvent.Memory?.Counters.Length ?? 0]));
    }

    [Fact]
    public void Parts_AskedByManyThreads_AreMadeOnce()
    {
        foreach (OomEvent oomEvent in OomLog.Parse(Golden.Read("6.1-amd64-global-oddnames.console.log"), Golden.Options))
        {
            OomMemory?[] memories = new OomMemory?[8];
            Parallel.For(0, memories.Length, at => memories[at] = (oomEvent with { Revision = at }).Memory);

            Assert.NotNull(memories[0]);
            Assert.All(memories, memory => Assert.Same(memories[0], memory));
        }
    }

    private static string[] ReadFrames(OomEventView view)
    {
        OomTextList trace = view.CallTrace;
        string[] frames = new string[trace.Count];
        for (int at = 0; at < frames.Length; at++)
        {
            frames[at] = Encoding.UTF8.GetString(trace[at]);
        }

        return frames;
    }

    private static string[] ReadRegisters(OomEventView view)
    {
        string[] registers = new string[view.RegisterCount];
        for (int at = 0; at < registers.Length; at++)
        {
            view.GetRegister(at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            registers[at] = $"{Encoding.UTF8.GetString(name)}={Encoding.UTF8.GetString(value)}";
        }

        return registers;
    }
}
