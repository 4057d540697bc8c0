using KmsgOom.Reports;

namespace KmsgOom;

/// <summary>The report behind a view and its parts; it may be looked at until the parser reads on.</summary>
internal readonly struct BorrowedReport(OomParser parser, OomReport report)
{
    private readonly int _version = parser.Version;

    /// <summary>Gets the report.</summary>
    /// <exception cref="InvalidOperationException">The parser has read on, or there never was a report.</exception>
    public OomReport Report
    {
        get
        {
            if (parser is null || parser.Version != _version)
            {
                ThrowStale();
            }

            return report;
        }
    }

    /// <summary>Gets the options of the parser; only those who got the <see cref="Report"/> may ask.</summary>
    public OomParserOptions Options => parser.Options;

    private static void ThrowStale() =>
        throw new InvalidOperationException("This view is stale: the parser has read on. Use ToEvent() to keep an event.");
}
