using System.CommandLine;
using System.CommandLine.Parsing;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that say how event streams are sent, and for how long.</summary>
internal sealed class EventSettings
{
    const string Off = "off", On = "on";

    static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(10); // below that clients would do little but come back

    readonly Option<string> compression = new("--sse-compression")
    {
        Description = "Whether event streams are sent as gzip to clients that accept it",
        HelpName = $"{Off}|{On}",
        DefaultValueFactory = _ => On,
    };

    readonly Option<Wait> maxAge = new("--max-stream-age")
    {
        Description = "End each event stream after 80 to 100 % of this time, so that its client comes back, with its cursor; -1 for never",
        HelpName = "time",
        DefaultValueFactory = _ => default,
        CustomParser = ReadAge,
    };

    public EventSettings()
    {
        All = [compression, maxAge];
        compression.AcceptOnlyFromAmong(Off, On);
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>What was set.</summary>
    public EventStreamOptions Read(ParseResult parsed) => new()
    {
        Compresses = parsed.GetValue(compression) == On,
        MaxAge = parsed.GetValue(maxAge).Time,
    };

    static Wait ReadAge(ArgumentResult result)
    {
        Wait age = ServeSettings.Read<Wait>(result, Wait.TryRead, "a time such as 90s or 1h, 7d at most, or -1");
        if (age.Time < LeastAge) result.AddError($"'{result.Tokens[0].Value}' is out of range for --max-stream-age: 10s to 7d, or -1.");
        return age;
    }
}
