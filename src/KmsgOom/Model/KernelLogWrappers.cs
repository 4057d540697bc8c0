namespace KmsgOom;

/// <summary>The wrappers that were seen around kernel lines.</summary>
[Flags]
public enum KernelLogWrappers
{
    /// <summary>None: the kernel's bare text.</summary>
    None = 0,

    /// <summary>Records of <c>/dev/kmsg</c>.</summary>
    DevKmsg = 1,

    /// <summary><c>[   12.345678]</c>: console, <c>dmesg</c>.</summary>
    Uptime = 2,

    /// <summary><c>[Sat Apr 27 22:56:09 2019]</c>: <c>dmesg -T</c>.</summary>
    Ctime = 4,

    /// <summary><c>2019-04-27T22:56:09,123456+00:00</c>: <c>dmesg --time-format=iso</c>.</summary>
    DmesgIso = 8,

    /// <summary><c>&lt;6&gt;</c>: a priority, <c>dmesg -r</c>.</summary>
    Priority = 16,

    /// <summary><c>kern  :warn  :</c>: <c>dmesg -x</c>.</summary>
    FacilityLevel = 32,

    /// <summary><c>Apr 27 22:56:09 host kernel:</c>: RFC 3164 files, <c>journalctl -o short</c>.</summary>
    SyslogRfc3164 = 64,

    /// <summary><c>2019-04-27T22:56:09+00:00 host kernel:</c>: RFC 3339 files, <c>journalctl -o short-iso</c>.</summary>
    SyslogRfc3339 = 128,

    /// <summary><c>Sat 2019-04-27 22:56:09 UTC host kernel:</c>: <c>journalctl -o short-full</c>.</summary>
    JournalFull = 256,

    /// <summary><c>1556405769.123456 host kernel:</c>: <c>journalctl -o short-unix</c>.</summary>
    JournalUnix = 512,

    /// <summary><c>[   12.345678] host kernel:</c>: <c>journalctl -o short-monotonic</c>.</summary>
    JournalMonotonic = 1024,

    /// <summary><c>&lt;4&gt;1 2019-04-27T22:56:09Z host kernel - - - </c>: RFC 5424.</summary>
    SyslogRfc5424 = 2048,

    /// <summary><c>[Apr27 22:56]</c>, <c>[  +0.000123]</c>, <c>[&lt;    0.000123&gt;]</c>: <c>dmesg -e</c>, <c>--time-format=delta</c>.</summary>
    Relative = 4096,

    /// <summary>
    /// A JSON object a line or laid out over lines: <c>journalctl -o json</c> and <c>json-pretty</c>, <c>dmesg --json</c>, Docker's json-file, collectors.
    /// </summary>
    Json = 8192,

    /// <summary><c>MESSAGE=…</c> among other fields: <c>journalctl -o export</c> and <c>-o verbose</c>.</summary>
    JournalFields = 16384,

    /// <summary><c>2026-11-23T18:17:43.753503123Z stdout F text</c>: container logs of CRI runtimes.</summary>
    Cri = 32768,

    /// <summary>A time of its own before every line: CI logs (GitHub, GitLab, Jenkins, Buildkite), <c>svlogd</c>, <c>18:17:43</c>.</summary>
    TimePrefix = 65536,

    /// <summary><c>11-23 18:17:43.753   123   456 E tag: text</c>, <c>E/tag( 123): text</c>: Android's logcat.</summary>
    Logcat = 131072,

    /// <summary><c>In(05) vcpu-5 - Guest: text</c>: what a guest wrote, in the log of VMware.</summary>
    VMware = 262144,

    /// <summary><c>&amp;lt;6&amp;gt;</c>, <c>&lt;br&gt;</c>: text that went through a web page.</summary>
    Html = 524288,

    /// <summary><c>&gt; </c>, <c>| </c>: text that a mail quotes.</summary>
    Quoted = 1048576,

    /// <summary>Indents, list marks, quotes and commas around each line: text that was pasted into something.</summary>
    Pasted = 2097152,

    /// <summary>What <c>grep</c> or <c>cat -n</c> put before a line, or something else before the kernel's own stamp.</summary>
    Other = 4194304,
}
