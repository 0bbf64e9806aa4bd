using System.Diagnostics;
using RawWebSocket.Handshake;

namespace RawRealtime.Bench;

/// <summary>One publisher, many subscribers of one transport; or no publisher, and connections that only stay.</summary>
internal sealed class FanOutScenario : BenchScenario
{
    readonly FanOutBook book;
    readonly List<ISubscriberLine> subscribers = [];
    readonly byte[] key = new byte[AcceptKey.KeyBytes];
    ILane? publisher;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="ledger">What it counts.</param>
    public FanOutScenario(BenchOptions options, BenchLedger ledger) : base(options, ledger)
    {
        AcceptKey.WriteNewKey(key);
        book = new(ledger, new(options.Size), options.Connections, options.Depth);
    }

    /// <inheritdoc/>
    public override string Operation => Options.Kind == BenchKind.Idle ? "message" : "delivery";

    /// <summary>Messages that were published.</summary>
    public long Published => book.Published;

    /// <inheritdoc/>
    public override bool IsDrained => publisher is null || (book.IsSettled && publisher.Clock.UnderWay == 0) || !publisher.Connection.IsOpen;

    /// <inheritdoc/>
    public override async Task OpenAsync(int first, CancellationToken cancellation)
    {
        ISubscriberLine[] more = [.. Subscribers().Take(Math.Min(first, Options.Connections) - subscribers.Count)];
        subscribers.AddRange(more);
        await OpenAsync([.. more.Select(one => one.Connection)], Options.Url, cancellation).ConfigureAwait(false);
        if (Options.PublishUrl is not { } url || subscribers.Count < Options.Connections) return;
        publisher = url.Scheme == "ws"
            ? new WsPublisher(Ledger, BenchRequests.Opening(url, Options.Fields, key), key, book, Options.Depth)
            : new PostPublisher(Ledger, BenchRequests.Head("POST", url, PostPublisher.FieldsOf(Options.Fields, Options.Size)), book, Options.Depth);
        await OpenAsync([publisher.Connection], url, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Start(Schedule? schedule)
    {
        if (publisher is null) return;
        if (schedule is { } common) publisher.Clock.Follow(common, 0, 1);
        else publisher.Clock.RunFlatOut();
        book.WhenRoom = publisher.Fill;
        publisher.Fill(Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public override void Release(long number, long now)
    {
        publisher?.Clock.Release();
        publisher?.Fill(now);
    }

    /// <inheritdoc/>
    public override void Stop() => publisher?.Clock.Stop();

    /// <inheritdoc/>
    public override void JudgeEnd()
    {
        if (Options.Kind == BenchKind.Idle) return;
        long missing = subscribers.Sum(one => book.Published - one.Next);
        Ledger.Wrong(BenchFailure.Lost, $"{missing} deliveries had not come by the end.", missing);
        if (book.Published == 0) Ledger.Wrong(BenchFailure.Unanswered, "Nothing was published.");
    }

    IEnumerable<ISubscriberLine> Subscribers()
    {
        int inbox = Options.Kind == BenchKind.Idle ? IdleInboxBytes : InboxBytes;
        byte[] opening = Options.Transport == BenchTransport.Ws ? BenchRequests.Opening(Options.Url, Options.Fields, key) : [];
        byte[] events = BenchRequests.Head("GET", Options.Url, [.. Options.Fields, new("Accept", "text/event-stream")]);
        byte[] poll = BenchRequests.Head("GET", Options.Url, Options.Fields, isWhole: false);
        while (true)
        {
            yield return Options.Transport switch
            {
                BenchTransport.Ws => new WsSubscriber(Ledger, inbox, opening, key, book),
                BenchTransport.Sse => new SseSubscriber(Ledger, inbox, events, book),
                _ => new PollSubscriber(Ledger, inbox, poll, book),
            };
        }
    }
}
