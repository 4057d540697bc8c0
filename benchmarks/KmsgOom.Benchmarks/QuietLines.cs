using System.Globalization;

namespace KmsgOom.Benchmarks;

/// <summary>What a server's syslog holds all day: kernel, systemd, sshd, dockerd and cron, 90 to 140 bytes a line.</summary>
/// <remarks>Some lines come close to an OOM report without being one (<c>pid=</c>, <c>killed</c>, <c>memory</c>), as real ones do.</remarks>
internal sealed class QuietLines(LogWriter writer, int seed)
{
    private static readonly string[] Users = ["deploy", "jenkins", "ansible", "ubuntu", "postgres"];
    private static readonly string[] Units = ["logrotate", "apt-daily", "fstrim", "certbot", "man-db", "sysstat-collect"];
    private static readonly string[] Devices = ["nvme0n1p1", "nvme1n1p2", "sda1", "dm-3"];

    private readonly Random _random = new(seed);

    /// <summary>Writes the next line, up to 0.6 s after the one before.</summary>
    public void WriteNext()
    {
        writer.Microseconds += _random.Next(600_000);
        int pid = _random.Next(600, 99_999);
        writer.WriteSyslog(_random.Next(100) switch
        {
            < 22 => $"kernel: [{writer.Microseconds / 1_000_000,5}.{writer.Microseconds % 1_000_000:D6}] {MakeKernel()}",
            < 48 => $"systemd[1]: {MakeSystemd()}",
            < 70 => $"sshd[{pid}]: {MakeSshd()}",
            < 86 => $"dockerd[812]: {MakeDockerd()}",
            _ => $"CRON[{pid}]: {MakeCron()}",
        });
    }

    private string MakeKernel() => _random.Next(8) switch
    {
        0 => $"docker0: port {_random.Next(1, 40)}(veth{Hex(7)}) entered forwarding state",
        1 => $"IPv6: ADDRCONF(NETDEV_CHANGE): veth{Hex(7)}: link becomes ready",
        2 => $"EXT4-fs ({Pick(Devices)}): mounted filesystem with ordered data mode. Quota mode: none.",
        3 => $"TCP: request_sock_TCP: Possible SYN flooding on port {_random.Next(1024, 65535)}. Sending cookies.",
        4 => $"[UFW BLOCK] IN=eth0 SRC={Address()} DST={Address()} PROTO=TCP SPT=443 DPT={_random.Next(1024, 65535)}",
        5 => $"usb 1-{_random.Next(1, 9)}: new high-speed USB device number {_random.Next(2, 99)} using xhci_hcd",
        6 => $"perf: interrupt took too long ({_random.Next(2500, 9999)} > 2500), lowering the sample rate",
        _ => $"audit: type=1400 apparmor=\"DENIED\" operation=\"open\" pid={_random.Next(600, 99_999)} comm=\"runc\"",
    };

    private string MakeSystemd() => _random.Next(5) switch
    {
        0 => $"Started Session {_random.Next(1, 99_999)} of User {Pick(Users)}, slice user-1000.slice.",
        1 => $"docker-{Hex(12)}.scope: Deactivated successfully, consumed {_random.Next(1, 60)}.{_random.Next(10, 99)}s CPU time.",
        2 => $"{Pick(Units)}.service: Main process exited, code=killed, status=9/KILL, memory peak {_random.Next(10, 900)}.4M.",
        3 => $"Starting {Pick(Units)}.service - scheduled by {Pick(Units)}.timer, next run in {_random.Next(1, 24)} hours...",
        _ => $"{Pick(Units)}.service: Deactivated successfully after {_random.Next(100, 9999)} ms, no tasks left.",
    };

    private string MakeSshd() => _random.Next(4) switch
    {
        0 => $"Accepted publickey for {Pick(Users)} from {Address()} port {_random.Next(1024, 65535)} ssh2: ED25519 SHA256:{Hex(14)}",
        1 => $"Failed password for invalid user {Pick(Users)} from {Address()} port {_random.Next(1024, 65535)} ssh2",
        2 => $"pam_unix(sshd:session): session opened for user {Pick(Users)}(uid=1000) by (uid=0)",
        _ => $"Connection closed by authenticating user root {Address()} port {_random.Next(1024, 65535)} [preauth]",
    };

    private string MakeDockerd() => string.Create(
        CultureInfo.InvariantCulture,
        $"time=\"{writer.Now:yyyy-MM-ddTHH:mm:ss.fffffff}Z\" level=info msg=\"ignoring event\" container={Hex(12)}");

    private string MakeCron() => _random.Next(3) switch
    {
        0 => "(root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.hourly)",
        1 => "(www-data) CMD ([ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean)",
        _ => "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
    };

    private string Pick(string[] words) => words[_random.Next(words.Length)];

    private string Hex(int length) => _random.GetHexString(length, lowercase: true);

    private string Address() => $"10.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(1, 255)}";
}
