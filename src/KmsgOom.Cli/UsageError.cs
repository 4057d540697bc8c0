using System.CommandLine;
using System.CommandLine.Parsing;

namespace KmsgOom.Cli;

/// <summary>Turns what System.CommandLine reports over several lines, or not at all, into one line.</summary>
internal static class UsageError
{
    /// <summary>Gets the line; null where the command line is sound.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="paths">The paths of the command; null where none was given.</param>
    public static string? Find(ParseResult parsed, Argument? paths)
    {
        string advice = paths is not null ? $"Try 'kmsgoom {parsed.CommandResult.Command.Name} --help'." : "Try 'kmsgoom --help'.";
        string? stray = paths is not null ? FindStrayOption(parsed, paths) : parsed.UnmatchedTokens is [string first, ..] ? first : null;
        if (stray is not null)
        {
            string kind = stray.StartsWith('-') ? "option" : "command";
            return $"Unrecognized {kind} '{WithoutValue(stray)}'. {advice}";
        }

        if (parsed.Errors.Count > 0)
        {
            return $"{parsed.Errors[0].Message.TrimEnd('.')}. {advice}";
        }

        return paths is not null ? null : $"No command was given. {advice}";
    }

    // An argument of any number takes unknown options as paths, so they are looked for among those in front of "--".
    private static string? FindStrayOption(ParseResult parsed, Argument paths)
    {
        IReadOnlyList<Token> tokens = parsed.GetResult(paths)?.Tokens ?? [];
        int behindDashes = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        return tokens
            .Take(tokens.Count - behindDashes)
            .Select(token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value[0] == '-');
    }

    private static string WithoutValue(string option)
    {
        int end = option.IndexOf('=');
        return end > 0 && option.StartsWith('-') ? option[..end] : option;
    }
}
