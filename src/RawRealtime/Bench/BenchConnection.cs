using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RawRealtime.Bench;

/// <summary>
/// One connection of a run: opens, then receives until its end. What came is handled under the ledger's gate, all of a read at once, and what that
/// wants to send leaves in one call. Sends are tried at once; only what the socket does not take waits.
/// </summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for what came and is not complete: a head, or the head of a frame.</param>
internal abstract class BenchConnection(BenchLedger ledger, int inboxBytes) : IDisposable
{
    readonly byte[] inbox = new byte[inboxBytes];
    readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Socket? socket;
    int filled;
    bool isEnded;

    /// <summary>Whether it was opened and has not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether its bytes are those that the run is about; a publisher's are not.</summary>
    protected virtual bool IsCounted => true;

    /// <summary>What the run counts.</summary>
    protected BenchLedger Ledger => ledger;

    /// <summary>Most bytes that can wait to be complete.</summary>
    protected int InboxBytes => inboxBytes;

    /// <summary>Whether a send is under way. Another has to wait for <see cref="OnSent"/>.</summary>
    protected bool IsSending { get; private set; }

    /// <summary>Connects, does what opening takes, and starts to receive.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="source">From where; null for the system's choice.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Completes when it is open, or cannot be opened: then that is in the ledger.</returns>
    public async Task OpenAsync(EndPoint server, IPAddress? source, CancellationToken cancellation)
    {
        try
        {
            socket = NewSocket(server, source);
            await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
            socket.Blocking = false;
            lock (ledger.Gate) OnConnected();
        }
        catch (SocketException failure)
        {
            lock (ledger.Gate) Fail(BenchFailure.NotOpened, failure.Message);
        }
        if (!isEnded) _ = ReceiveAsync(socket!);
        await opened.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (isEnded, IsOpen) = (true, false);
        socket?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A socket for a client: no delay, bound to its source.</summary>
    /// <param name="server">Where it will connect to.</param>
    /// <param name="source">From where; null for the system's choice.</param>
    public static Socket NewSocket(EndPoint server, IPAddress? source)
    {
        ArgumentNullException.ThrowIfNull(server);
        Socket socket = server is IPEndPoint ip ? new(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) : new(SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        if (source is not null) socket.Bind(new IPEndPoint(source, 0));
        return socket;
    }

    /// <summary>It is connected: say what opening takes, or that it <see cref="Opened"/>.</summary>
    protected abstract void OnConnected();

    /// <summary>Bytes came.</summary>
    /// <param name="unread">What came and was not spent before.</param>
    /// <returns>How many are spent; the others are shown again, with more behind them.</returns>
    protected abstract int OnReceived(ReadOnlySpan<byte> unread);

    /// <summary>All that was to be sent is gone.</summary>
    protected virtual void OnSent()
    {
    }

    /// <summary>The server ended it.</summary>
    protected virtual void OnEnded() => Fail(BenchFailure.Ended, "The server ended a connection.");

    /// <summary>Opening is done.</summary>
    protected void Opened()
    {
        IsOpen = true;
        opened.TrySetResult();
    }

    /// <summary>Something was wrong, and the connection is of no more use.</summary>
    /// <param name="fault">What.</param>
    /// <param name="detail">More about it.</param>
    protected void Fail(BenchFailure fault, string detail)
    {
        if (isEnded) return;
        ledger.Wrong(fault, detail);
        Dispose();
        opened.TrySetResult();
    }

    /// <summary>Sends, unless it has ended. Only while not <see cref="IsSending"/>.</summary>
    /// <param name="bytes">Unchanged until <see cref="OnSent"/>.</param>
    protected void Send(ReadOnlyMemory<byte> bytes)
    {
        if (isEnded || bytes.IsEmpty) return;
        int sent = socket!.Send(bytes.Span, SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Fail(BenchFailure.Ended, $"A send failed: {error}.");
            return;
        }
        if (IsCounted) ledger.Sent(Math.Max(sent, 0));
        if (sent == bytes.Length) return;
        IsSending = true;
        _ = SendRestAsync(socket, bytes[Math.Max(sent, 0)..]);
    }

    async Task SendRestAsync(Socket to, ReadOnlyMemory<byte> rest)
    {
        try
        {
            int length = rest.Length;
            while (!rest.IsEmpty) rest = rest[await to.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
            lock (ledger.Gate)
            {
                if (IsCounted) ledger.Sent(length);
                IsSending = false;
                OnSent();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            lock (ledger.Gate) Fail(BenchFailure.Ended, $"A send failed: {failure.Message}");
        }
    }

    async Task ReceiveAsync(Socket from)
    {
        try
        {
            while (!isEnded)
            {
                int count = await from.ReceiveAsync(inbox.AsMemory(filled), SocketFlags.None).ConfigureAwait(false);
                lock (ledger.Gate) Take(count);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            lock (ledger.Gate) Fail(BenchFailure.Ended, $"A connection broke: {failure.Message}");
        }
    }

    void Take(int count)
    {
        if (isEnded) return;
        if (count == 0)
        {
            OnEnded();
            Dispose();
            opened.TrySetResult();
            return;
        }
        if (IsCounted) ledger.Received(count);
        filled += count;
        int spent = OnReceived(inbox.AsSpan(0, filled));
        if (spent > 0 && spent < filled) inbox.AsSpan(spent, filled - spent).CopyTo(inbox);
        filled -= spent;
        if (filled == inbox.Length) Fail(BenchFailure.BadBytes, $"A head is longer than {inbox.Length} bytes.");
    }

    /// <summary>The time.</summary>
    protected static long Now => Stopwatch.GetTimestamp();
}
