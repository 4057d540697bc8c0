using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace KmsgOom.Cli;

/// <summary>The options of all commands that read logs.</summary>
internal static class LogOptions
{
    private const int MaxJobs = 1024;

    public static Argument<string[]> CreatePaths() => new("PATH")
    {
        Description = "Kernel logs; - or nothing for standard input. Names that begin with - stand behind --",
        Arity = ArgumentArity.ZeroOrMore,
    };

    // Flags take no value: "--quiet true" would otherwise swallow a file called "true".
    public static Option<bool> CreateQuiet() => new("--quiet")
    {
        Description = "no closing line on standard error",
        Arity = ArgumentArity.Zero,
    };

    public static Option<int?> CreatePageSize() => new("--page-size")
    {
        Description = "size of a page in bytes (65536 or 64K), for reports that do not tell; by default 4096 is assumed",
        HelpName = "SIZE",
        CustomParser = ParsePageSize,
    };

    public static Option<int?> CreateJobs() => new("--jobs")
    {
        Description = "how many files, or parts of one large file, are read at the same time; by default one a processor. The output does not depend on it",
        HelpName = "N",
        CustomParser = ParseJobs,
    };

    private static int? ParsePageSize(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        (string digits, int unit) = value switch
        {
            [.. string head, 'K' or 'k'] => (head, 1 << 10),
            [.. string head, 'M' or 'm'] => (head, 1 << 20),
            _ => (value, 1),
        };
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && (long)number * unit is >= 1024 and <= 16 << 20
            && BitOperations.IsPow2(number))
        {
            return number * unit;
        }

        result.AddError($"Bad page size '{value}': it is a power of two from 1K to 16M, such as 65536 or 64K");
        return null;
    }

    private static int? ParseJobs(ArgumentResult result)
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
