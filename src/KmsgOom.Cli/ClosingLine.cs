using System.Globalization;
using KmsgOom.Cli.Text;

namespace KmsgOom.Cli;

/// <summary>The line that ends a run: what was read, what was found, what was damaged.</summary>
internal static class ClosingLine
{
    /// <summary>Gets the line; null where no input could be read, which other lines have said already.</summary>
    public static string? Write(ScanTotals totals)
    {
        if (totals.Inputs == 0 && !totals.IsInterrupted)
        {
            return null;
        }

        return $"{DescribeInput(totals)}; {DescribeResult(totals)}";
    }

    private static string DescribeInput(ScanTotals totals)
    {
        List<string> parts = [Words.Count(totals.Inputs, "file"), Sizes.FromBytes(totals.Bytes), .. totals.Wrappers];
        AddUnlessFalse(parts, totals.IsUtf16, "UTF-16");
        AddUnlessZero(parts, totals.UnreadableInputs, "file unreadable", "files unreadable");
        AddUnlessFalse(parts, totals.IsInterrupted, "interrupted");
        return string.Join(", ", parts);
    }

    private static string DescribeResult(ScanTotals totals)
    {
        List<string> parts = [DescribeFindings(totals)];
        if (totals.UnlikelyInputs < totals.Inputs)
        {
            AddUnlessZero(parts, totals.UnlikelyInputs, "file did not look like a kernel log", "files did not look like kernel logs");
        }

        AddUnlessZero(parts, totals.FilteredOut, "event not shown (--where)", "events not shown (--where)");
        string hint = totals.ShowsAllKinds ? "" : " (--all-kinds)";
        AddUnlessZero(parts, totals.OtherEvents, $"event of another kind{hint}", $"events of other kinds{hint}");
        AddUnlessZero(parts, totals.Incomplete, "event incomplete", "events incomplete");
        AddUnlessZero(parts, totals.SuppressedReports, "report suppressed by the kernel", "reports suppressed by the kernel");
        AddUnlessZero(parts, totals.MalformedLines, "malformed line", "malformed lines");
        AddUnlessZero(parts, totals.OverlongLines, "overlong line cut", "overlong lines cut");
        AddUnlessZero(parts, totals.OrphanReaperLines, "reaper line without its kill", "reaper lines without their kill");
        AddUnlessZero(parts, totals.DuplicateReports, "report there twice, counted once", "reports there twice, counted once");
        AddUnlessZero(parts, totals.LimitHits, "parser limit hit", "parser limits hit");
        return string.Join(", ", parts);
    }

    private static string DescribeFindings(ScanTotals totals)
    {
        if (totals.Events > 0)
        {
            return $"{Words.Count(totals.Events, "OOM event")}, {Words.Count(totals.Kills, "kill")}";
        }

        if (totals.Bytes == 0)
        {
            return totals.IsInterrupted ? "nothing read" : "empty input";
        }

        if (totals.IsInterrupted)
        {
            // A kill that still waits for its reaper line has not been told.
            return "no OOM event was finished by then";
        }

        return totals.UnlikelyInputs == totals.Inputs ? "nothing here looked like a kernel log"
            : totals.Inputs - totals.UnlikelyInputs == 1 ? "no OOM event in this kernel log"
            : "no OOM event in these kernel logs";
    }

    private static void AddUnlessZero(List<string> parts, long number, string one, string many)
    {
        if (number != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}"));
        }
    }

    private static void AddUnlessFalse(List<string> parts, bool condition, string text)
    {
        if (condition)
        {
            parts.Add(text);
        }
    }
}
