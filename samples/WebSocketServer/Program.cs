using System.Net;
using RawHttp;
using RawHttp.Wire;
using RawNet;
using WebSocketServer;

int port = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5001;

#region listen
Router router = new();
router.Map(HttpMethod.Get, "/echo", Endpoints.Echo);
router.Map(HttpMethod.Get, "/upper", Endpoints.Upper);
router.Map(HttpMethod.Get, "/store", Endpoints.Store);
using HttpServer server = new(new(), router, Heartbeat.Shared, new());
server.Start(new IPEndPoint(IPAddress.Loopback, port));
#endregion

Console.WriteLine($"ws://{server.LocalEndPoint}/echo, /upper and /store; Ctrl+C ends it");
TaskCompletionSource interrupted = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.TrySetResult();
};
await interrupted.Task;

#region drain
await server.DrainAsync(TimeSpan.FromSeconds(5)); // each handler's OnDraining says goodbye with 1001
#endregion
