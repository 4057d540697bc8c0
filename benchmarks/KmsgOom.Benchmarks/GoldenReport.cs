using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KmsgOom.Benchmarks;

/// <summary>One report of a golden log, taken out of its wrapper, to be written again and again with other times and victims.</summary>
/// <remarks>
/// The victim's pid changes from copy to copy: a kill line that repeats the pid of a report still held for its reaper
/// would rightly join that report.
/// </remarks>
internal sealed partial class GoldenReport
{
    private const byte PidDigit = 1;
    private const int PidLength = 5;
    private const int FirstPid = 10_000;
    private const int PidCount = 80_000;

    // dmesg -T tells seconds only.
    private const long MicrosecondsPerUntimedLine = 10;

    private readonly List<Message> _messages = [];

    /// <summary>Takes a report as <c>dmesg</c> prints it: <c>[   12.345678] …</c>, or <c>[Sat Apr 27 22:56:09 2019] …</c>.</summary>
    public GoldenReport(string[] lines)
    {
        string pid = lines.Select(line => KilledLine().Match(line)).First(match => match.Success).Groups[1].Value;
        Regex victimPid = VictimPid(pid);
        int level = 4;
        long start = -1;
        int prefix = 0;
        foreach (string line in lines)
        {
            Match time = Time().Match(line);
            if (!time.Success)
            {
                // The rest of a record, indented as far as its first line.
                _messages[^1] = _messages[^1] with { Text = [.. _messages[^1].Text, (byte)'\n', .. Encoding.UTF8.GetBytes(line[prefix..])] };
                continue;
            }

            prefix = time.Length;
            string text = line[prefix..];
            level = GetLevel(text, level);
            long microseconds = time.Groups[1].Success
                ? (long)(decimal.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture) * 1_000_000)
                : _messages.Count * MicrosecondsPerUntimedLine;
            start = start < 0 ? microseconds : start;
            text = victimPid.Replace(text, match => new string((char)PidDigit, Math.Max(match.Length, PidLength)));
            _messages.Add(new Message(microseconds - start, level, Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Writes the report; the writer's clock ends at its last line.</summary>
    public void WriteTo(LogWriter writer, int number)
    {
        long start = writer.Microseconds;
        Span<byte> pid = stackalloc byte[PidLength];
        (FirstPid + (number % PidCount)).TryFormat(pid, out _, provider: CultureInfo.InvariantCulture);
        foreach (Message message in _messages)
        {
            byte[] text = [.. message.Text];
            for (int hole = Array.IndexOf(text, PidDigit); hole >= 0; hole = Array.IndexOf(text, PidDigit))
            {
                int end = hole;
                while (end < text.Length && text[end] == PidDigit)
                {
                    text[end++] = (byte)' ';
                }

                pid.CopyTo(text.AsSpan(end - PidLength));
            }

            writer.Microseconds = start + message.Microseconds;
            writer.WriteKernel(message.Level, text);
        }
    }

    /// <summary>Says at which level the kernel prints a line, which only <c>/dev/kmsg</c> shows.</summary>
    private static int GetLevel(string text, int before) => text switch
    {
        _ when text.Contains("Killed process ", StringComparison.Ordinal) || text.Contains("Kill process ", StringComparison.Ordinal) => 3,
        _ when text.StartsWith("Memory cgroup min protection", StringComparison.Ordinal) => 4,
        _ when text.StartsWith("memory: usage", StringComparison.Ordinal) || text.StartsWith("Tasks state", StringComparison.Ordinal) => 6,
        _ when before == 3 => 6,
        _ => before,
    };

    // Blanks before a number are part of its column, so that the columns stay where they are.
    private static Regex VictimPid(string pid) => new(
        $@"(?:(?<=^\[) *|(?<=^\[ *{pid}\] +\d+) +|(?<=pid=|PID: |[Kk]ill(?:ed)? process |reaped process )){pid}\b", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"Killed process (\d+) ")]
    private static partial Regex KilledLine();

    [GeneratedRegex(@"^\[(?: *(\d+\.\d{6})|\w{3} \w{3} +\d+ [\d:]+ \d{4})\] ")]
    private static partial Regex Time();

    private readonly record struct Message(long Microseconds, int Level, byte[] Text);
}
