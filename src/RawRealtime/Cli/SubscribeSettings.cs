using System.CommandLine;
using RawHub;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>subscribe</c>. They come from the command line alone: the environment and the JSON file are the server's.</summary>
internal sealed class SubscribeSettings
{
    readonly Argument<string[]> channels = new("channel") { Description = "Channels to listen to, also patterns such as news.*; none for 'default'", Arity = ArgumentArity.ZeroOrMore };

    readonly TargetSettings target = new();

    readonly Option<string> transport = new("--transport")
    {
        Description = "How messages come; auto is by WebSocket, where that is not let through by event stream, else by long poll",
        HelpName = "auto|ws|sse|poll",
        DefaultValueFactory = _ => "auto",
    };

    readonly Option<string?> cursor = new("--cursor") { Description = "Where to go on, as an earlier run said; earliest for all that is kept; none for only what is new", HelpName = "cursor" };

    readonly Option<long?> count = new("--count") { Description = "End after so many messages", HelpName = "number" };

    readonly Option<string[]> eventNames = new("--event") { Description = "Only messages with this event name; repeatable", HelpName = "name" };

    readonly Option<bool> json = new("--json") { Description = "One JSON line per event: position, message, error, broken, fallback, ended" };

    public SubscribeSettings()
    {
        transport.AcceptOnlyFromAmong("auto", "ws", "sse", "poll");
        count.Validators.Add(result => ListenSettings.Each(result, given => long.TryParse(given, out long number) && number < 1 ? $"'{given}' is out of range for --count: at least 1." : null));
        eventNames.Validators.Add(result => ListenSettings.Each(result, name => EventName.IsValid(name) ? null : $"'{name}' is no event name: 1 to 128 characters on one line, and none of position, open and error."));
    }

    /// <summary>What to listen to.</summary>
    public Argument Channels => channels;

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. target.All, transport, cursor, count, eventNames, json];

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense, alone or together.</exception>
    public SubscribeOptions Read(ParseResult parsed)
    {
        string[] names = parsed.GetValue(channels) ?? [];
        if (names.FirstOrDefault(name => !IsChannel(name)) is { } bad)
            throw new BadSettingException($"'{bad}' is no channel: 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -, or a pattern that ends with *, such as news.*");
        if (names.Distinct().Count() < names.Length) throw new BadSettingException("the same channel is named twice.");
        return new(target.Read(parsed))
        {
            Channels = names,
            Events = parsed.GetValue(eventNames) ?? [],
            Via = Enum.Parse<SubscribeVia>(parsed.GetValue(transport)!, ignoreCase: true),
            Cursor = parsed.GetValue(cursor),
            Count = parsed.GetValue(count),
            IsJson = parsed.GetValue(json),
        };
    }

    // What a pattern may be is the server's affair.
    static bool IsChannel(string name) => name.Contains('*', StringComparison.Ordinal) || ChannelName.TryParse(name, out _);
}
