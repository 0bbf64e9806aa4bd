using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RawNet;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that say where it listens, to whom, and with which certificates.</summary>
internal sealed class ListenSettings
{
    const string UnixPrefix = "unix:", Off = "off", On = "on";

    readonly string? tlsPassword;

    readonly Option<IPAddress> host = new("--host")
    {
        Description = "Address to listen on; beyond loopback, ask for tokens (--token-key-file)",
        HelpName = "address",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ReadHost,
    };

    readonly Option<int> port = new("--port")
    {
        Description = "Port to listen on; 0 picks a free one and prints it",
        HelpName = "number",
        DefaultValueFactory = _ => 5000,
    };

    readonly Option<string[]> listen = new("--listen")
    {
        Description = "Where to listen: unix:/path, 192.0.2.1:5000, [::1]:5000 or *:5000; beside --host and --port only if one of these is set; repeatable",
        HelpName = "place",
    };

    readonly Option<SocketMode> listenMode = new("--listen-mode")
    {
        Description = "Mode of a Unix-domain socket's file, in octal: who may write to it may connect",
        HelpName = "mode",
        DefaultValueFactory = _ => new(new ListenerOptions().UnixMode),
        CustomParser = ReadMode,
    };

    readonly Option<string[]> tlsCert = new("--tls-cert")
    {
        Description = "Certificate chain (PEM): serve https and wss; repeatable: each client gets the one whose name it asks for, else the first",
        HelpName = "file",
    };

    readonly Option<string[]> tlsKey = new("--tls-key") { Description = "Private key of the certificate (PEM); may be in the same file; one for each --tls-cert", HelpName = "file" };

    readonly Option<string[]> tlsPfx = new("--tls-pfx") { Description = "Certificate with its key (PKCS #12, .pfx, .p12); repeatable", HelpName = "file" };

    readonly Option<string?> tlsPasswordFile = new("--tls-password-file")
    {
        Description = "File that holds the password of --tls-pfx; or set RAWREALTIME_TLS_PASSWORD",
        HelpName = "file",
    };

    readonly Option<string[]> proxyProtocolFrom = new("--proxy-protocol-from")
    {
        Description = "Network of a proxy that begins each connection with a PROXY header, such as 10.0.0.0/8, or 'unix'; repeatable",
        HelpName = "network",
    };

    readonly Option<int> maxPerAddress = new("--max-connections-per-address")
    {
        Description = "Most connections of one address at a time; loopback has no such bound",
        HelpName = "count",
        DefaultValueFactory = _ => new ListenerOptions().MaxConnectionsPerAddress,
    };

    readonly Option<string> inlineCompletions = new("--inline-completions")
    {
        Description = "Whether a connection's work is done on the thread that the system told of its bytes, or after a hop to the thread pool",
        HelpName = $"{Off}|{On}",
        DefaultValueFactory = _ => On,
    };

    /// <param name="tlsPassword">What the environment says, since no flag may.</param>
    public ListenSettings(string? tlsPassword)
    {
        this.tlsPassword = tlsPassword;
        All = [host, port, listen, listenMode, tlsCert, tlsKey, tlsPfx, tlsPasswordFile, proxyProtocolFrom, maxPerAddress, inlineCompletions];
        inlineCompletions.AcceptOnlyFromAmong(Off, On);
        port.Validators.Add(result => ServeSettings.InRange(result, port, 0, 65_535));
        maxPerAddress.Validators.Add(result => ServeSettings.InRange(result, maxPerAddress, 1, 1_000_000_000));
        listen.Validators.Add(result => Each(result, place => TryReadPlace(place, out _, out string? why) ? null : why));
        proxyProtocolFrom.Validators.Add(result => Each(result, network =>
            network == "unix" || TrustedPeers.TryReadNetwork(network, out _) ? null : $"'{network}' is no network such as 10.0.0.0/8 or 2001:db8::/32, no address, and not 'unix'."));
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense together.</exception>
    public ServerOptions Read(ParseResult parsed)
    {
        string[] from = parsed.GetValue(proxyProtocolFrom) ?? [];
        return new()
        {
            Address = parsed.GetValue(host)!,
            Port = parsed.GetValue(port),
            Listen = ReadPlaces(parsed),
            ListenMode = parsed.GetValue(listenMode).Mode,
            Tls = ReadTls(parsed),
            ProxyHeaderFrom = new([.. from.Where(network => network != "unix").Select(Network)], unix: from.Contains("unix")),
            HasInlineCompletions = parsed.GetValue(inlineCompletions) == On,
            MaxConnectionsPerAddress = parsed.GetValue(maxPerAddress),
        };
    }

    // Whoever names places wants these and no port besides, unless that is named too.
    List<EndPoint>? ReadPlaces(ParseResult parsed)
    {
        if (parsed.GetValue(listen) is not { Length: > 0 } given) return null;
        List<EndPoint> places = [];
        if (IsSet(parsed, host) || IsSet(parsed, port)) places.Add(new IPEndPoint(parsed.GetValue(host)!, parsed.GetValue(port)));
        foreach (string place in given)
            if (TryReadPlace(place, out EndPoint? at, out _)) places.Add(at);
        return places;
    }

    TlsFiles ReadTls(ParseResult parsed)
    {
        string[] certificates = parsed.GetValue(tlsCert) ?? [], keys = parsed.GetValue(tlsKey) ?? [], pfx = parsed.GetValue(tlsPfx) ?? [];
        if (keys.Length > 0 && certificates.Length == 0) throw new BadSettingException($"{tlsKey.Name} needs the certificate too: {tlsCert.Name}.");
        if (keys.Length > 0 && keys.Length != certificates.Length)
            throw new BadSettingException($"{certificates.Length} times {tlsCert.Name} and {keys.Length} times {tlsKey.Name}: name one key for each certificate, in the same order, or none when each is in its certificate's file.");
        string? passwordFile = parsed.GetValue(tlsPasswordFile);
        if (passwordFile is not null && pfx.Length == 0) throw new BadSettingException($"{tlsPasswordFile.Name} is for {tlsPfx.Name}.");
        return new()
        {
            Pem = [.. certificates.Select((file, i) => new PemFile(Path.GetFullPath(file), keys.Length > 0 ? Path.GetFullPath(keys[i]) : null))],
            Pfx = [.. pfx.Select(Path.GetFullPath)],
            PasswordFile = passwordFile is null ? null : Path.GetFullPath(passwordFile),
            Password = tlsPassword,
        };
    }

    static bool IsSet(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    static IPNetwork Network(string text) => TrustedPeers.TryReadNetwork(text, out IPNetwork network) ? network : default;

    static bool TryReadPlace(string place, [NotNullWhen(true)] out EndPoint? at, out string? why)
    {
        (at, why) = (null, null);
        if (place.StartsWith(UnixPrefix, StringComparison.Ordinal)) return TryReadPath(place[UnixPrefix.Length..], out at, out why);
        int colon = place.LastIndexOf(':');
        string name = colon < 0 ? "" : place[..colon];
        if (name.StartsWith('[') && name.EndsWith(']')) name = name[1..^1];
        else if (name.Contains(':', StringComparison.Ordinal)) name = "";
        if (TryReadAddress(name, out IPAddress? address) && ushort.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            at = new IPEndPoint(address, number);
        else why = $"'{place}' is no place to listen at: unix:/path, 192.0.2.1:5000, [::1]:5000 or *:5000.";
        return at is not null;
    }

    static bool TryReadPath(string path, out EndPoint? at, out string? why)
    {
        (at, why) = (null, "unix: is followed by a path, such as unix:/run/rawrealtime/http.sock.");
        if (path.Length == 0) return false;
        try
        {
            at = new UnixDomainSocketEndPoint(Path.GetFullPath(path));
        }
        catch (ArgumentException)
        {
            why = $"'{path}' is no path for a socket, or too long: about 100 bytes is the most a system takes.";
        }
        return at is not null;
    }

    static bool TryReadAddress(string given, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (given.Equals("localhost", StringComparison.OrdinalIgnoreCase)) address = IPAddress.Loopback;
        else if (given == "*") address = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        return address is not null || IPAddress.TryParse(given, out address);
    }

    static IPAddress? ReadHost(ArgumentResult result)
    {
        string given = result.Tokens[0].Value;
        if (TryReadAddress(given, out IPAddress? address)) return address;
        result.AddError($"'{given}' is not an IP address of this machine; try 127.0.0.1, 0.0.0.0 or '*' for all.");
        return null;
    }

    static SocketMode ReadMode(ArgumentResult result)
    {
        string given = result.Tokens[0].Value;
        if (SocketMode.TryRead(given, out SocketMode mode)) return mode;
        result.AddError($"'{given}' is no mode such as 660: three digits from 0 to 7.");
        return default;
    }

    internal static void Each(OptionResult result, Func<string, string?> errorOf)
    {
        foreach (Token given in result.Tokens)
            if (errorOf(given.Value) is { } error) result.AddError(error);
    }
}
