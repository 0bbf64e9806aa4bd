using RawHttp.Client;
using RawHttp.Wire;
using RawSse.Wire;

namespace RawRealtime.Client;

/// <summary>Messages by event stream.</summary>
/// <param name="options">What is subscribed to.</param>
internal sealed class StreamTransport(SubscribeOptions options) : ISubscribeTransport
{
    /// <inheritdoc/>
    public string Name => "event stream";

    /// <inheritdoc/>
    public async Task<TransportEnd> ListenAsync(string? cursor, ISubscriptionListener listener, CancellationToken cancellation)
    {
        using HttpOriginClient client = options.Target.NewClient();
        HttpClientRequest request = new()
        {
            Target = options.PathOf("/events", cursor, ("format", "json")),
            Fields = [.. options.Target.Fields, new("Accept", "text/event-stream"), new("Cache-Control", "no-store")],
        };
        try
        {
            using HttpClientResponse answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            if (answer.Status != 200) return await TransportEnds.OfRefusalAsync(answer, options.Target.Address, cancellation).ConfigureAwait(false);
            if (answer.FieldValue("content-type"u8)?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) != true)
                throw new NotOursException("The server answers with no event stream. Check --server.");
            return await ReadAsync(answer, listener, cancellation).ConfigureAwait(false);
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

    static async Task<TransportEnd> ReadAsync(HttpClientResponse answer, ISubscriptionListener listener, CancellationToken cancellation)
    {
        EventReader events = new(SubscribeOptions.MaxMessageBytes);
        while (await answer.ReadAsync(cancellation).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            while (TryRead(events, ref piece))
            {
                object told = SubscriptionJson.ReadEvent(events.Name, events.Data.ToArray(), events.LastId);
                if (told is PositionTold position) listener.Began(position);
                else if (!await listener.MessageAsync((MessageTold)told).ConfigureAwait(false)) return TransportEnd.Enough;
            }
        }
        TimeSpan? retry = events.RetryMilliseconds is { } wait ? TimeSpan.FromMilliseconds(Math.Min(wait, BackOff.Longest.TotalMilliseconds)) : null;
        return new(TransportEndKind.SentAway, new(ClientExit.ClosedOtherwise, "stream-ended", "The server ended the event stream."), retry);
    }

    static bool TryRead(EventReader events, ref ReadOnlyMemory<byte> piece)
    {
        ReadStatus status = events.Read(piece.Span, out int consumed);
        piece = piece[consumed..];
        return status == ReadStatus.Invalid ? throw new NotOursException("An event is larger than any of ours.") : status == ReadStatus.Done;
    }
}
