using System.CommandLine;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class GroupedHelpTests
{
    [Fact]
    public void A_group_stands_behind_the_others_with_defaults_in_line()
    {
        Option<int> shown = new("--shown") { Description = "In front" };
        Option<int> first = new("--a") { Description = "One", HelpName = "n", Hidden = true, DefaultValueFactory = _ => 1 };
        Option<string> second = new("--longer") { Description = "Two", HelpName = "word", Hidden = true, DefaultValueFactory = _ => "x" };
        RootCommand root = new("A test.") { shown, first, second };
        GroupedHelp.AddTo(root, "Others", [first, second], new Dictionary<Command, string>());
        StringWriter output = new();

        Assert.Equal(0, root.Parse("--help").Invoke(new() { Output = output }));

        string help = output.ToString().ReplaceLineEndings("\n");
        Assert.EndsWith("Others:\n  --a <n>          One [default: 1]\n  --longer <word>  Two [default: x]\n\n", help);
        Assert.Equal(2, help.Split("--a ").Length);
        Assert.True(help.IndexOf("--shown", StringComparison.Ordinal) < help.IndexOf("Others:", StringComparison.Ordinal));
    }
}
