using System.Buffers;
using System.Text;

namespace KmsgOom.Tests.Files;

/// <summary>Makes logs of goldens, noise and damage.</summary>
internal sealed class LogMaker(int seed)
{
    private static readonly string[] Noise =
    [
        "Nov 23 18:17:43 node-a systemd[1]: Started Session 94 of user root.",
        "Nov 23 18:17:44 node-b kernel: [ 2077.123456] eth0: link becomes ready",
        "[ 2077.123456] CPU: 1 PID: 9 Comm: kworker/1:0 Not tainted 6.1.0 #1",
        "Nov 23 18:17:45 node-a kernel: [ 2078.000001] oom_kill_process: 3 callbacks suppressed",
        "[ 2078.000001] oom_kill_process: 14 callbacks suppressed",
        "[ 2079.100000] oom_reaper: reaped process 4711 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
        "\e[32m[ 2079.200000] \e[0m\e[33mcoloured: \e[0mline",
        "plain text without any header",
        "               indented text",
        "",
        "<6>[ 2080.000000] a<4>[ 2080.000001] b",
        "{\"MESSAGE\":\"Started.\",\"_HOSTNAME\":\"node-a\",\"__REALTIME_TIMESTAMP\":\"1795457863000000\"}",
        "__CURSOR=s=1;i=2",
        "    MESSAGE=verbose",
        "76 <6>1 2026-11-23T18:17:43.000001+00:00 h kernel - - - [ 2080.000002] a\nrest76 <6>1 2026-11-23T18:17:43.000002+00:00 h kernel - - - [ 2080.000003] b",
        "2026-11-23T18:17:43.000000001Z stdout P the first half, Killed process 1 (a) ",
    ];

    private readonly Random _random = new(seed);
    private readonly ArrayBufferWriter<byte> _log = new();

    public byte[] Make(byte[][] goldens, byte[][] stamped, int parts, int kind)
    {
        // Logs that stay with one form and host meet soon; logs that mix everything hardly ever.
        byte[] favourite = stamped[_random.Next(stamped.Length)];
        parts *= kind > 5 ? 5 : 1;
        for (int part = 0; part < parts; part++)
        {
            switch (kind)
            {
                case 0:
                    AddBytes();
                    Add(goldens[_random.Next(goldens.Length)]);
                    break;
                case 1:
                    Interleave(goldens[_random.Next(goldens.Length)], goldens[_random.Next(goldens.Length)]);
                    break;
                case < 5:
                    Add(goldens[_random.Next(goldens.Length)]);
                    AddNoise(_random.Next(60));
                    break;
                default:
                    Add(favourite, later: part * 7);
                    AddNoise(kind == 5 ? 0 : _random.Next(200), only: _random.Next(4));
                    break;
            }
        }

        return _log.WrittenSpan.ToArray();
    }

    /// <summary>Repeats a log, each time ten seconds later.</summary>
    public static byte[] Repeat(byte[] golden, int times)
    {
        LogMaker maker = new(0);
        for (int time = 1; time <= times; time++)
        {
            maker.Add(golden, time * 10);
        }

        return maker._log.WrittenSpan.ToArray();
    }

    private void AddBytes()
    {
        byte[] bytes = new byte[_random.Next(3000)];
        _random.NextBytes(bytes);
        if (_random.Next(2) == 0)
        {
            bytes.AsSpan().Replace((byte)'\n', (byte)' ');
        }

        _log.Write(bytes);
    }

    private void AddNoise(int lines, int only = -1)
    {
        for (int at = 0; at < lines; at++)
        {
            _log.Write(Encoding.UTF8.GetBytes(Noise[only >= 0 ? only : _random.Next(Noise.Length)]));
            _log.Write("\n"u8);
        }
    }

    /// <summary>Adds a log, some seconds later where its lines have the kernel's stamp.</summary>
    private void Add(byte[] golden, int later = 0)
    {
        if (later == 0)
        {
            _log.Write(golden);
            return;
        }

        string text = Encoding.Latin1.GetString(golden);
        _log.Write(Encoding.Latin1.GetBytes(System.Text.RegularExpressions.Regex.Replace(
            text, @"\[ *(\d+)(\.\d{6}\])", stamp => $"[{long.Parse(stamp.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + later,5}{stamp.Groups[2].Value}")));
    }

    private void Interleave(byte[] first, byte[] second)
    {
        string[] left = Encoding.Latin1.GetString(first).Split('\n');
        string[] right = Encoding.Latin1.GetString(second).Split('\n');
        for (int l = 0, r = 0; l < left.Length || r < right.Length;)
        {
            for (int count = _random.Next(5); count > 0 && l < left.Length; count--)
            {
                _log.Write(Encoding.Latin1.GetBytes(left[l++] + "\n"));
            }

            for (int count = _random.Next(5); count > 0 && r < right.Length; count--)
            {
                _log.Write(Encoding.Latin1.GetBytes(right[r++] + "\n"));
            }
        }
    }
}
