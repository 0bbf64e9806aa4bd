using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RawRealtime.Cli;

/// <summary>The usual help, and behind it settings that stand in a group of their own: few need them, and many would hide the others.</summary>
/// <param name="usual">Writes all that is not hidden.</param>
/// <param name="title">What the group is called.</param>
/// <param name="group">Its settings.</param>
internal sealed class GroupedHelp(HelpAction usual, string title, IReadOnlyList<Option> group) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        int width = group.Max(option => NameOf(option).Length);
        output.WriteLine($"{title}:");
        foreach (Option option in group) output.WriteLine($"  {NameOf(option).PadRight(width)}  {option.Description} [default: {option.GetDefaultValue()}]");
        output.WriteLine();
        return code;
    }

    /// <summary>Puts it in the place of the usual help.</summary>
    public static void AddTo(RootCommand root, string title, IReadOnlyList<Option> group)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction usual) help.Action = new GroupedHelp(usual, title, group);
    }

    static string NameOf(Option option) => $"{option.Name} <{option.HelpName}>";
}
