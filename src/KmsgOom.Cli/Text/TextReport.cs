namespace KmsgOom.Cli.Text;

/// <summary>One event on one screen, in the order in which somebody with a dead process asks.</summary>
internal sealed class TextReport(bool usesColors)
{
    private readonly Screen _screen = new(usesColors);

    public string Render(OomEvent oomEvent, OomAnalysis? analysis = null)
    {
        HeadlineText.Write(_screen, oomEvent);
        if (analysis is not null)
        {
            VerdictText.Write(_screen, analysis);
        }

        LimitText.Write(_screen, oomEvent);
        TriggerText.Write(_screen, oomEvent);
        VictimText.Write(_screen, oomEvent);
        if (analysis is not null)
        {
            RankingText.Write(_screen, analysis.Ranking);
            if (analysis.Watermarks is { } watermarks)
            {
                WatermarksText.Write(_screen, oomEvent, watermarks);
            }

            _screen.Blank();
            BalanceText.Write(_screen, analysis);
            ProgramsText.Write(_screen, analysis.Programs);
            if (oomEvent.Tasks.IsEmpty)
            {
                _screen.Blank();
            }
        }

        TaskTable.Write(_screen, oomEvent);
        OriginText.Write(_screen, oomEvent);
        NotesText.Write(_screen, oomEvent);
        return _screen.Take();
    }
}
