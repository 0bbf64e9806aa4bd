using System.Text;
using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests;

/// <summary>A connection over a scripted channel, with a clock that moves when told. Everything happens on the test's thread.</summary>
sealed class WsRig : IDisposable
{
    readonly Heartbeat heartbeat;
    readonly WsRole us;

    public WsRig(IWsHandler handler, WsRole us = WsRole.Server, WsOptions? options = null, SendQueueOptions? sending = null, byte[]? unread = null, DeflateParameters? compression = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // xunit's would move continuations to other threads
        this.us = us;
        heartbeat = new(Time);
        Transport = new(Channel, heartbeat, 4096, sending ?? SendQueueOptions.Default);
        Transport.Inbox.Append(unread);
        Connection = new(Transport, us, handler, options ?? WsOptions.Default, compression: compression);
        Run = Connection.RunAsync().AsTask();
    }

    public ManualTime Time { get; } = new();
    public ScriptedChannel Channel { get; } = new();
    public Connection Transport { get; }
    public WsConnection Connection { get; }
    public Task<WsEnding> Run { get; }

    /// <summary>The peer sends one frame.</summary>
    public void Arrive(Opcode opcode, byte[] payload) => Channel.Arrive(Bytes.FrameFor(us, opcode, payload));

    /// <summary>The peer sends one text message.</summary>
    public void ArriveText(string text) => Arrive(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>What we sent since the last call, as the peer reads it.</summary>
    public string TakeSent()
    {
        using var peer = new WsReader(us == WsRole.Server ? WsRole.Client : WsRole.Server, new() { MaxMessageBytes = 1 << 24 });
        var log = new List<string>();
        Memory<byte> unread = Channel.TakeSent();
        while (true)
        {
            WsEvent next = peer.Next(unread);
            unread = unread[next.Consumed..];
            if (next.Kind == WsEventKind.NeedMore) break;
            string text = next.Payload.Length > 100 ? $"{next.Payload.Length} bytes" : Encoding.UTF8.GetString(next.Payload.Span);
            log.Add(next.Kind == WsEventKind.Close ? $"Close {(int)next.Code} {text}".TrimEnd() : $"{next.Kind} {text}".TrimEnd());
        }
        Assert.Equal(0, unread.Length);
        return string.Join("; ", log);
    }

    /// <summary>The peer's close frame and the end of its stream.</summary>
    public void ArriveCloseAndEnd(CloseCode code = CloseCode.Normal)
    {
        Arrive(Opcode.Close, [(byte)((int)code >> 8), (byte)code]);
        Channel.ArriveEnd();
    }

    public void Dispose()
    {
        Connection.Abort();
        heartbeat.Dispose();
    }
}

/// <summary>Writes down what it is told, and does what the test wants with each message.</summary>
sealed class RecordingHandler(Func<WsConnection, WsMessage, ValueTask>? onMessage = null) : IWsHandler
{
    readonly TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Log { get; } = [];

    /// <summary>Ends when the first message was handled in full and the second one is told.</summary>
    public Task WhenSecond => second.Task;

    public Action<WsConnection>? Opened { get; init; }

    public void OnOpened(WsConnection connection) => Opened?.Invoke(connection);

    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        Log.Add((message.IsText ? "Text " : "Binary ") + Encoding.UTF8.GetString(message.Payload.Span));
        if (Log.Count == 2) second.SetResult();
        return onMessage?.Invoke(connection, message) ?? default;
    }

    public void OnClosed(WsConnection connection, WsEnding ending) => Log.Add($"Closed {ending}");
}

/// <summary>Sends each message back, and waits for room when there is none.</summary>
sealed class EchoHandler : IWsHandler
{
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        ValueTask<bool> sending = connection.SendAsync(message);
        return sending.IsCompletedSuccessfully ? default : new(sending.AsTask());
    }
}
