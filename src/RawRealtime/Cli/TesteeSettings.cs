using System.CommandLine;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>testee</c> as a client. As a server it has those of <c>serve</c>; the two are never mixed.</summary>
internal sealed class TesteeSettings
{
    readonly Option<string?> connect = new("--connect")
    {
        Description = "Be the client under test instead: run the cases of the Autobahn fuzzing server there, such as ws://127.0.0.1:9001",
        HelpName = "uri",
    };

    readonly Option<string> agent = new("--agent")
    {
        Description = "With --connect: what this client is called in the suite's report",
        HelpName = "name",
        DefaultValueFactory = _ => "RawRealtime",
    };

    readonly Option<CaseRange> cases = new("--case")
    {
        Description = "With --connect: the number of the one case to run, or a range such as 7-12 or 300-",
        HelpName = "number",
        DefaultValueFactory = _ => CaseRange.All,
        CustomParser = result => ServeSettings.Read<CaseRange>(result, CaseRange.TryRead, "the number of a case, or a range such as 7-12 or 300-"),
    };

    readonly Option<bool> json = new("--json") { Description = "With --connect: one JSON line per case instead of a bar" };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [connect, agent, cases, json];

    /// <summary>Whether the testee is to be a client.</summary>
    public bool IsClient(ParseResult typed) => typed.GetResult(connect) is { Implicit: false };

    /// <summary>Whether JSON lines are wanted.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Refuses settings of the client where the testee is a server.</summary>
    /// <exception cref="BadSettingException">There is one.</exception>
    public void CheckServer(ParseResult parsed)
    {
        if (All.FirstOrDefault(setting => parsed.GetResult(setting) is { Implicit: false }) is { } given)
            throw new BadSettingException($"{given.Name} is for the client under test: it needs {connect.Name}.");
    }

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">It makes no sense.</exception>
    public TesteeClientOptions Read(ParseResult parsed) => new(ClientUri.Read(parsed.GetValue(connect) ?? "", connect.Name), parsed.GetValue(agent)!, parsed.GetValue(cases));
}
