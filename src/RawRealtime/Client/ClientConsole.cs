using Microsoft.Win32.SafeHandles;

namespace RawRealtime.Client;

/// <summary>Where a client's input comes from and its output goes, and whether people sit there.</summary>
internal sealed record ClientConsole(Stream Input, Stream Output, TextWriter Errors)
{
    const int StandardOutput = 1;

    /// <summary>Lines are typed, not piped.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Output is shown, not piped.</summary>
    public bool IsShown { get; init; }

    /// <summary>What is told of errors and of progress is shown, not piped.</summary>
    public bool IsErrorShown { get; init; }

    /// <summary>Colours are fine.</summary>
    public bool HasColours { get; init; }

    /// <summary>The text as it is shown where something went wrong.</summary>
    public string Red(string text) => Coloured("\e[31m", text);

    /// <summary>The text as it is shown beside what counts.</summary>
    public string Dim(string text) => Coloured("\e[2m", text);

    /// <summary>The text as it is shown where it says what the rest is about.</summary>
    public string Cyan(string text) => Coloured("\e[36m", text);

    /// <summary>That of this process.</summary>
    public static ClientConsole OfProcess(TextWriter errors) => new(Console.OpenStandardInput(), OpenOutput(), errors)
    {
        IsTyped = !Console.IsInputRedirected,
        IsShown = !Console.IsOutputRedirected,
        IsErrorShown = !Console.IsErrorRedirected,
        HasColours = !Console.IsOutputRedirected && TakesColours(Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM")),
    };

    /// <summary>Whether colours are wanted by the conventions of the environment (no-color.org).</summary>
    public static bool TakesColours(string? noColour, string? terminal) => string.IsNullOrEmpty(noColour) && terminal != "dumb";

    string Coloured(string colour, string text) => HasColours ? $"{colour}{text}\e[0m" : text;

    // The console's own stream takes a pipe that nobody reads any more for success, and so would write into it forever.
    static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();
        FileStream output = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek ? Console.OpenStandardOutput() : output; // in a file it would write over what others append
    }
}
