namespace KmsgOom.Cli;

/// <summary>The wrappers of a log in the words of the commands that write them.</summary>
internal static class WrapperNames
{
    private const KernelLogWrappers DmesgOptions =
        KernelLogWrappers.Ctime | KernelLogWrappers.DmesgIso | KernelLogWrappers.Priority | KernelLogWrappers.FacilityLevel | KernelLogWrappers.Relative;

    private static readonly (KernelLogWrappers Wrapper, string Name)[] Headers =
    [
        (KernelLogWrappers.SyslogRfc3164, "syslog"),
        (KernelLogWrappers.SyslogRfc3339, "syslog with ISO time"),
        (KernelLogWrappers.SyslogRfc5424, "syslog RFC 5424"),
        (KernelLogWrappers.JournalFull, "journalctl -o short-full"),
        (KernelLogWrappers.JournalUnix, "journalctl -o short-unix"),
        (KernelLogWrappers.Json, "JSON"),
        (KernelLogWrappers.JournalFields, "journalctl -o export or verbose"),
        (KernelLogWrappers.JournalMonotonic, "journalctl -o short-monotonic"),
        (KernelLogWrappers.Cri, "container log"),
        (KernelLogWrappers.TimePrefix, "a time before each line"),
        (KernelLogWrappers.Logcat, "logcat"),
        (KernelLogWrappers.VMware, "VMware log"),
        (KernelLogWrappers.Html, "web page"),
        (KernelLogWrappers.Quoted, "quoted mail"),
        (KernelLogWrappers.Pasted, "pasted text"),
    ];

    public static IEnumerable<string> Of(OomParserCounters counters)
    {
        KernelLogWrappers seen = counters.Wrappers;
        if (seen.HasFlag(KernelLogWrappers.DevKmsg))
        {
            yield return "/dev/kmsg";
        }

        bool hasHeaders = false;
        foreach ((KernelLogWrappers wrapper, string name) in Headers)
        {
            if (seen.HasFlag(wrapper))
            {
                hasHeaders = true;
                yield return name;
            }
        }

        // Behind a syslog header the uptime is part of the message, and no dmesg is involved.
        bool isDmesg = (seen & DmesgOptions) != 0 || (seen.HasFlag(KernelLogWrappers.Uptime) && !hasHeaders);
        if (isDmesg)
        {
            yield return "dmesg"
                + (seen.HasFlag(KernelLogWrappers.Ctime) ? " -T" : "")
                + (seen.HasFlag(KernelLogWrappers.Relative) ? " with relative time" : "")
                + (seen.HasFlag(KernelLogWrappers.DmesgIso) ? " --time-format=iso" : "")
                + (seen.HasFlag(KernelLogWrappers.Priority) ? " -r" : "")
                + (seen.HasFlag(KernelLogWrappers.FacilityLevel) ? " -x" : "");
        }

        if (seen == KernelLogWrappers.None && counters.Events > 0)
        {
            yield return "bare kernel text";
        }
    }
}
