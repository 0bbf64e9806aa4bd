using System.Collections;
using System.CommandLine;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary>The command line: what can be typed, and what is answered when it makes no sense.</summary>
internal sealed class CommandLine
{
    /// <summary>Exit codes: 0 done, 2 told wrongly (a bad setting, a port in use, an unreadable certificate). The clients have more: <see cref="ClientExit"/>.</summary>
    public const int Done = 0, ToldWrongly = 2;

    readonly ServeSettings serving;
    readonly TesteeSettings testing = new();
    readonly ConnectSettings connecting = new();
    readonly PublishSettings publishing = new();
    readonly SubscribeSettings subscribing = new();
    readonly HealthSettings probing = new();
    readonly BenchSettings benching = new();
    readonly CompareSettings comparing = new();
    readonly Option<FileInfo?> config = new(SettingSources.FileFlag) { Description = "JSON file with settings by the same names, such as { \"port\": 5001 }", HelpName = "file" };
    readonly RootCommand root = new("""
        A realtime server: WebSocket, Server-Sent Events and long poll over one hub, every protocol byte written by hand.

        Settings come from flags, from the environment (RAWREALTIME_PORT=5001) or from a JSON file (--config), in this order.
        """);
    readonly Command serve = new("serve", "Run the server (what happens when no command is given)");
    readonly Command testee = new("testee", "Run as the server under test of conformance suites: WebSocket echo on every path, and what HTTP probes look at; settings of hub, hosts and files mean nothing to it. With --connect: as the client under test");
    readonly Command connect = new("connect", "Connect to a WebSocket: type lines, see messages; pipes work both ways");
    readonly Command publish = new("publish", "Publish messages: from the command line, a file or a pipe");
    readonly Command subscribe = new("subscribe", "Subscribe to channels and show what comes, across broken connections");
    readonly Command health = new("health", "Say whether a server is up, by the exit code: the health check of an image that holds this exe only");
    readonly TokenSettings tokens;
    readonly TextWriter errors;

    CommandLine(string? tlsPassword, TextWriter errors)
    {
        (serving, this.errors) = (new(tlsPassword), errors);
        tokens = new(serving.Access, config);
        foreach (Command command in new[] { root, serve, testee, health })
        {
            foreach (Option setting in serving.All) command.Add(setting);
            command.Add(config);
        }
        foreach (Option setting in testing.All) testee.Add(setting);
        AddClient(connect, connecting.Server, connecting.All);
        AddClient(publish, publishing.Data, publishing.All);
        AddClient(subscribe, subscribing.Channels, subscribing.All);
        health.Add(probing.Server);
        foreach (Command command in new[] { serve, testee, connect, publish, subscribe, health, benching.Root, comparing.Root, tokens.Root }) root.Add(command);
        GroupedHelp.AddTo(root, "Limits, each with its reason in docs/limits.md", serving.Limits, new Dictionary<Command, string>
        {
            [connect] = ConnectCommand.Notes,
            [publish] = PublishCommand.Notes,
            [subscribe] = SubscribeCommand.Notes,
            [health] = HealthCommand.Notes,
            [benching.Root] = BenchCommand.Notes,
            [comparing.Root] = CompareCommand.Notes,
        });
        SetActions();
        SetBenchActions();
    }

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IDictionary environment, TextWriter output, TextWriter errors)
    {
        CommandLine line = new(environment[SettingSources.PasswordVariable] as string, errors);
        try
        {
            ParseResult parsed = line.Parse(args, environment);
            return await parsed.InvokeAsync(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
        }
        catch (BadSettingException bad)
        {
            await errors.WriteLineAsync($"rawrealtime: {bad.Message}").ConfigureAwait(false);
            return ToldWrongly;
        }
    }

    static void AddClient(Command command, Argument argument, IReadOnlyList<Option> settings)
    {
        command.Add(argument);
        foreach (Option setting in settings) command.Add(setting);
    }

    void SetActions()
    {
        foreach (Command command in new[] { root, serve })
            command.SetAction((parsed, _) => ServeCommand.RunAsync(serving.Read(parsed), parsed.InvocationConfiguration.Output, errors));
        testee.SetAction((parsed, _) => testing.IsClient(parsed) ? ConnectTesteeAsync(parsed) : ServeTesteeAsync(parsed));
        connect.SetAction((parsed, _) => ConnectCommand.RunAsync(connecting.Read(parsed), ClientConsole.OfProcess(errors)));
        publish.SetAction((parsed, _) => PublishCommand.RunAsync(publishing.Read(parsed), ClientConsole.OfProcess(errors)));
        health.SetAction((parsed, _) => HealthCommand.RunAsync(probing.Read(parsed, serving), parsed.InvocationConfiguration.Output, errors));
        subscribe.SetAction((parsed, _) => SubscribeCommand.RunAsync(subscribing.Read(parsed), ClientConsole.OfProcess(errors)));
    }

    void SetBenchActions()
    {
        comparing.Root.SetAction((parsed, _) => CompareCommand.RunAsync(comparing.Read(parsed), ClientConsole.OfProcess(errors)));
        foreach (Command kind in benching.Kinds) kind.SetAction((parsed, _) => BenchCommand.RunAsync(benching.Read(parsed), ClientConsole.OfProcess(errors)));
    }

    Task<int> ConnectTesteeAsync(ParseResult parsed) =>
        TesteeCommand.RunAsync(testing.Read(parsed), testing.IsJson(parsed), parsed.InvocationConfiguration.Output, errors);

    Task<int> ServeTesteeAsync(ParseResult parsed)
    {
        testing.CheckServer(parsed);
        return ServeCommand.RunAsync(serving.Read(parsed) with { IsTestee = true }, parsed.InvocationConfiguration.Output, errors);
    }

    ParseResult Parse(string[] args, IDictionary environment)
    {
        ParseResult typed = root.Parse(args);
        if (IsOfClient(typed)) CheckClient(typed); // the environment and the file hold the server's settings
        else
        {
            string? file = typed.GetValue(config)?.FullName ?? environment[SettingSources.FileVariable] as string;
            typed = root.Parse(SettingSources.Complete(args, serving.All, environment, file, tokens.IsTyped(typed) ? tokens.Wanted(typed) : null));
        }
        return typed.Errors.Count == 0 ? typed : throw new BadSettingException(Explain(typed));
    }

    bool IsOfClient(ParseResult typed) => IsClientCommand(typed.CommandResult.Command) || testing.IsClient(typed);

    bool IsClientCommand(Command command) => command == connect || command == publish || command == subscribe || command == benching.Root || command == comparing.Root || benching.Kinds.Contains(command);

    void CheckClient(ParseResult typed)
    {
        if (serving.All.Append(config).FirstOrDefault(setting => typed.GetResult(setting) is { Implicit: false }) is { } given)
            throw new BadSettingException($"{given.Name} is a setting of the server, and {(IsClientCommand(typed.CommandResult.Command) ? typed.CommandResult.Command.Name : "testee --connect")} is a client.");
    }

    static string Explain(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string unknown, ..]) return parsed.Errors[0].Message;
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> known = command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(one => one.Name));
        return $"'{unknown}' is neither a command nor a setting.{NearestName.Suggestion(unknown, known)} See rawrealtime {PathOf(command)}--help.";
    }

    static string PathOf(Command command) => command is RootCommand ? "" : $"{PathOf(command.Parents.OfType<Command>().First())}{command.Name} ";
}
