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

    /// <summary>A JSON object a line or laid out over lines: <c>journalctl -o json</c> and <c>json-pretty</c>, <c>dmesg --json</c>, Docker's json-file, collectors.</summary>
    Json = 8192,

    /// <summary><c>MESSAGE=…</c> among other fields: <c>journalctl -o export</c> and <c>-o verbose</c>.</summary>
    JournalFields = 16384,
}
