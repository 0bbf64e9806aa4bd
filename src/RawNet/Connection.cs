using System.Runtime.CompilerServices;

namespace RawNet;

/// <summary>
/// What a protocol loop is given: the channel, what came in and was not read yet, the door out, and a deadline.
/// The loop is the only one that receives; any thread may write to <see cref="Outbox"/> or call <see cref="Abort"/>.
/// </summary>
public sealed class Connection : IDisposable
{
    // Receives in a row that found bytes at once, after which others get the thread: it may be the one that all sockets share.
    const int MostAtOnce = 64;

    readonly ByteChannel channel;
    int foundAtOnce;

    /// <summary>Makes a connection over <paramref name="channel"/>, which it then owns.</summary>
    /// <param name="channel">Where the bytes go.</param>
    /// <param name="heartbeat">Tells the time of all deadlines.</param>
    /// <param name="maxUnreadBytes">Cap of the receive buffer, in bytes.</param>
    /// <param name="sending">Bounds of the send queue.</param>
    public Connection(ByteChannel channel, Heartbeat heartbeat, int maxUnreadBytes, SendQueueOptions sending)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(heartbeat);
        this.channel = channel;
        Heartbeat = heartbeat;
        Inbox = new ReceiveBuffer(maxUnreadBytes);
        Outbox = new SendQueue(channel, heartbeat, sending);
        Deadline = heartbeat.Register(null);
    }

    /// <summary>What arrived and was not read yet.</summary>
    public ReceiveBuffer Inbox { get; }

    /// <summary>The one door out.</summary>
    public SendQueue Outbox { get; }

    /// <summary>The protocol's deadline; it sets the owner.</summary>
    public Deadline Deadline { get; }

    /// <summary>The time behind the deadlines.</summary>
    public Heartbeat Heartbeat { get; }

    /// <summary>Who is at the other end.</summary>
    public System.Net.EndPoint? RemoteEndPoint => channel.RemoteEndPoint;

    /// <summary>True when the bytes are protected by TLS.</summary>
    public bool IsSecure => channel.IsSecure;

    /// <summary>Once a receive gave 0: whether the peer itself said so; see <see cref="ByteChannel.EndedInOrder"/>.</summary>
    public bool EndedInOrder => channel.EndedInOrder;

    /// <summary>
    /// Waits for more bytes and takes them into <see cref="Inbox"/>. While nothing is unread it waits without a buffer
    /// (a receive of zero bytes), so an idle connection holds none.
    /// </summary>
    /// <returns>How many bytes came; 0 when the peer ended its side.</returns>
    /// <exception cref="InvalidOperationException">The inbox is full.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">The connection was aborted.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync()
    {
        await UntilReadableAsync().ConfigureAwait(false);
        return await TakeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// The first half of <see cref="ReceiveAsync"/>, for loops that would rather wait without a state machine but their own: gives the
    /// inbox's block back while nothing is unread in it, and waits until <see cref="TakeAsync()"/> has something to take.
    /// </summary>
    /// <returns>0, always; at once while something is unread.</returns>
    public ValueTask<int> UntilReadableAsync()
    {
        if (!Inbox.IsEmpty) return default;
        Inbox.ReleaseWhenEmpty();
        ValueTask<int> waiting = channel.ReceiveAsync(Memory<byte>.Empty);
        foundAtOnce = waiting.IsCompleted ? foundAtOnce + 1 : 0;
        return foundAtOnce < MostAtOnce ? waiting : LetOthersGoAsync(waiting);
    }

    /// <summary>The second half of <see cref="ReceiveAsync"/>: takes what there is into <see cref="Inbox"/>, and waits for it if need be.</summary>
    /// <returns>How many bytes came; 0 when the peer ended its side.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> TakeAsync()
    {
        int received = await channel.ReceiveAsync(Inbox.Free).ConfigureAwait(false);
        Inbox.Commit(received);
        return received;
    }

    /// <summary>As <see cref="TakeAsync()"/>, but into memory of the caller's. Only while nothing is unread in <see cref="Inbox"/>.</summary>
    /// <param name="into">Where to; not empty.</param>
    public ValueTask<int> TakeAsync(Memory<byte> into)
    {
        if (!Inbox.IsEmpty) throw new InvalidOperationException("What is unread comes first.");
        return channel.ReceiveAsync(into);
    }

    /// <summary>Waits until there is something to receive, or the peer ended its side, without touching <see cref="Inbox"/>:
    /// so another thread may work on what is unread meanwhile. Not while <see cref="ReceiveAsync"/> is under way.</summary>
    /// <returns>0, always; what there is, <see cref="ReceiveAsync"/> tells.</returns>
    public ValueTask<int> WaitForBytesAsync() => channel.ReceiveAsync(Memory<byte>.Empty);

    // A peer that sends faster than it is answered would otherwise keep the thread for itself.
    async ValueTask<int> LetOthersGoAsync(ValueTask<int> waiting)
    {
        foundAtOnce = 0;
        await waiting.ConfigureAwait(false);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return 0;
    }

    /// <summary>Ends our side in order, after everything queued was sent; later writes are refused. The peer may still send.</summary>
    /// <returns>False when the connection broke before.</returns>
    public async ValueTask<bool> EndSendingAsync()
    {
        Outbox.EndWriting();
        if (!await Outbox.WaitForEmptyAsync().ConfigureAwait(false)) return false;
        try
        {
            await channel.EndSendingAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            return false; // the peer was faster: what there was to end has ended
        }
    }

    /// <summary>Ends both sides at once; a pending receive fails. May be called again, from any thread.</summary>
    public void Abort() => channel.Abort();

    /// <summary>Closes the channel without a reset; a pending receive fails. <see cref="Dispose"/> follows when that receive has ended.</summary>
    public void Close() => channel.Dispose();

    /// <summary>Gives everything back. For the loop, as its last act: no receive may be pending, whose memory would go back too.</summary>
    public void Dispose()
    {
        Deadline.Dispose();
        Outbox.Dispose();
        channel.Dispose();
        Inbox.Dispose();
    }
}
