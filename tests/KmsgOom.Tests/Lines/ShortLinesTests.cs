using System.Text;
using KmsgOom.Envelopes;
using KmsgOom.Lines;
using KmsgOom.Text;

namespace KmsgOom.Tests.Lines;

/// <summary>The short ways of the lines that come by the thousand take only what the long ways make the same of.</summary>
public sealed class ShortLinesTests
{
    private const int Rounds = 100_000;

    // What a line may hold that the short ways must not be fooled by.
    private const string Odd = "  0189afzAFZ_-+/.?:=[]()x\t\\#\r\0\u007f\u00c2\n";

    // What the lines have in them that are there not to be taken.
    private static readonly string[] Unusual = [": usage", "invoked", "CPU", "far", "[kvm]"];

    private static readonly TaskColumn[] Columns =
        [TaskColumn.Uid, TaskColumn.Tgid, TaskColumn.TotalVm, TaskColumn.Rss, TaskColumn.PageTablesBytes, TaskColumn.SwapEntries, TaskColumn.OomScoreAdj];

    [Theory]
    [InlineData("anon 123456")]
    [InlineData("workingset_refault_anon 12345678901")]
    [InlineData("memory+swap: usage 1kB")]
    public void Statistic_ReadTheShortWay_IsTheSame(string line) => Mutate(line, static (text, length) =>
    {
        bool isTaken = MemcgStatLine.TryParseShort(text, length, out TextRange key, out long value);
        return isTaken && IsStatistic(text.AsSpan(0, length), key, value);
    });

    [Theory]
    [InlineData("anon 123456")]
    [InlineData("workingset_refault_anon 1234567890123456")]
    [InlineData("memory+swap: usage 1kB")]
    public void Statistic_ReadTheUsualWay_IsTheSame(string line) => Mutate(line, static (text, length) =>
    {
        bool isTaken = MemcgStatLine.TryParseUsual(text, length, out int key, out long value);
        return isTaken && IsStatistic(text.AsSpan(0, length), new TextRange(0, key), value);
    });

    [Theory]
    [InlineData("RAX: 00007fdc18cdf010 RBX: 00007fdc1763a010 RCX: 00007fdc1763a010")]
    [InlineData("R13: 0000000000000200 R14: 00007f22153d0000 R15: 0000000000080000")]
    public void ThreeRegisters_AreWhatAnyRegistersAre(string line) => Mutate(line, static (text, length) =>
    {
        if (!TraceLine.IsThreeRegisters(text))
        {
            return false;
        }

        TextRange[] parts = new TextRange[16];
        Assert.Equal(TraceLine.ThreeRegistersLength, length);
        Assert.Equal(6, TraceLine.ReadShortRegisters(text, length, parts));
        for (int at = 0; at < 3; at++)
        {
            int start = at * TraceLine.RegisterDistance;
            Assert.Equal(new TextRange(start, TraceLine.RegisterNameLength), parts[2 * at]);
            Assert.Equal(new TextRange(start + TraceLine.RegisterValue, TraceLine.RegisterValueLength), parts[(2 * at) + 1]);
        }

        return true;
    });

    [Theory]
    [InlineData("6,1234,7262021,-;memory: usage 8kB")]
    [InlineData("4,12345678,1234567890123456,c;anon 1")]
    public void KmsgHead_ReadTheShortWay_IsTheSame(string line) => Mutate(line, static (text, length) =>
    {
        if (!DevKmsgEnvelope.TryParseShortHead(text, out long sequence, out long microseconds, out int head))
        {
            return false;
        }

        Assert.True(DevKmsgEnvelope.TryParseHead(text.AsSpan(0, length), out long priority, out long sameSequence, out long sameMicroseconds, out int sameHead));
        Assert.Equal((sameSequence, sameMicroseconds, sameHead), (sequence, microseconds, head));
        Assert.True(DevKmsgEnvelope.IsOfKernel(priority));
        return true;
    });

    [Theory]
    [InlineData(" dump_stack+0x46/0x5a")]
    [InlineData("  ? entry_SYSCALL_64_after_hwframe+0x44/0xae")]
    [InlineData(" asm_exc_page_fault+0x22/0x30 [kvm]")]
    public void Frame_SeenTheShortWay_IsTheSame(string line) => Mutate(line, static (text, length) =>
    {
        if (TraceLine.IsShortFrame(text, length, out int start))
        {
            ReadOnlySpan<byte> message = text.AsSpan(0, length);
            Assert.Equal(OomLineKind.Frame, OomLineClassifier.Classify(message, OomSections.CallTrace));
            Assert.Equal(message.Length - OomLineClassifier.SkipIndent(message).Length, start);
            Assert.NotEqual((byte)' ', message[^1]);
            return true;
        }

        return false;
    });

    [Theory]
    [InlineData("RAX: 00007fdc18cdf010 RBX: 00007fdc1763a010 RCX: 00007fdc1763a010")]
    [InlineData("RSP: 002b:00007fff01a47940 EFLAGS: 00010206")]
    [InlineData("CPU: 0000000000000001 ORIG_RAX: ffffffffffffffff")]
    public void Registers_ReadTheShortWay_AreTheSame(string line) => Mutate(line, static (text, length) =>
    {
        TextRange[] parts = new TextRange[16];
        int count = TraceLine.ReadShortRegisters(text, length, parts);
        if (count == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> message = text.AsSpan(0, length);
        Assert.Equal(OomLineKind.Register, OomLineClassifier.Classify(message, OomSections.CallTrace));
        Utf8Cursor cursor = new(message);
        for (int at = 0; at < count; at += 2)
        {
            Assert.True(TraceLine.TryTakeRegister(ref cursor, message, out TextRange name, out TextRange value));
            Assert.Equal((name, value), (parts[at], parts[at + 1]));
        }

        Assert.True(cursor.IsAtEnd);
        return true;
    });

    [Theory]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0 mm_test")]
    [InlineData("[1234567] 65534 1234567 12345678   153345  1269760        0          -998 a b")]
    [InlineData("[ 1] 1 1 1 1 1 1 1  invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0")]
    [InlineData("[    156]     0   156   153531   153345  1269760        0                                                             12 far")]
    public void Row_ReadTheShortWay_IsTheSame(string line) => Mutate(line, static (text, length) =>
    {
        long[] known = new long[(int)TaskColumn.Count];
        if (TaskRowLine.TryParseShort(text, length, Columns, known, out int name) && length - name <= TaskName.MaxLength)
        {
            ReadOnlySpan<byte> message = text.AsSpan(0, length);
            Assert.Equal(OomLineKind.TaskRow, OomLineClassifier.Classify(message, OomSections.Tasks));
            long[] same = new long[(int)TaskColumn.Count];
            Assert.True(TaskRowLine.TryParse(message, Columns, same, [], out TextRange sameName));
            Assert.Equal(sameName.Start, name);
            Assert.Equal(same, known);
            return true;
        }

        return false;
    });

    [Theory]
    [InlineData("[    156]     0   156   153531   153345  1269760        0             0 mm_test")]
    [InlineData("[1234567] 65534 1234567 12345678   153345  1269760        0           998 a b")]
    [InlineData("[  156]     0   156   153531   153345     269        0             0 old")]
    [InlineData("[    156]     0   156   153531   153345  1269760        0         -1000 sshd")]
    [InlineData("[ 1] 1 1 1 1 1 1 1  invoked oom-killer: gfp_mask=0x0, order=0, oom_score_adj=0")]
    [InlineData("[    156]     0   156   153531   153345  1269760        0                                                            12 far")]
    public void Row_ReadByTheLayoutOfTheRowBefore_IsTheSame(string line)
    {
        TaskRowLayout layout = new();
        long[] ignored = new long[(int)TaskColumn.Count];
        byte[] before = Encoding.Latin1.GetBytes(line.PadRight(256, '\n'));
        Assert.False(layout.TryParse(before, line.Length, ignored, out _));
        Assert.True(TaskRowLine.TryParseShort(before, line.Length, Columns, ignored, out int nameBefore));
        layout.Remember(before, Columns, nameBefore);
        Assert.True(layout.TryParse(before, line.Length, ignored, out _));

        Mutate(line, (text, length) =>
        {
            long[] known = new long[(int)TaskColumn.Count];
            if (!layout.TryParse(text, length, known, out int name) || length - name > TaskName.MaxLength)
            {
                return false;
            }

            ReadOnlySpan<byte> message = text.AsSpan(0, length);
            Assert.Equal(OomLineKind.TaskRow, OomLineClassifier.Classify(message, OomSections.Tasks));
            long[] same = new long[(int)TaskColumn.Count];
            Assert.True(TaskRowLine.TryParse(message, Columns, same, [], out TextRange sameName));
            Assert.Equal(sameName.Start, name);
            Assert.Equal(same, known);
            return true;
        });

        layout.Forget();
        Assert.False(layout.TryParse(before, line.Length, ignored, out _));
    }

    [Theory]
    [InlineData("[    156]     0   156   153531   153345  1269760        0         -1000 sshd", true)]
    [InlineData("[    156]     0   156   153531   153345  1269760        0            -1 sshd", true)]
    [InlineData("[    156]     0   156   153531   153345  1269760        0         1-000 sshd", false)]
    [InlineData("[    156]     0   156   153531   153345  1269760        0         --100 sshd", false)]
    [InlineData("[    156]     0   156   153531   153345  1269760        0         1000- sshd", false)]
    [InlineData("[    156]    -2   156   153531   153345  1269760        0             0 sshd", false)]
    public void Row_WithASign_IsReadByTheLayoutOfTheRowBefore_WhereItIsTheAdjustments(string line, bool isRead)
    {
        TaskRowLayout layout = new();
        long[] known = new long[(int)TaskColumn.Count];
        byte[] before = Encoding.Latin1.GetBytes("[    155]     0   155   153531   153345  1269760        0             0 sh".PadRight(256, '\n'));
        Assert.True(TaskRowLine.TryParseShort(before, 74, Columns, known, out int name));
        layout.Remember(before, Columns, name);

        Assert.Equal(isRead, layout.TryParse(Encoding.Latin1.GetBytes(line.PadRight(256, '\n')), line.Length, known, out _));
        if (isRead)
        {
            long[] same = new long[(int)TaskColumn.Count];
            Assert.True(TaskRowLine.TryParse(Encoding.Latin1.GetBytes(line), Columns, same, [], out _));
            Assert.Equal(same, known);
        }
    }

    /// <summary>A value may be longer than what is looked at in one step.</summary>
    [Fact]
    public void Registers_WithAnOddByteAnywhere_AreNotReadTheShortWay()
    {
        for (int digits = 4; digits < TokenWalk.Length; digits++)
        {
            string line = "RAX: " + new string('0', digits);
            byte[] text = Encoding.ASCII.GetBytes(line.PadRight(512, '\n'));
            Assert.Equal(digits <= ByteMask.Width ? 2 : 0, TraceLine.ReadShortRegisters(text, line.Length, new TextRange[16]));
            for (int at = 0; at < line.Length; at++)
            {
                byte before = text[at];
                text[at] = (byte)'z';
                Assert.Equal(0, TraceLine.ReadShortRegisters(text, line.Length, new TextRange[16]));
                text[at] = before;
            }
        }
    }

    private static bool IsStatistic(ReadOnlySpan<byte> message, TextRange key, long value)
    {
        Assert.Equal(OomLineKind.MemcgStat, OomLineClassifier.Classify(message, OomSections.Memcg));
        Assert.True(MemcgStatLine.TryParse(message, out TextRange sameKey, out long same));
        Assert.Equal((sameKey, same), (key, value));
        return true;
    }

    /// <summary>Changes a line in a few places, at random, and puts other text behind it.</summary>
    internal static void Mutate(string line, Func<byte[], int, bool> isTaken, int rounds = Rounds)
    {
        Random random = new(line.Length);
        int taken = 0;
        for (int round = 0; round < rounds; round++)
        {
            StringBuilder mutated = new(line);
            for (int change = random.Next(4); change > 0; change--)
            {
                int at = random.Next(mutated.Length);
                char odd = Odd[random.Next(Odd.Length)];
                _ = random.Next(3) switch
                {
                    0 => mutated.Insert(at, odd),
                    1 when mutated.Length > 1 => mutated.Remove(at, 1),
                    _ => mutated.Replace(mutated[at], odd, at, 1),
                };
            }

            byte[] text = new byte[512];
            random.NextBytes(text);
            int length = Encoding.Latin1.GetBytes(mutated.ToString(), text);
            text[length] = (byte)'\n';
            taken += isTaken(text, length) ? 1 : 0;
        }

        // Of the usual lines, some must be taken, or nothing is shown.
        Assert.True(taken > 100 || Array.Exists(Unusual, mark => line.Contains(mark, StringComparison.Ordinal)));
    }
}
