using System.Globalization;
using System.Net;
using Peers.Kestrel;

// Kestrel as someone who wants speed sets it up: no logs, no server field, no middleware but that of WebSockets.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MinResponseDataRate = null;
    kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture));
});
WebApplication app = builder.Build();
app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.Zero });

Topics topics = new();
byte[] ok = "ok\n"u8.ToArray();
app.MapGet("/healthz", context =>
{
    context.Response.ContentType = "text/plain; charset=utf-8";
    context.Response.ContentLength = ok.Length;
    return context.Response.Body.WriteAsync(ok, 0, ok.Length);
});
app.MapGet("/echo", Sockets.EchoAsync);
app.MapGet("/ws", context => Sockets.SubscribeAsync(context, topics.Of(context)));
app.MapGet("/events", context => EventStreams.SubscribeAsync(context, topics.Of(context)));
app.MapGet("/poll", context => Polls.AnswerAsync(context, topics.Of(context)));
app.MapPost("/publish", context => topics.PublishAsync(context));
app.Run();
