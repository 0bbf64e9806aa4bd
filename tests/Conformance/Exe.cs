using System.Net.Http;

namespace Conformance;

/// <summary>The server as people start it: a process of its own.</summary>
sealed class Exe : IAsyncDisposable
{
    Exe(Child process, string http) => (Process, Http) = (process, http);

    public Child Process { get; }

    /// <summary>What the banner said.</summary>
    public string Http { get; }

    public string Ws => "ws" + Http["http".Length..];

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Bounded.Patience };

    /// <summary>Starts it on a free port and waits for the banner.</summary>
    public static Task<Exe> StartAsync(params string[] arguments) => AfterBannerAsync(Child.Start(Tools.DotNet, [Tools.Exe, "--port", "0", .. arguments]));

    /// <summary>Starts it with these settings and nothing added.</summary>
    public static Task<Exe> StartWithAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        AfterBannerAsync(Child.Start(Tools.DotNet, [Tools.Exe, .. arguments], environment));

    /// <summary>Starts it with at most so many descriptors.</summary>
    public static Task<Exe> StartLimitedAsync(int descriptors) =>
        AfterBannerAsync(Child.Start(Tools.Shell, ["-c", $"ulimit -n {descriptors}; exec \"$0\" \"$@\"", Tools.DotNet, Tools.Exe, "--port", "0"]));

    /// <summary>Runs it with settings that make it end at once.</summary>
    public static Task<Ended> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        Child.RunAsync(Tools.DotNet, [Tools.Exe, .. arguments], environment);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    static async Task<Exe> AfterBannerAsync(Child process)
    {
        try
        {
            string banner = await process.LineAsync("RawRealtime ");
            return new(process, banner[(banner.LastIndexOf(' ') + 1)..]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
