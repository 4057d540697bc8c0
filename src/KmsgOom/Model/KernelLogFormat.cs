namespace KmsgOom;

/// <summary>The wrappers in which kernel-log lines come.</summary>
public enum KernelLogFormat : byte
{
    /// <summary>Recognised line by line.</summary>
    Auto,

    /// <summary>The kernel's text without any prefix: <c>dmesg -t</c>, <c>journalctl -o cat</c>.</summary>
    Bare,

    /// <summary>Records of <c>/dev/kmsg</c>.</summary>
    DevKmsg,

    /// <summary><c>[   12.345678] text</c>: console, <c>dmesg</c> and its options.</summary>
    Dmesg,

    /// <summary>RFC 3164 or RFC 3339 syslog files, <c>journalctl -o short*</c>.</summary>
    Syslog,
}
