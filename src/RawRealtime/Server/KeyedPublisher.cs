using RawHub;

namespace RawRealtime.Server;

/// <summary>Publishes a message once for each key. docs/contract.md, Idempotency-Key.</summary>
internal sealed class KeyedPublisher(Publisher publisher)
{
    /// <summary>
    /// Publishes, unless the message's key was answered before: a publisher that did not see its answer asks again with the same key
    /// and gets the first one; a second one at the same moment waits for it. One with a key is written down when this is done, one
    /// without is not waited for.
    /// </summary>
    /// <param name="publication">What is known of the message besides its data.</param>
    /// <param name="data">The data, copied when it is published. Text is valid UTF-8.</param>
    public async ValueTask<Published> PublishAsync(Publication publication, ReadOnlyMemory<byte> data)
    {
        if (publication.Key is not { } key) return Publish(publication, data.Span);
        IdempotencyKeys keys = publisher.Hub.Keys;
        while (true)
        {
            TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
            switch (keys.Claim(publication.Channel, key, decided.SetResult, out PublishAnswer first))
            {
                case KeyClaim.Publish:
                    Published published = Publish(publication, data.Span);
                    if (published.Result is { } result && await publisher.SettleAsync(result).ConfigureAwait(false) is var fault && fault != ServerFault.None) published = new(fault, default, null);
                    if (published.Refusal.IsRefused) keys.Abandon(publication.Channel, key);
                    else keys.Complete(publication.Channel, key, published.Answer);
                    return published;
                case KeyClaim.Repeat:
                    return new(Refusal.None, first, null);
                case KeyClaim.Full:
                    return new(ServerFault.TooManyKeys, default, null);
                default:
                    await decided.Task.ConfigureAwait(false);
                    break;
            }
        }
    }

    Published Publish(in Publication publication, ReadOnlySpan<byte> data)
    {
        PublishResult result = publisher.Publish(publication, data);
        return result.IsRefused ? new(Publisher.FaultOf(result), default, null) : new(Refusal.None, new(result.Id, result.Subscribers), result);
    }
}
