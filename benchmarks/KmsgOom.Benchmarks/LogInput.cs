namespace KmsgOom.Benchmarks;

/// <summary>What is parsed; see <see cref="KernelLogs"/>.</summary>
public enum LogInput
{
    /// <summary>A syslog file without any OOM report: the common case.</summary>
    Quiet,

    /// <summary>The same with one report per 10,000 lines.</summary>
    Mixed,

    /// <summary>Back-to-back reports, no prefix at all.</summary>
    StormBare,

    /// <summary>Back-to-back reports behind <c>[   12.345678] </c>, as <c>dmesg</c> prints them.</summary>
    StormSecs,

    /// <summary>Back-to-back reports in a traditional syslog file.</summary>
    StormRfc3164,

    /// <summary>Back-to-back reports as records of <c>/dev/kmsg</c>.</summary>
    StormKmsg,

    /// <summary>One report with 10,000 task rows.</summary>
    Tables,
}
