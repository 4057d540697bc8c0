using System.Buffers;
using System.Globalization;
using System.Text;

namespace KmsgOom.Benchmarks;

/// <summary>Writes a log in one wrapper into memory; the clock is set from outside.</summary>
internal sealed class LogWriter(LogWrapper wrapper, int capacity)
{
    private static readonly DateTime Boot = new(2026, 3, 2, 5, 17, 0, DateTimeKind.Utc);

    // Room for one more report than was asked for, so that the buffer need not double at the end.
    private readonly ArrayBufferWriter<byte> _bytes = new(capacity + (1 << 20));
    private string _stamp = "";
    private long _stampSecond = -1;
    private long _lines;
    private long _records;

    /// <summary>Gets or sets the time since boot.</summary>
    public long Microseconds { get; set; }

    /// <summary>Gets the wall clock.</summary>
    public DateTime Now => Boot.AddMicroseconds(Microseconds);

    public long Length => _bytes.WrittenCount;

    public KernelLog ToLog(long reports) => new(_bytes.WrittenMemory, new LogFacts(Length, _lines, reports));

    /// <summary>Writes one record of the kernel; its lines are parted by newlines.</summary>
    public void WriteKernel(int level, ReadOnlySpan<byte> text)
    {
        bool isFirst = true;
        foreach (Range range in text.Split((byte)'\n'))
        {
            AppendKernelPrefix(level, isFirst);
            _bytes.Write(text[range]);
            if (wrapper != LogWrapper.Kmsg)
            {
                EndLine();
            }

            isFirst = false;
        }

        if (wrapper == LogWrapper.Kmsg)
        {
            EndLine();
        }
    }

    /// <summary>Writes one line of syslog.</summary>
    /// <param name="tagAndText">What follows the host.</param>
    public void WriteSyslog(string tagAndText)
    {
        AppendSyslogPrefix();
        Append(tagAndText);
        EndLine();
    }

    private void AppendKernelPrefix(int level, bool isFirst)
    {
        switch (wrapper)
        {
            case LogWrapper.Kmsg:
                Append(isFirst ? $"{level},{_records++},{Microseconds},-;" : @"\x0a");
                break;
            case LogWrapper.Rfc3164:
                AppendSyslogPrefix();
                Append($"kernel: {FormatUptime()}");
                break;
            case LogWrapper.Secs:
                // dmesg indents the further lines of a record instead of repeating the time.
                string prefix = FormatUptime();
                Append(isFirst ? prefix : new string(' ', prefix.Length));
                break;
            default:
                break;
        }
    }

    private void AppendSyslogPrefix()
    {
        if (Microseconds / 1_000_000 != _stampSecond)
        {
            _stampSecond = Microseconds / 1_000_000;
            _stamp = string.Create(CultureInfo.InvariantCulture, $"{Now:MMM} {Now.Day,2} {Now:HH:mm:ss} worker-07 ");
        }

        Append(_stamp);
    }

    private string FormatUptime() => $"[{Microseconds / 1_000_000,5}.{Microseconds % 1_000_000:D6}] ";

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    private void EndLine()
    {
        _bytes.Write("\n"u8);
        _lines++;
    }
}
