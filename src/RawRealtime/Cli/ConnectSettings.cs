using System.CommandLine;
using System.Text;
using RawHttp.Wire;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>connect</c>. They come from the command line alone: the environment and the JSON file are the server's.</summary>
internal sealed class ConnectSettings
{
    static readonly string[] OfTheHandshake = ["Host", "Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions"];

    readonly Argument<string?> server = new("uri")
    {
        Description = "Where to, such as ws://127.0.0.1:5000/ws or wss://example.org/chat?room=1",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly Option<bool> binary = new("--binary")
    {
        Description = "Send bytes: typed lines as binary messages, a pipe or file in pieces as it is read; and write what comes as it is unless a terminal shows it",
    };

    readonly Option<int> ping = new("--ping")
    {
        Description = "Ping the server when it was silent for so long; one that then stays silent for 10 s more is given up",
        HelpName = "seconds",
        DefaultValueFactory = _ => 25,
    };

    readonly Option<string[]> subprotocol = new("--subprotocol") { Description = "Subprotocol to offer, the dearest first; repeatable", HelpName = "name" };

    readonly Option<string[]> header = new("--header") { Description = "Further field of the opening request, such as \"Authorization: Bearer x\"; repeatable", HelpName = "name: value" };

    readonly Option<string?> origin = new("--origin") { Description = "Origin to claim, as a browser's page would, such as https://example.org", HelpName = "origin" };

    readonly TrustSettings trust = new("wss");

    readonly Option<Wait> wait = new("--wait")
    {
        Description = "After the input's end: close once the server was silent for so long (ms, s, m, h); -1 leaves closing to the server",
        HelpName = "time",
        DefaultValueFactory = _ => new(TimeSpan.FromSeconds(1)),
        CustomParser = result => ServeSettings.Read<Wait>(result, Cli.Wait.TryRead, "a time such as 2s or 500ms, or -1"),
    };

    readonly Option<bool> noCompression = new("--no-compression") { Description = "Do not offer permessage-deflate" };

    readonly Option<bool> json = new("--json") { Description = "One JSON line per event: opened, message, closed or failed" };

    public ConnectSettings()
    {
        ping.Validators.Add(result => ServeSettings.InRange(result, ping, 1, 86_400));
        subprotocol.Validators.Add(result => ListenSettings.Each(result, name => HttpGrammar.IsToken(Encoding.UTF8.GetBytes(name)) ? null : $"'{name}' is no name of a subprotocol (RFC 6455 §4.1 item 10)."));
        header.Validators.Add(result => ListenSettings.Each(result, ErrorOfField));
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [binary, ping, subprotocol, header, origin, .. trust.All, noCompression, wait, json];

    /// <summary>The address.</summary>
    public Argument Server => server;

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense, alone or together.</exception>
    public ConnectOptions Read(ParseResult parsed)
    {
        Uri uri = ClientUri.Read(parsed.GetValue(server) ?? throw new BadSettingException("connect needs an address such as ws://127.0.0.1:5000/ws."), "connect");
        if (parsed.GetValue(binary) && parsed.GetValue(json)) throw new BadSettingException($"{binary.Name} and {json.Name}: what comes is written as it is, or in JSON. Leave one away.");
        return new()
        {
            Server = uri,
            IsBinary = parsed.GetValue(binary),
            IsJson = parsed.GetValue(json),
            Wait = parsed.GetValue(wait).Time,
            Opening = new()
            {
                Connection = new()
                {
                    Limits = new() { MaxMessageBytes = ConnectOptions.MaxMessageBytes },
                    KeepAliveSeconds = parsed.GetValue(ping),
                    CloseWaitSeconds = 10,
                    Compression = parsed.GetValue(noCompression) ? null : new() { ServerContextTakeover = true, ClientContextTakeover = true },
                },
                Subprotocols = parsed.GetValue(subprotocol) ?? [],
                Fields = [.. (parsed.GetValue(header) ?? []).Select(FieldOf), .. parsed.GetValue(origin) is { } page ? [new("Origin", page)] : Array.Empty<KeyValuePair<string, string>>()],
                Tls = trust.Read(parsed, uri),
            },
        };
    }

    static string? ErrorOfField(string field)
    {
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !HttpGrammar.IsToken(Encoding.UTF8.GetBytes(field[..colon]))) return $"'{field}' is no field such as \"Authorization: Bearer x\".";
        if (field.AsSpan().ContainsAny('\r', '\n', '\0')) return $"'{field[..colon]}': a field's value is one line.";
        if (field[..colon].Equals("Sec-WebSocket-Protocol", StringComparison.OrdinalIgnoreCase)) return "Sec-WebSocket-Protocol: offer it with --subprotocol.";
        return OfTheHandshake.Contains(field[..colon], StringComparer.OrdinalIgnoreCase) ? $"{field[..colon]} is the handshake's own field." : null;
    }

    static KeyValuePair<string, string> FieldOf(string field)
    {
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        return new(field[..colon], field[(colon + 1)..].Trim());
    }
}
