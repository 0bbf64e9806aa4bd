using System.Globalization;
using RawRealtime.Bench.Idle;

// usage: dotnet run -c Release --project bench/Idle [-- <connections>...]
// What an idle subscriber costs the server's process in resident memory, by transport. Linux only.
int[] counts = args.Length > 0 ? [.. args.Select(count => int.Parse(count, CultureInfo.InvariantCulture))] : [5_000, 10_000];

Console.WriteLine("| idle | open | resident before, MiB | resident with them, MiB | each, bytes |");
Console.WriteLine("|---|--:|--:|--:|--:|");
foreach (IdleKind kind in IdleKind.All)
    foreach (int count in counts)
    {
        await using MeasuredServer server = await MeasuredServer.StartAsync();
        List<IdleClient> clients = [];
        foreach (IdleClient warm in await IdleClient.OpenAsync(kind, server.Port, 500)) warm.Dispose(); // what the first ones make is not theirs
        long before = await server.SettledAsync();
        clients.AddRange(await IdleClient.OpenAsync(kind, server.Port, count));
        long with = await server.SettledAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind.Name} | {count:N0} | {before / 1048576.0:0.0} | {with / 1048576.0:0.0} | {(with - before) / count:N0} |"));
        foreach (IdleClient client in clients) client.Dispose();
    }
