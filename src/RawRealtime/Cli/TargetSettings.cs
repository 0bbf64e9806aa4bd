using System.CommandLine;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>publish</c> and <c>subscribe</c> that say where the server is and who asks.</summary>
internal sealed class TargetSettings
{
    const string Usual = "http://127.0.0.1:5000";

    readonly Option<string> server = new("--server")
    {
        Description = "Where the server is; with a path where it stands behind one",
        HelpName = "address",
        DefaultValueFactory = _ => Usual,
    };

    readonly Option<string?> token = new("--token") { Description = "Token to show the server. Everybody on this machine can read a command line: --token-file is better", HelpName = "token" };

    readonly Option<FileInfo?> tokenFile = new("--token-file") { Description = "File with the token to show the server, on one line", HelpName = "file" };

    readonly TrustSettings trust = new("https");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [server, token, tokenFile, .. trust.All];

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">It makes no sense, alone or together.</exception>
    public ServerTarget Read(ParseResult parsed)
    {
        Uri address = ServerAddress.Read(parsed.GetValue(server)!, server.Name);
        return new(address) { Token = ReadToken(parsed), Tls = trust.Read(parsed, address) };
    }

    string? ReadToken(ParseResult parsed)
    {
        (string? given, FileInfo? file) = (parsed.GetValue(token), parsed.GetValue(tokenFile));
        if (given is not null && file is not null) throw new BadSettingException($"{token.Name} and {tokenFile.Name}: there is one token. Leave one away.");
        string what = file is null ? token.Name : $"{tokenFile.Name}: {file.FullName}";
        string? shown = file is null ? given : ReadFile(file, what);
        // RFC 6750 §2.1 allows fewer characters; what the server makes of a token is its own affair.
        if (shown is null || (shown.Length > 0 && !shown.AsSpan().ContainsAnyExceptInRange('!', '~'))) return shown;
        throw new BadSettingException($"{what}: a token is visible ASCII characters on one line.");
    }

    static string ReadFile(FileInfo file, string what)
    {
        try
        {
            return File.ReadAllText(file.FullName).TrimEnd('\r', '\n');
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{what}: {unreadable.Message}");
        }
    }
}
