using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KmsgOom.Cli;

/// <summary>The option <c>--jobs</c>.</summary>
internal static class JobsOption
{
    private const int MaxJobs = 1024;

    public static Option<int?> Create() => new("--jobs")
    {
        Description = "how many files, or parts of one large file, are read at the same time; by default one a processor. The output does not depend on it",
        HelpName = "N",
        CustomParser = Parse,
    };

    private static int? Parse(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= MaxJobs)
        {
            return number;
        }

        result.AddError($"Bad number of jobs '{value}': it is 1 to {MaxJobs}");
        return null;
    }
}
