using System.CommandLine;
using RawRealtime.Access;

namespace RawRealtime.Cli;

/// <summary>The settings that say which tokens are good: of the server, and of <c>token</c>, which makes and checks them. docs/tokens.md.</summary>
internal sealed class AccessSettings
{
    readonly Option<string?> key = new("--token-key")
    {
        Description = "Ask for tokens signed with this secret (HS256), 32 bytes at least; better in RAWREALTIME_TOKEN_KEY or a file, since others can read a command line",
        HelpName = "secret",
    };

    readonly Option<string?> keyFile = new("--token-key-file") { Description = "File that holds the secret of --token-key", HelpName = "file" };

    readonly Option<string?> jwks = new("--jwks") { Description = "Ask for tokens signed with a key of this JWK set (RS256, ES256)", HelpName = "file" };

    readonly Option<string?> issuer = new("--token-issuer") { Description = "What a token must name as its issuer (iss)", HelpName = "name" };

    readonly Option<string?> audience = new("--token-audience") { Description = "What a token must name among its audience (aud)", HelpName = "name" };

    public AccessSettings() => All = [key, keyFile, jwks, issuer, audience];

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>Those that make a token.</summary>
    public IReadOnlyList<Option> OfMaking => [key, keyFile, issuer, audience];

    /// <summary>The issuer that was named; null for none.</summary>
    public string? Issuer(ParseResult parsed) => parsed.GetValue(issuer);

    /// <summary>The audience that was named; null for none.</summary>
    public string? Audience(ParseResult parsed) => parsed.GetValue(audience);

    /// <summary>What a token must be; null when none is asked for.</summary>
    /// <exception cref="BadSettingException">A key is of no use, or settings make no sense together.</exception>
    public TokenRules? Read(ParseResult parsed)
    {
        string? secret = Secret(parsed, out string source), set = parsed.GetValue(jwks);
        if (secret is null && set is null)
        {
            if (Issuer(parsed) is not null || Audience(parsed) is not null) throw new BadSettingException($"{issuer.Name} and {audience.Name} judge tokens, and none are asked for: name {keyFile.Name} or {jwks.Name}.");
            return null;
        }
        return Usable(() =>
        {
            TokenKeys keys = new();
            if (secret is not null) keys.AddSecret(secret, source);
            if (set is not null) keys.AddSet(Path.GetFullPath(set));
            return new TokenRules(keys, Issuer(parsed), Audience(parsed));
        });
    }

    /// <summary>The secret, from wherever it is; null when there is none.</summary>
    /// <param name="parsed">What was set.</param>
    /// <param name="source">Where it is, for messages.</param>
    /// <exception cref="BadSettingException">It is in two places, or its file is unreadable.</exception>
    public string? Secret(ParseResult parsed, out string source)
    {
        string? file = parsed.GetValue(keyFile);
        source = file ?? key.Name;
        if (file is null) return parsed.GetValue(key);
        if (parsed.GetValue(key) is not null) throw new BadSettingException($"{key.Name} and {keyFile.Name} name a secret each: leave one out.");
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n'); // editors and echo end a file with a line end
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"cannot read the secret: {unreadable.Message}");
        }
    }

    /// <summary>Does what may find a key to be of no use.</summary>
    /// <exception cref="BadSettingException">It is.</exception>
    public static T Usable<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (TokenKeyException useless)
        {
            throw new BadSettingException(useless.Message);
        }
    }
}
