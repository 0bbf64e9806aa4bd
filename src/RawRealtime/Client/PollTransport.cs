using System.Globalization;
using RawHttp.Client;

namespace RawRealtime.Client;

/// <summary>Messages by one held poll after the other.</summary>
/// <param name="options">What is subscribed to.</param>
internal sealed class PollTransport(SubscribeOptions options) : ISubscribeTransport
{
    const int MaxMessages = 100, HoldSeconds = 25;

    // As many of the largest messages as one answer may have.
    const int MaxAnswerBytes = MaxMessages * SubscribeOptions.MaxMessageBytes;

    /// <inheritdoc/>
    public string Name => "long poll";

    /// <inheritdoc/>
    public async Task<TransportEnd> ListenAsync(string? cursor, ISubscriptionListener listener, CancellationToken cancellation)
    {
        using HttpOriginClient client = options.Target.NewClient();
        try
        {
            bool hasBegun = false; // the first poll is not held, since it tells where delivery begins
            while (true)
            {
                using HttpClientResponse answer = await client.SendAsync(RequestOf(cursor, hasBegun, listener.Wanted), cancellation).ConfigureAwait(false);
                if (answer.Status is not (200 or 204)) return await TransportEnds.OfRefusalAsync(answer, options.Target.Address, cancellation).ConfigureAwait(false);
                PollTold told = answer.Status == 204 ? Quiet(answer) : SubscriptionJson.ReadPoll(await answer.ReadAllAsync(MaxAnswerBytes, cancellation).ConfigureAwait(false));
                if (!hasBegun || !told.Position.Recovered) listener.Began(told.Position);
                foreach (MessageTold message in told.Messages)
                    if (!await listener.MessageAsync(message).ConfigureAwait(false)) return TransportEnd.Enough;
                (cursor, hasBegun) = (told.Cursor, true);
            }
        }
        catch (HttpClientException failure)
        {
            return TransportEnds.Of(failure, options.Target.Address);
        }
        catch (NotOursException failure)
        {
            return TransportEnds.Of(failure);
        }
    }

    HttpClientRequest RequestOf(string? cursor, bool isHeld, long wanted) => new()
    {
        Target = options.PathOf("/poll", cursor, ("wait", Text(isHeld ? HoldSeconds : 0)), ("limit", Text(Math.Min(MaxMessages, wanted)))),
        Fields = options.Target.Fields,
    };

    // 204: nothing came, and nothing is missing.
    static PollTold Quiet(HttpClientResponse answer)
    {
        string cursor = answer.FieldValue("etag"u8)?.Trim('"') ?? throw new NotOursException("The server answers a poll without its cursor. Check --server.");
        return new(new(cursor, true, null, []), [], cursor);
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
