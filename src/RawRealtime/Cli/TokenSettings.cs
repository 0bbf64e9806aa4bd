using System.CommandLine;
using System.Security.Cryptography;
using RawHub;
using RawRealtime.Access;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime token</c>: makes tokens, says what they allow, and makes the key for them.</summary>
internal sealed class TokenSettings
{
    readonly AccessSettings access;

    readonly Option<string?> subject = new("--subject") { Description = "Who it is for (sub)", HelpName = "name" };
    readonly Option<string[]> publish = Patterns("--publish", "Channel to let publish to, or a pattern such as 'news.*'; repeatable");
    readonly Option<string[]> subscribe = Patterns("--subscribe", "Channel or pattern to let subscribe to; '*' for all; repeatable");
    readonly Option<string[]> delete = Patterns("--delete", "Channel or pattern to let delete; repeatable");
    readonly Option<bool> json = new("--json") { Description = "Print a JSON object" };

    readonly Option<Duration?> expires = new("--expires")
    {
        Description = "How long it counts (ms, s, m, h, d); for ever when left out",
        HelpName = "time",
        CustomParser = result => ServeSettings.Read<Duration>(result, Quantities.TryReadDuration, "a time such as 90s or 1h"),
    };

    readonly Argument<string> given = new("token") { Description = "The token, or - to read it from standard input" };

    readonly Command make = new("make", "Print a token, signed with --token-key (HS256)");
    readonly Command check = new("check", "Say what a token allows and until when, or which rule it breaks (exit code 1)");
    readonly Command key = new("key", "Print a fresh random secret for --token-key");

    /// <param name="access">The settings that <c>serve</c> has too.</param>
    /// <param name="config">The file that may hold these.</param>
    public TokenSettings(AccessSettings access, Option config)
    {
        this.access = access;
        foreach (Option option in new Option[] { subject, publish, subscribe, delete, expires, json, config }.Concat(access.OfMaking)) make.Add(option);
        check.Add(given);
        foreach (Option option in new Option[] { json, config }.Concat(access.All)) check.Add(option);
        foreach (Command one in new[] { make, check, key }) Root.Add(one);
        make.SetAction(parsed => Make(parsed, TimeProvider.System.GetUtcNow()));
        check.SetAction(parsed => Check(parsed, TimeProvider.System.GetUtcNow()));
        key.SetAction(parsed => MakeKey(parsed.InvocationConfiguration.Output));
    }

    /// <summary>The command.</summary>
    public Command Root { get; } = new("token", "Make and check tokens, and make the secret for them");

    /// <summary>Whether it was typed.</summary>
    public bool IsTyped(ParseResult typed) => typed.CommandResult.Command is { } command && (command == Root || Root.Subcommands.Contains(command));

    /// <summary>The settings of the server that concern what was typed.</summary>
    public IReadOnlyList<Option> Wanted(ParseResult typed)
    {
        if (typed.CommandResult.Command == make) return access.OfMaking;
        return typed.CommandResult.Command == check ? access.All : [];
    }

    int Make(ParseResult parsed, DateTimeOffset now)
    {
        if (access.Secret(parsed, out string source) is not { } secret)
            throw new BadSettingException("a token is signed with a secret: --token-key-file or RAWREALTIME_TOKEN_KEY. Make one with rawrealtime token key.");
        TokenClaims claims = new()
        {
            Subject = parsed.GetValue(subject),
            Issuer = access.Issuer(parsed),
            Audiences = access.Audience(parsed) is { } audience ? [audience] : [],
            ExpiresAt = parsed.GetValue(expires) is { } left ? now + left.Time : null,
            Publish = Read(parsed, publish),
            Subscribe = Read(parsed, subscribe),
            Delete = Read(parsed, delete),
        };
        string token = AccessSettings.Usable(() => TokenMaker.Make(claims, now, TokenKeys.SecretKey(secret, source)));
        if (token.Length > TokenText.MaxLength) throw new BadSettingException($"the token would have {token.Length} characters, and {TokenText.MaxLength} are the most that is taken: use fewer patterns.");
        TokenReport.Made(parsed.InvocationConfiguration.Output, parsed.GetValue(json), token, claims);
        return CommandLine.Done;
    }

    int Check(ParseResult parsed, DateTimeOffset now)
    {
        TokenRules rules = access.Read(parsed) ?? throw new BadSettingException("a token is checked with a key: --token-key-file, RAWREALTIME_TOKEN_KEY or --jwks.");
        string text = parsed.GetValue(given)!;
        if (text == "-") text = Console.In.ReadToEnd().Trim();
        Server.ServerFault fault = new TokenChecker(rules).Check(text, now, out TokenClaims claims);
        TokenReport.Checked(parsed.InvocationConfiguration.Output, parsed.GetValue(json), fault, claims, now);
        return fault == Server.ServerFault.None ? CommandLine.Done : 1;
    }

    // Hexadecimal, since it goes through shells and files unharmed and never looks like a setting.
    static int MakeKey(TextWriter output)
    {
        output.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenKeys.MinSecretBytes)));
        return CommandLine.Done;
    }

    static ChannelPattern[] Read(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).Select(text => ChannelPattern.TryParse(text, out ChannelPattern pattern) ? pattern : default)];

    static Option<string[]> Patterns(string name, string description)
    {
        Option<string[]> option = new(name) { Description = description, HelpName = "channel" };
        option.Validators.Add(result => ListenSettings.Each(result, text =>
            ChannelPattern.TryParse(text, out _) ? null : $"'{text}' is neither a channel nor a pattern such as news.*: 1 to 128 of A-Z a-z 0-9 . _ : ~ - and perhaps a star at the end."));
        return option;
    }
}
