namespace KmsgOom.Tests.ReportWriter;

/// <summary>Which lines of a report are lost.</summary>
internal enum RemovedPart
{
    Any,
    Together,
    First,
    Last,
}

/// <summary>Takes lines out of a report, the same for the same seed.</summary>
internal sealed record LineRemoval(RemovedPart Part, int Seed, double Share)
{
    public WrittenRecord[] Apply(WrittenRecord[] all)
    {
        Random random = new(Seed);
        int count = random.Next((int)(all.Length * Share) + 2);
        int first = Part switch
        {
            RemovedPart.First => 0,
            RemovedPart.Last => all.Length - count,
            _ => random.Next(all.Length),
        };
        return Part == RemovedPart.Any
            ? [.. all.Where(_ => random.NextDouble() >= Share)]
            : [.. all.Where((_, at) => at < first || at >= first + count)];
    }
}
