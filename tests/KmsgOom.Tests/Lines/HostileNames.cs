namespace KmsgOom.Tests.Lines;

/// <summary>Task names that programs really have, or gave themselves to deceive a parser.</summary>
public static class HostileNames
{
    public static TheoryData<string> All =>
    [
        "a) total-vm:1kB",
        "a,pid=1,uid=0",
        " Not tainted ",
        "Tainted: G",
        "oom_reaper:",
        "[  pid  ]",
        "[    156]     0",
        "invoked oom-ki",
        ",task=x,pid=1",
        "), UID 0, x",
        ") score 5 or",
        "), now anon-rss",
        "",
        " ",
        "               ",
        "trailing ",
        " leading",
        "fifteen bytes !",
        "new\nline",
        "\n",
        "npm start",
        "CPU 0/KVM",
        "runc:[2:INIT]",
        "(sd-pam)",
        "((sd-pam))",
        "HTTP-Thread 12,",
        "tmux: server",
        "say \"hi\"",
        "7z",
        "-12 34",
        "PID: 1 Comm: x",
        ", comm: x",
        "h\u00c3\u00a9llo",
        "caf\u00c3",
        "\u00ff\u00fe\u0001\u001b[0m",
    ];
}
