using System.Collections;
using System.CommandLine;

namespace RawRealtime.Cli;

/// <summary>The command line: what can be typed, and what is answered when it makes no sense.</summary>
internal static class CommandLine
{
    /// <summary>Exit codes: 0 done, 2 told wrongly (a bad setting, a port in use, an unreadable certificate).</summary>
    public const int Done = 0, ToldWrongly = 2;

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IDictionary environment, TextWriter output, TextWriter errors)
    {
        ServeSettings settings = new(environment[SettingSources.PasswordVariable] as string);
        Option<FileInfo?> config = new(SettingSources.FileFlag) { Description = "JSON file with settings by the same names, such as { \"port\": 5001 }", HelpName = "file" };
        RootCommand root = Root(settings, config, errors);
        try
        {
            string? file = root.Parse(args).GetValue(config)?.FullName ?? environment[SettingSources.FileVariable] as string;
            ParseResult parsed = root.Parse(SettingSources.Complete(args, settings.All, environment, file));
            if (parsed.Errors.Count > 0) throw new BadSettingException(Explain(parsed));
            return await parsed.InvokeAsync(new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
        }
        catch (BadSettingException bad)
        {
            await errors.WriteLineAsync($"rawrealtime: {bad.Message}").ConfigureAwait(false);
            return ToldWrongly;
        }
    }

    static RootCommand Root(ServeSettings settings, Option<FileInfo?> config, TextWriter errors)
    {
        Command serve = new("serve", "Run the server (what happens when no command is given)");
        Command testee = new("testee", "Run as the server under test of conformance suites: WebSocket echo on every path, and what HTTP probes look at; settings of hub, hosts and files mean nothing to it");
        RootCommand root = new("""
            A realtime server: WebSocket, Server-Sent Events and long poll over one hub, every protocol byte written by hand.

            Settings come from flags, from the environment (RAWREALTIME_PORT=5001) or from a JSON file (--config), in this order.
            """);
        foreach (Command command in new[] { root, serve, testee })
        {
            foreach (Option setting in settings.All) command.Add(setting);
            command.Add(config);
            command.SetAction((parsed, _) =>
                ServeCommand.RunAsync(settings.Read(parsed) with { IsTestee = command == testee }, parsed.InvocationConfiguration.Output, errors));
        }
        root.Add(serve);
        root.Add(testee);
        GroupedHelp.AddTo(root, "Limits, each with its reason in docs/limits.md", settings.Limits);
        return root;
    }

    static string Explain(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string unknown, ..]) return parsed.Errors[0].Message;
        IEnumerable<string> known = parsed.RootCommandResult.Command.Children.OfType<Option>().Select(o => o.Name).Concat(["serve", "testee"]);
        return $"'{unknown}' is neither a command nor a setting.{NearestName.Suggestion(unknown, known)} See rawrealtime --help.";
    }
}
