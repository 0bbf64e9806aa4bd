using System.Text;
using Microsoft.Extensions.Logging;
using RawHub;
using RawRealtime.Server;
using Testing;

namespace RawRealtime.Tests;

/// <summary>
/// The whole server over scripted connections and manual time: bytes in, bytes out. The hub dispatches on the thread that
/// published and epochs are counted, so every answer is known to the last byte and is there when <see cref="RigPeer.Send"/> returns.
/// </summary>
internal sealed class ServerRig : IDisposable, IHubScheduler
{
    public const string Date = "Date: Fri, 02 Jan 2026 03:04:05 GMT\r\n";
    public const string Time0 = "2026-01-02T03:04:05.000Z";

    readonly List<RigPeer> peers = [];
    readonly Queue<IHubWork> waiting = [];
    int epochs;

    public ServerRig(ServerOptions? options = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // so that loops go on inside Arrive, not where the test framework puts them
        Server = new(options ?? new(), Log, Time, this, DrawEpoch);
    }

    public ManualTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public RealtimeServer Server { get; }

    /// <summary>While true nothing is dispatched: publishers run ahead of their subscribers.</summary>
    public bool HoldsDispatch
    {
        get;
        set
        {
            field = value;
            while (!field && waiting.TryDequeue(out IHubWork? work)) work.Execute();
        }
    }

    /// <summary>A new connection.</summary>
    public RigPeer Connect()
    {
        RigPeer peer = new();
        peers.Add(peer);
        peer.Running = Server.ServeAsync(peer.Channel);
        return peer;
    }

    /// <summary>What a request on a connection of its own is answered with.</summary>
    public string Answer(string request) => Connect().Send(request).Take();

    /// <summary>GET with further field lines, each with its CRLF.</summary>
    public string Get(string target, string fields = "") => Answer(Request("GET", target, fields));

    /// <summary>POST /publish with a query.</summary>
    public string Publish(string query, string data, string fields = "") =>
        Answer(Request("POST", "/publish?" + query, $"{fields}Content-Length: {Encoding.UTF8.GetByteCount(data)}\r\n") + data);

    /// <summary>The messages a channel keeps, as the JSON of a poll for all of them.</summary>
    public string Kept(string channel) => ContentOf(Get($"/poll?channel={channel}&cursor=earliest&wait=0&limit=1000"));

    public static string Request(string method, string target, string fields = "") => $"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n";

    /// <summary>A whole answer with content.</summary>
    public static string Answered(string status, string fields, string type, string content) =>
        $"HTTP/1.1 {status}\r\n{Date}Content-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\n{fields}\r\n{content}";

    /// <summary>A whole answer with JSON that is never stored.</summary>
    public static string Json(string status, string content, string fields = "") =>
        Answered(status, "Cache-Control: no-store\r\n" + fields, "application/json", content);

    public static string ContentOf(string answer) => answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    /// <summary>Status and code of a problem, <c>400 bad-channel</c>; the status line alone when it is none.</summary>
    public static string Outcome(string answer)
    {
        string status = answer.Split(' ')[1];
        if (!answer.Contains("\r\nContent-Type: application/problem+json\r\n", StringComparison.Ordinal)) return status;
        Assert.Contains($"\"status\":{status},", answer);
        int code = answer.IndexOf("\"code\":\"", StringComparison.Ordinal) + "\"code\":\"".Length;
        return $"{status} {answer[code..answer.IndexOf('"', code)]}";
    }

    void IHubScheduler.Schedule(IHubWork work)
    {
        if (HoldsDispatch) waiting.Enqueue(work);
        else work.Execute();
    }

    public void Dispose()
    {
        Server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        foreach (RigPeer peer in peers) peer.Channel.Dispose();
    }

    // epoch001, epoch002 … in the order in which channels are made.
    Epoch DrawEpoch()
    {
        Assert.True(Epoch.TryParse($"epoch{++epochs:000}".AsSpan()[..8], out Epoch drawn));
        return drawn;
    }
}

/// <summary>A log whose lines can be looked at.</summary>
internal sealed class RecordedLog : ILogger
{
    readonly List<string> lines = [];

    public string[] Lines
    {
        get { lock (lines) return [.. lines]; }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" [{exception.Message}]")}");
    }
}
