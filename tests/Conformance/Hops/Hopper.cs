using System.Net.Http;
using System.Net.WebSockets;

namespace Conformance.Hops;

/// <summary>One client: it visits the server by one transport after the other, is cut off or leaves, and comes back with its cursor until it has all.</summary>
sealed class Hopper
{
    readonly HopRun run;
    readonly Random random;

    public Hopper(HopRun run, int client)
    {
        this.run = run;
        random = new(HashCode.Combine(run.Settings.Seed, client));
        // Every channel has a reader; most clients have further ones.
        int[] channels = [.. Enumerable.Range(0, HopSettings.Channels).Where(channel => channel != client % HopSettings.Channels)];
        random.Shuffle(channels);
        channels = [client % HopSettings.Channels, .. channels.Take(random.Next(4))];
        random.Shuffle(channels);
        Reader = new(run.Settings, run.Ledger, client, channels);
    }

    public Reader Reader { get; }

    public int Visits { get; private set; }

    /// <summary>Visits that were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Asks where its channels stand, with a poll that is not held: from here on it has a cursor.</summary>
    public async Task BeginAsync(CancellationToken late)
    {
        using Visit visit = new(run, Reader, random, bad: false);
        await visit.ByPollsAsync(1, late);
        Assert.NotNull(Reader.Cursor);
    }

    /// <summary>Hops until it has seen the last message of each of its channels.</summary>
    public async Task RunAsync(CancellationToken late)
    {
        while (!Reader.IsDone)
        {
            await run.Server.UpAsync().WaitAsync(late);
            await VisitAsync(late);
            if (random.Next(3) == 0) await run.Progress.AfterAsync(random.Next(run.Settings.Messages / 50)).WaitAsync(late); // stays away for a while
        }
    }

    async Task VisitAsync(CancellationToken late)
    {
        using Visit visit = new(run, Reader, random, bad: true);
        bool ended;
        try
        {
            ended = await (random.Next(3) switch
            {
                0 => visit.BySocketAsync(late),
                1 => visit.ByEventsAsync(late),
                _ => visit.ByPollsAsync(random.Next(1, 30), late),
            });
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or WebSocketException)
        {
            // Nothing but a broken line may look like one: else the server sent what its client does not understand.
            if (!visit.Line.WasCut && !visit.Line.WasEnded) throw Reader.Fault("an unbroken line", broken.ToString());
            ended = !visit.Line.WasCut;
        }
        if (ended && !run.Server.MayBreak && !run.Settings.MayLose && !visit.Line.WasSlow) throw Reader.Fault("a server that stays", "an end nobody asked for");
        Visits++;
        if (visit.Line.WasCut) Cuts++;
    }
}
