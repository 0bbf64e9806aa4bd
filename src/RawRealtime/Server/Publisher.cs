using RawHub;

namespace RawRealtime.Server;

/// <summary>
/// Publishes for all who may: by POST and from WebSockets. It holds a publisher back while its channel has much that is not
/// dispatched yet, so that a fast publisher cannot fill memory: not reading on is what the client notices.
/// </summary>
internal sealed class Publisher(Hub hub, TimeProvider time)
{
    // Far below the history's 1,000 messages, so that a subscriber that keeps up is not outrun by one burst.
    const int MaxBacklog = 256;

    /// <summary>Most bytes of data in one message.</summary>
    public const int MaxDataBytes = 1 << 20;

    /// <summary>The hub published to.</summary>
    public Hub Hub => hub;

    /// <summary>Publishes one message, now.</summary>
    /// <param name="what">Where it goes, and what is known of it but the time.</param>
    /// <param name="data">The data; copied. Text is valid UTF-8.</param>
    public PublishResult Publish(in Publication what, ReadOnlySpan<byte> data) =>
        hub.Publish(what with { UnixMs = time.GetUtcNow().ToUnixTimeMilliseconds() }, data);

    /// <summary>What a publisher is told whose message was not taken.</summary>
    public static ServerFault FaultOf(in PublishResult published) => published.Refusal switch
    {
        PublishRefusal.None => ServerFault.None,
        PublishRefusal.StoreFailed => ServerFault.StoreFailed,
        _ => ServerFault.HubFull,
    };

    /// <summary>Waits until the message may be acknowledged: it is written where it survives a restart, if there is such a place.</summary>
    /// <returns>Why it was not published; None when it was.</returns>
    public async ValueTask<ServerFault> SettleAsync(PublishResult published)
    {
        ServerFault fault = FaultOf(published);
        if (fault == ServerFault.None && !await IsWrittenAsync(published.Commit).ConfigureAwait(false)) fault = ServerFault.StoreFailed;
        return fault;
    }

    /// <summary>Waits until the store has a record, or never will.</summary>
    public async ValueTask<bool> IsWrittenAsync(long commit)
    {
        if (hub.IsCommitted(commit)) return true;
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.WhenDecided(commit, decided.SetResult);
        await decided.Task.ConfigureAwait(false);
        return hub.IsCommitted(commit);
    }

    /// <summary>Waits while <paramref name="published"/>'s channel is far behind its publishers; mostly it does not wait at all.</summary>
    public ValueTask WaitWhileBehind(in PublishResult published) =>
        published.IsRefused || published.Backlog <= MaxBacklog ? default : WaitAsync(published);

    // Also for the store, behind which the messages of one channel may gather as well.
    async ValueTask WaitAsync(PublishResult published)
    {
        if (!await IsWrittenAsync(published.Commit).ConfigureAwait(false)) return;
        TaskCompletionSource dispatched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        published.Channel!.WhenDispatched(dispatched.SetResult);
        await dispatched.Task.ConfigureAwait(false);
    }
}
