using System.CommandLine;
using System.Text;
using RawHub;
using RawRealtime.Client;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>publish</c>. They come from the command line alone: the environment and the JSON file are the server's.</summary>
internal sealed class PublishSettings
{
    readonly Argument<string[]> data = new("data") { Description = "What to publish, each a message. None: the file, or the whole of standard input", Arity = ArgumentArity.ZeroOrMore };

    readonly TargetSettings target = new();

    readonly Option<string?> channel = new("--channel") { Description = "Channel to publish to; none for 'default'", HelpName = "name" };

    readonly Option<string?> eventName = new("--event") { Description = "Event name of the messages", HelpName = "name" };

    readonly Option<string?> ttl = new("--ttl") { Description = "How long the messages may be delivered, in whole seconds; none for as long as they are kept", HelpName = "seconds" };

    readonly Option<string?> key = new("--key") { Description = "Idempotency key, so that a second try publishes nothing twice; of several messages each has <key>-<number>", HelpName = "key" };

    readonly Option<bool> binary = new("--binary") { Description = "The data is bytes" };

    readonly Option<FileInfo?> file = new("--file") { Description = "File to publish instead of standard input", HelpName = "file" };

    readonly Option<bool> lines = new("--lines") { Description = "Each line of standard input, or of the file, is a message: all go over one connection, and each answer is checked" };

    readonly Option<bool> json = new("--json") { Description = "One JSON line per event: published, refused, done" };

    public PublishSettings()
    {
        channel.Validators.Add(result => ListenSettings.Each(result, name => ChannelName.TryParse(name, out _) ? null : $"'{name}' is no channel: 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -"));
        eventName.Validators.Add(result => ListenSettings.Each(result, name => EventName.IsValid(name) ? null : $"'{name}' is no event name: 1 to 128 characters on one line, and none of position, open and error."));
        ttl.Validators.Add(result => ListenSettings.Each(result, given => TimeToLive.TryRead(given, out _) ? null : $"'{given}' is no ttl: whole seconds from 1 to {TimeToLive.MaxSeconds}."));
        key.Validators.Add(result => ListenSettings.Each(result, given => IdempotencyKeys.IsValid(Encoding.UTF8.GetBytes(given)) ? null : $"'{given}' is no idempotency key: 1 to {IdempotencyKeys.MaxKeyLength} visible ASCII characters."));
    }

    /// <summary>What to publish.</summary>
    public Argument Data => data;

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. target.All, channel, eventName, ttl, key, binary, file, lines, json];

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense, alone or together.</exception>
    public PublishOptions Read(ParseResult parsed)
    {
        PublishOptions options = new(target.Read(parsed))
        {
            Channel = parsed.GetValue(channel),
            Event = parsed.GetValue(eventName),
            Ttl = TimeToLive.TryRead(parsed.GetValue(ttl), out TimeToLive? life) ? life : null,
            Key = parsed.GetValue(key),
            Data = parsed.GetValue(data) ?? [],
            File = parsed.GetValue(file)?.FullName,
            IsBinary = parsed.GetValue(binary),
            AreLines = parsed.GetValue(lines),
            IsJson = parsed.GetValue(json),
        };
        if (options.Data.Count > 0 && (options.AreLines || options.File is not null))
            throw new BadSettingException($"what to publish is on the command line or in {(options.AreLines ? lines.Name : file.Name)}, not both.");
        return options;
    }
}
