using System.Text;
using KmsgOom.Tests.Support;
using static KmsgOom.Tests.Envelopes.RewrappedLog;

namespace KmsgOom.Tests.Envelopes;

/// <summary>A wrapper that nobody told us of is learned from the trigger, and taken off the whole report.</summary>
public sealed class LearnedWrapTests
{
    public static TheoryData<string> UnknownWraps => ["cat-number", "grep", "compose", "diff", "appliance", "talosctl", "samsung", "csv", "csv-level", "csv-quoted", "export"];

    [Theory]
    [MemberData(nameof(UnknownWraps))]
    public void Lines_BehindAWrapperNobodyToldUsOf_AreTheSame(string wrap)
    {
        string[] levels = ["warning", "info", "err"];
        Func<string, int, string> render = wrap switch
        {
            "cat-number" => (line, number) => $"{number,6}\t{line}",
            "grep" => (line, number) => $"oom report.txt:{number}:{line}",
            "compose" => (line, number) => $"oom_1  | {line}",
            "diff" => (line, number) => $"+{line}",
            "appliance" => (line, number) => $"Jan 05 2026 10:00:{number % 60:00}.{number % 1000:000}: %KERN-4: {line}",
            "talosctl" => (line, number) => $"10.5.0.2: kern: {levels[number % 3],7}: [2026-11-23T18:17:43.{number}Z]: {line}",
            "samsung" => (line, number) => $"[{number % 8}-{3219 + (number / 50)}.{number % 1000}] {line}",
            "csv-level" => (line, number) => $"2024/01/01,{(number % 2 == 0 ? "Warning" : "Error")},node-1,{(line.Contains(',', StringComparison.Ordinal) ? $"\"{line}\"" : line)}",
            "csv-quoted" => (line, number) => $"\"Nov 23, 2026 @ 18:17:{number % 60:00}.260\",\"node-1\",\"{line}\"",
            "csv" => (line, number) => $"{number};node-1;\"{line}\";{number}",
            _ => (line, number) => $"host=node-1 source=/var/log/messages#{number} {line}",
        };
        string[] messages = [.. Messages(Stamped)];
        byte[] plain = Encoding.Latin1.GetBytes(string.Concat(messages.Select(message => message + "\n")));
        byte[] wrapped = Encoding.Latin1.GetBytes(string.Concat(messages.Select((message, at) => render(message, at + 1) + "\n")));

        AssertSame(Comparable(plain), Comparable(wrapped));
        AssertSame(Comparable(plain), [.. Chunks.ParseInPieces(wrapped, 1000, Golden.Options).Select(Comparable)]);
        AssertSame(Comparable(plain), [.. Chunks.ParseWithoutSkipping(wrapped, Golden.Options).Select(Comparable)]);
        int cpu = Encoding.Latin1.GetString(wrapped).IndexOf("CPU: ", StringComparison.Ordinal);
        int line = Encoding.Latin1.GetString(wrapped).LastIndexOf('\n', cpu) + 1;
        Assert.All(OomLog.Parse(wrapped.AsSpan(line), Golden.Options), oomEvent => Assert.Empty(oomEvent.UnknownLines));
    }

    [Theory]
    [InlineData("web-1  | ", "")]
    [InlineData("17;node-1;\"", "\"")]
    [InlineData("09.03.2024 08:15:09 fw01 <kern.info> ", "")]
    public void SecondReport_BehindTheSameWrapper_IsTheSame(string before, string after)
    {
        string[] messages = [.. Messages(Stamped).Where(message => !message.StartsWith("oom_reaper", StringComparison.Ordinal))];
        string once = string.Concat(messages.Select(message => message + "\n"));
        string second = once.Replace("process 141", "process 142", StringComparison.Ordinal);
        string wrapped = string.Concat((once + second).TrimEnd('\n').Split('\n').Select(message => before + message + after + "\n"));

        AssertSame(Comparable(Encoding.Latin1.GetBytes(once + second)), Comparable(Encoding.Latin1.GetBytes(wrapped)));
    }

    [Theory]
    [InlineData("app: got Mem-Info:")]
    [InlineData("other | CPU: 3 PID: 77 Comm: x Not tainted 5.4.0 #1")]
    public void ForeignLine_DoesNotTakeOverALearnedWrapper(string foreign)
    {
        string[] messages = [.. Messages(Stamped)];
        int row = Array.FindIndex(messages, message => message.StartsWith("[  pid", StringComparison.Ordinal)) + 2;
        string log = string.Concat(messages.Select((message, at) => $"node-{at}  | {message}\n{(at == row ? foreign + "\n" : "")}"));

        OomEvent oomEvent = Assert.Single(OomLog.Parse(log, Golden.Options));
        Assert.Equal(OomLog.Parse(Golden.Read(Stamped), Golden.Options)[0].Tasks.Length, oomEvent.Tasks.Length);
        Assert.Equal(141, Assert.Single(oomEvent.Victims).Pid);
        Assert.Equal(foreign, Assert.Single(oomEvent.UnknownLines));
    }

    [Theory]
    [InlineData("> 391524.805414] ", true)]
    [InlineData("node-1 KERNEL: ", true)]
    [InlineData("fw01|kern|warn|", true)]
    [InlineData("web1", false)]
    public void KillLinesAlone_OfAnOldKernel_AreRead(string before, bool isRead)
    {
        string log = $"{before}Memory cgroup out of memory: Kill process 27541 (worker) score 572 or sacrifice child\n"
            + $"{before}Killed process 27542 (child) total-vm:400kB, anon-rss:300kB, file-rss:8kB, shmem-rss:0kB\n";
        OomEvent[] events = [.. OomLog.Parse(log, Golden.Options)];
        if (!isRead)
        {
            Assert.Empty(events);
            return;
        }

        OomVictim victim = Assert.Single(Assert.Single(events).Victims);
        Assert.Equal((27542, "child", 572L, 300L), (victim.Pid, victim.Name.ToString(), victim.Score, victim.AnonRssKiB));
        Assert.Equal((OomScope.Memcg, 27541), (events[0].Scope, victim.Announced?.Pid));
        AssertSame([.. events.Select(Comparable)], [.. Chunks.ParseInPieces(Encoding.Latin1.GetBytes(log), 7, Golden.Options).Select(Comparable)]);
        AssertSame([.. events.Select(Comparable)], [.. Chunks.ParseWithoutSkipping(Encoding.Latin1.GetBytes(log), Golden.Options).Select(Comparable)]);
    }

    [Theory]
    [InlineData("he saw \"Out of memory: Kill process 27541 (worker) score 572 or sacrifice child\" in the log")]
    [InlineData("the line is Out of memory: Kill process .* \\(worker\\)")]
    public void WhoTellsOfAnAnnouncement_BeginsNoEvent(string line) => Assert.Empty(OomLog.Parse(line + "\n", Golden.Options));
}
