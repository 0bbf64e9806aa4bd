using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RawRealtime.Cli;

/// <summary>
/// The usual help, and behind it settings that stand in a group of their own, since few need them and many would hide the
/// others, or a command's notes.
/// </summary>
/// <param name="usual">Writes all that is not hidden.</param>
/// <param name="title">What the group is called.</param>
/// <param name="group">Its settings.</param>
/// <param name="notes">What some commands say about themselves.</param>
internal sealed class GroupedHelp(HelpAction usual, string title, IReadOnlyList<Option> group, IReadOnlyDictionary<Command, string> notes) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (group.All(command.Options.Contains)) WriteGroup(output);
        if (notes.TryGetValue(command, out string? note)) output.WriteLine($"{note}\n");
        return code;
    }

    /// <summary>Puts it in the place of the usual help.</summary>
    public static void AddTo(RootCommand root, string title, IReadOnlyList<Option> group, IReadOnlyDictionary<Command, string> notes)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction usual) help.Action = new GroupedHelp(usual, title, group, notes);
    }

    void WriteGroup(TextWriter output)
    {
        int width = group.Max(option => NameOf(option).Length);
        output.WriteLine($"{title}:");
        foreach (Option option in group) output.WriteLine($"  {NameOf(option).PadRight(width)}  {option.Description} [default: {option.GetDefaultValue()}]");
        output.WriteLine();
    }

    static string NameOf(Option option) => $"{option.Name} <{option.HelpName}>";
}
