namespace Conformance.Hops;

/// <summary>The exe, which may be killed and started again on the same port. Clients ask whether it is up, and wait until it is.</summary>
sealed class HopServer : IAsyncDisposable
{
    readonly string[] arguments;
    volatile TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Exe exe;

    HopServer(Exe exe, string[] arguments)
    {
        (this.exe, this.arguments) = (exe, arguments);
        Port = new Uri(exe.Http).Port;
        up.SetResult();
    }

    public int Port { get; }

    public Exe Exe => exe;

    /// <summary>It was killed, or will be: connections may break.</summary>
    public bool MayBreak { get; init; }

    public static async Task<HopServer> StartAsync(HopSettings settings)
    {
        // All clients come from one address; none may be sent away for that.
        string[] arguments = ["--history-messages", $"{settings.HistoryMessages}", "--history-bytes", "1GiB", "--max-connections-per-address", "10000", .. settings.Arguments];
        return new(await Exe.StartAsync(arguments), arguments) { MayBreak = settings.Kills > 0 };
    }

    /// <summary>Waits while it is down.</summary>
    public Task UpAsync() => up.Task;

    /// <summary>Kills it where it stands, and starts it again.</summary>
    public async Task KillAndStartAsync()
    {
        up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        exe.Process.Signal(Child.Kill);
        await exe.Process.EndAsync();
        await exe.DisposeAsync();
        exe = await Exe.StartWithAsync(["--port", $"{Port}", .. arguments]);
        up.SetResult();
    }

    public ValueTask DisposeAsync() => exe.DisposeAsync();
}
