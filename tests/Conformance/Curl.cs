namespace Conformance;

/// <summary>curl with no settings of the machine's own.</summary>
static class Curl
{
    // -q comes first, or a .curlrc is read.
    static readonly string[] Always = ["-q", "-sS", "--noproxy", "*", "--max-time", "20"];

    public static Child Start(params string[] arguments) => Child.Start(Tools.Curl, [.. Always, .. arguments]);

    public static Task<Ended> RunAsync(params string[] arguments) => Child.RunAsync(Tools.Curl, [.. Always, .. arguments]);

    /// <summary>What it prints when all goes well.</summary>
    public static async Task<string> OutputAsync(params string[] arguments)
    {
        Ended ended = await RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, $"curl ended with {ended.ExitCode}: {ended.Errors}{ended.Output}");
        return ended.Output;
    }

    /// <summary>The status code of the answer.</summary>
    public static async Task<string> StatusAsync(params string[] arguments)
    {
        string output = await OutputAsync([.. arguments, "-w", "\n%{http_code}"]);
        return output.TrimEnd('\n').Split('\n')[^1];
    }
}
