using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Conformance.Hops;

/// <summary>Writers, clients that hop, and at times somebody who kills the server; then the ledger is compared with what the server says it holds.</summary>
sealed class HopRun : IAsyncDisposable
{
    readonly CancellationTokenSource late;

    HopRun(HopSettings settings, HopServer server)
    {
        (Settings, Server, Ledger) = (settings, server, new(settings.Messages));
        late = new(settings.Patience);
    }

    public HopSettings Settings { get; }

    public HopServer Server { get; }

    public Ledger Ledger { get; }

    public Progress Progress { get; } = new();

    /// <summary>Gaps that clients were told of.</summary>
    public int Gaps { get; private set; }

    public static async Task<HopRun> StartAsync(HopSettings settings) => new(settings, await HopServer.StartAsync(settings));

    /// <summary>Everything; gives back what happened, in one line.</summary>
    public async Task<string> RunAsync()
    {
        long begun = Stopwatch.GetTimestamp();
        Hopper[] hoppers = [.. Enumerable.Range(0, Settings.Clients).Select(client => new Hopper(this, client))];
        HopWriter[] writers = [.. Enumerable.Range(0, HopSettings.Writers).Select(writer => new HopWriter(this, writer))];
        foreach (Hopper hopper in hoppers) await hopper.BeginAsync(late.Token);
        Task hopping = AllAsync(hoppers.Select(hopper => Task.Run(() => hopper.RunAsync(late.Token)))), writing = AllAsync([WriteAsync(writers), KillAsync()]);
        try
        {
            await await Task.WhenAny(writing, hopping); // clients cannot be done before the channels are closed, but they can fail
            TimeSpan written = Stopwatch.GetElapsedTime(begun);
            long[] ends = await CloseChannelsAsync();
            await hopping;
            Gaps = hoppers.Sum(hopper => hopper.Reader.Gaps);
            return $"{Settings.Replay}: {Check(writers, ends)}; {hoppers.Sum(hopper => hopper.Reader.Seen)} seen in {hoppers.Sum(hopper => hopper.Visits)} visits, "
                + $"{hoppers.Sum(hopper => hopper.Cuts)} of them cut, {Gaps} gaps told; {written.TotalSeconds:0.0} s to write, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s in all";
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            string behind = string.Join('\n', hoppers.Where(hopper => !hopper.Reader.IsDone).Select(hopper => hopper.Reader.ToString()));
            throw new Xunit.Sdk.XunitException($"{Settings.Replay}: not done after {Settings.Patience}, {Progress.Reached} acknowledged\n{behind}");
        }
        finally
        {
            await late.CancelAsync();
            await Task.WhenAll(hopping, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A writer was told that its message stands there.</summary>
    public void OnStored(int channel, string id, int writer, int number)
    {
        Assert.True(Told.TryReadPlace(Encoding.ASCII.GetBytes(id), out ReadOnlySpan<byte> epoch, out long offset), id);
        string known = Ledger.EpochOf(channel, epoch);
        Assert.True(Ascii.Equals(epoch, known), $"{Settings.Replay}, channel {channel}: acknowledged as {id}, but the epoch is {known}");
        string? other = Ledger.Disagreement(channel, offset, writer, number);
        Assert.True(other is null, $"{Settings.Replay}, channel {channel}, offset {offset}: acknowledged to writer {writer} as its number {number}, but {other} stands there");
    }

    public async ValueTask DisposeAsync()
    {
        late.Dispose();
        await Server.DisposeAsync();
    }

    // Fails as soon as one of them does.
    static async Task AllAsync(IEnumerable<Task> tasks)
    {
        await foreach (Task ended in Task.WhenEach(tasks)) await ended;
    }

    async Task WriteAsync(IEnumerable<HopWriter> writers)
    {
        await AllAsync(writers.Select(writer => Task.Run(() => writer.RunAsync(late.Token))));
        Progress.End();
    }

    async Task KillAsync()
    {
        for (int i = 1; i <= Settings.Kills; i++)
        {
            await Progress.AtAsync((long)i * Settings.Messages / (Settings.Kills + 1)).WaitAsync(late.Token);
            await Server.KillAndStartAsync();
        }
    }

    async Task<long[]> CloseChannelsAsync()
    {
        using BadLine whole = new(Server.Port, bytesUntilCut: 0, Random.Shared, Progress, pause: 0);
        long[] ends = new long[HopSettings.Channels];
        for (int channel = 0; channel < ends.Length; channel++)
        {
            using StringContent last = new(Ledger.TextOf(Ledger.Closing, 1));
            using HttpResponseMessage answer = await whole.Client.PostAsync(new Uri($"http://127.0.0.1:{Server.Port}/publish?channel={Ledger.NameOf(channel)}"), last, late.Token);
            string id = (await answer.Content.ReadFromJsonAsync<JsonElement>(late.Token)).GetProperty("id").GetString()!;
            OnStored(channel, id, Ledger.Closing, 1);
            ends[channel] = long.Parse(id.AsSpan(id.IndexOf('-') + 1), CultureInfo.InvariantCulture);
        }
        return ends;
    }

    string Check(HopWriter[] writers, long[] ends)
    {
        long held = ends.Select((end, channel) => Ledger.Count(channel, end)).Sum();
        int acknowledged = writers.Sum(writer => writer.Acknowledged), maybe = writers.Sum(writer => writer.Maybe);
        Assert.Equal(Settings.MessagesOfWriter * HopSettings.Writers, acknowledged + maybe);
        Assert.InRange(held, acknowledged, acknowledged + maybe);
        return $"{held} messages held, {acknowledged} acknowledged, {maybe} under way when the server was killed";
    }
}
