using System.CommandLine;
using System.Net;
using RawRealtime.Bench;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>bench</c> and its subcommands. They come from the command line alone.</summary>
internal sealed class BenchSettings
{
    const string UsualServer = "http://127.0.0.1:5000";

    // A port of one address is used once, and most systems have some 28,000 for it.
    const int ConnectionsPerSource = 20_000;

    readonly Command http = new("http", "GET over kept connections"), ws = new("ws", "WebSocket echo"), fanOut = new("fanout", "One publisher, many subscribers"),
        idle = new("idle", "Connections that only stay: what each costs the server"), connect = new("connect", "Connections that come and go");

    readonly Argument<string?> url = new("url") { Description = "Where to; of fanout and idle the server when no other setting says where. None: RawRealtime's own routes at " + UsualServer, Arity = ArgumentArity.ZeroOrOne };
    readonly Option<int> connections = Number("--connections", 64, 1, 1_000_000, "Connections");
    readonly Option<int> subscribers = Number("--subscribers", 1000, 1, 1_000_000, "Subscribers");
    readonly Option<int> idlers = Number("--connections", 5000, 1, 1_000_000, "Connections to hold open");
    readonly Option<int> depth = Number("--depth", 1, 1, 10_000, "Operations under way on each connection (pipelining)");
    readonly Option<int> window = Number("--window", 64, 1, 10_000, "Flat out: most messages that are published and have not reached everyone");
    readonly Option<int> status = Number("--status", 200, 100, 599, "The status that answers must have");
    readonly Option<int> first = Number("--first", 100, 0, 1_000_000, "Connections that are open before memory is first read; they are not charged");
    readonly Option<long?> length = new("--length") { Description = "Bytes of content that answers must have; that of the first when left out", HelpName = "bytes" };
    readonly Option<ByteSize> size = new("--size")
    {
        Description = "Size of a message",
        HelpName = "size",
        DefaultValueFactory = _ => new(125),
        CustomParser = result => ServeSettings.Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 125 or 16KiB"),
    };
    readonly Option<string> transport = Choice("--transport", "ws", ["ws", "sse", "poll"], "How messages are delivered");
    readonly Option<string> idleTransport = Choice("--transport", "ws", ["ws", "sse", "poll", "http"], "What the connections are");
    readonly Option<string> what = Choice("--what", "http", ["http", "ws"], "A request, or a handshake");
    readonly Option<string?> subscribeUrl = new("--subscribe-url") { Description = "Where subscriptions go, on a server with other routes", HelpName = "url" };
    readonly Option<string?> publishUrl = new("--publish-url") { Description = "Where messages go: POST to http://…, over one WebSocket to ws://…", HelpName = "url" };
    readonly Option<double?> rate = new("--rate") { Description = "Operations per second, of fanout published messages; latency then counts from when each was due. As many as possible when left out", HelpName = "number" };
    readonly Option<Duration> duration = Time("--duration", 10, "How long is measured");
    readonly Option<Duration> seconds = Time("--seconds", 10, "How long the connections are held before memory is read");
    readonly Option<Duration> warmup = Time("--warmup", 2, "How long it runs before that");
    readonly Option<string[]> fields = new("--header") { Description = "A further field of every request, such as 'Authorization: Bearer …'; repeatable", HelpName = "field" };
    readonly Option<int> sources = Number("--sources", 0, 0, 250, "Connect from so many addresses 127.0.0.x, since each has ports for some 28,000 connections; 0 for as many as it takes");
    readonly Option<int[]> pids = new("--pid") { Description = "Process of the server, to read its CPU and memory (Linux); repeatable", HelpName = "pid" };
    readonly Option<bool> json = new("--json") { Description = "One JSON line instead of the table" };
    readonly Option<FileInfo?> html = new("--html") { Description = "Write a page with charts to this file", HelpName = "file" };

    public BenchSettings()
    {
        rate.Validators.Add(result => ListenSettings.Each(result, given => double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 10_000_000 ? null : $"'{given}' is out of range for --rate: more than 0, at most 10000000."));
        Option[] common = [duration, warmup, rate, fields, sources, pids, json, html];
        Add(http, [connections, depth, status, length, .. common]);
        Add(ws, [connections, depth, size, .. common]);
        Add(fanOut, [transport, subscribers, subscribeUrl, publishUrl, window, size, .. common]);
        Add(idle, [idleTransport, idlers, subscribeUrl, first, seconds, fields, sources, pids, json, html]);
        Add(connect, [what, connections, status, .. common]);
    }

    /// <summary>The command.</summary>
    public Command Root { get; } = new("bench", "Load a server, verify what it answers, and tell how fast it was");

    /// <summary>Its subcommands.</summary>
    public IReadOnlyList<Command> Kinds => [http, ws, fanOut, idle, connect];

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense, alone or together.</exception>
    public BenchOptions Read(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        BenchTransport via = Enum.Parse<BenchTransport>(parsed.GetValue(command == idle ? idleTransport : command == connect ? what : transport) ?? "ws", ignoreCase: true);
        bool isSocket = command == ws || (command != http && via == BenchTransport.Ws);
        Uri target = ReadUrl(parsed.GetValue(subscribeUrl) ?? RouteOf(parsed, command, via), isSocket);
        int count = command == fanOut ? parsed.GetValue(subscribers) : parsed.GetValue(command == idle ? idlers : connections);
        BenchOptions options = new(KindOf(command), target)
        {
            Transport = via,
            Connections = count,
            Depth = command == fanOut ? parsed.GetValue(window) : command == http || command == ws ? parsed.GetValue(depth) : 1,
            Duration = parsed.GetValue(command == idle ? seconds : duration).Time,
            Warmup = parsed.GetValue(warmup).Time,
            Status = parsed.GetValue(status) is > 0 and int wanted ? wanted : 200,
            Length = parsed.GetValue(length),
            Rate = parsed.GetValue(rate),
            First = parsed.GetValue(first),
            Fields = ReadFields(parsed),
            Sources = SourcesOf(parsed.GetValue(sources), target, count),
            Pids = parsed.GetValue(pids) ?? [],
            IsJson = parsed.GetValue(json),
            HtmlFile = parsed.GetValue(html)?.FullName,
        };
        if (command == ws || command == fanOut) options = options with { Size = SizeOf(parsed) };
        return command == fanOut ? options with { PublishUrl = ReadPublishUrl(parsed) } : options;
    }

    void Add(Command command, IEnumerable<Option> settings)
    {
        command.Add(url);
        foreach (Option setting in settings) command.Add(setting);
        Root.Add(command);
    }

    BenchKind KindOf(Command command) =>
        command == http ? BenchKind.Http : command == ws ? BenchKind.Ws : command == fanOut ? BenchKind.FanOut : command == idle ? BenchKind.Idle : BenchKind.Connect;

    // Of fanout and idle the argument is a server, whose routes are RawRealtime's.
    string RouteOf(ParseResult parsed, Command command, BenchTransport via)
    {
        string? given = parsed.GetValue(url);
        if (given is not null && command != fanOut && command != idle) return given;
        string server = (given ?? UsualServer).TrimEnd('/'), socket = server.StartsWith("http", StringComparison.Ordinal) ? "ws" + server[4..] : server;
        if (command == http || (command != fanOut && via == BenchTransport.Http)) return server + "/healthz";
        if (command == ws) return socket + "/echo";
        return via switch
        {
            BenchTransport.Ws => socket + (command == connect ? "/echo" : "/ws?channel=bench"),
            BenchTransport.Sse => server + "/events?channel=bench",
            _ => server + "/poll?channel=bench&wait=60",
        };
    }

    Uri ReadPublishUrl(ParseResult parsed)
    {
        if (parsed.GetValue(publishUrl) is { } given) return ReadUrl(given, given.StartsWith("ws", StringComparison.OrdinalIgnoreCase));
        if (parsed.GetValue(subscribeUrl) is not null) throw new BadSettingException("--subscribe-url names another server's routes: --publish-url is needed too.");
        return ReadUrl((parsed.GetValue(url) ?? UsualServer).TrimEnd('/') + "/publish?channel=bench", isSocket: false);
    }

    static Uri ReadUrl(string text, bool isSocket)
    {
        string scheme = isSocket ? "ws" : "http", other = isSocket ? "http" : "ws";
        if (text.StartsWith(other + "://", StringComparison.OrdinalIgnoreCase)) text = scheme + text[other.Length..];
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == scheme && uri is { Host.Length: > 0, UserInfo: "", Fragment: "" }) return uri;
        string hint = text.StartsWith(scheme + "s:", StringComparison.OrdinalIgnoreCase) ? " TLS is not spoken here: measure without it." : "";
        throw new BadSettingException($"'{text}' is no address such as {scheme}://127.0.0.1:5000/path.{hint}");
    }

    int SizeOf(ParseResult parsed)
    {
        long bytes = parsed.GetValue(size).Bytes;
        return bytes is >= NumberedMessage.HeadBytes and <= 64 << 20 ? (int)bytes
            : throw new BadSettingException($"--size is from {NumberedMessage.HeadBytes} bytes, which the number takes, to 64MiB.");
    }

    KeyValuePair<string, string>[] ReadFields(ParseResult parsed) => [.. (parsed.GetValue(fields) ?? []).Select(line =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon
            ? KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim())
            : throw new BadSettingException($"--header: '{line}' is no field such as 'Name: value'."))];

    static IPAddress[] SourcesOf(int wanted, Uri target, int count)
    {
        if (!IPAddress.TryParse(target.Host, out IPAddress? server) || !server.ToString().StartsWith("127.", StringComparison.Ordinal))
            return wanted > 0 ? throw new BadSettingException("--sources is for servers at 127.x.x.x.") : [];
        int needed = wanted > 0 ? wanted : (count + ConnectionsPerSource - 1) / ConnectionsPerSource;
        return needed <= 1 && wanted == 0 ? [] : [.. Enumerable.Range(1, needed).Select(last => new IPAddress([127, 0, 0, (byte)last]))];
    }

    /// <summary>A setting that is a whole number.</summary>
    public static Option<int> Number(string name, int usual, int least, int most, string description)
    {
        Option<int> option = new(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => usual };
        option.Validators.Add(result => ListenSettings.Each(result, given =>
            int.TryParse(given, out int number) && number >= least && number <= most ? null : $"'{given}' is out of range for {name}: {least} to {most}."));
        return option;
    }

    static Option<string> Choice(string name, string usual, string[] choices, string description)
    {
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', choices), DefaultValueFactory = _ => usual };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }

    /// <summary>A setting that is a time.</summary>
    public static Option<Duration> Time(string name, int usualSeconds, string description) => new(name)
    {
        Description = description + " (ms, s, m)",
        HelpName = "time",
        DefaultValueFactory = _ => new(TimeSpan.FromSeconds(usualSeconds)),
        CustomParser = result => ServeSettings.Read<Duration>(result, Quantities.TryReadDuration, "a time such as 500ms or 10s"),
    };
}
