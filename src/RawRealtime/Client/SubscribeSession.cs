namespace RawRealtime.Client;

/// <summary>
/// A subscription that outlives its connections: it comes back with its cursor, and where a transport is not let through it goes on with
/// the next one.
/// </summary>
/// <param name="options">What was asked for.</param>
/// <param name="transports">Those to use, the dearest first.</param>
/// <param name="report">Who is told.</param>
/// <param name="time">For waits.</param>
/// <param name="random">Spreads them.</param>
internal sealed class SubscribeSession(SubscribeOptions options, IReadOnlyList<ISubscribeTransport> transports, ISubscribeReport report, TimeProvider time, Random random)
    : ISubscriptionListener
{
    // Longer than an honest server takes; what holds answers back for longer will not deliver either.
    static readonly TimeSpan BeginTime = TimeSpan.FromSeconds(5);

    readonly BackOff backOff = new(random);
    string? cursor = options.Cursor;
    int chosen;
    long count;
    bool hasBegun, hasEverBegun, isOutputGone;
    CancellationTokenSource? late;

    /// <inheritdoc/>
    long ISubscriptionListener.Wanted => options.Count is { } most ? most - count : long.MaxValue;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Interruption interruption)
    {
        ClientEnd end;
        try
        {
            end = await ListenAsync(interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } exitCode)
        {
            end = new(exitCode, "interrupted", "Interrupted.");
        }
        report.Ended(end, hasEverBegun ? cursor : null);
        return end.ExitCode;
    }

    /// <inheritdoc/>
    void ISubscriptionListener.Began(PositionTold position)
    {
        cursor = position.From;
        bool isNews = !hasBegun || !position.Recovered; // else only the cursor moved, past messages that were not asked for
        (hasBegun, hasEverBegun) = (true, true);
        late?.CancelAfter(Timeout.InfiniteTimeSpan);
        backOff.Reset();
        if (isNews) report.Began(transports[chosen].Name, position);
    }

    /// <inheritdoc/>
    async ValueTask<bool> ISubscriptionListener.MessageAsync(MessageTold message)
    {
        try
        {
            await report.MessageAsync(message).ConfigureAwait(false);
        }
        catch (IOException)
        {
            isOutputGone = true; // whoever read the output has left, such as head
            return false;
        }
        cursor = message.Cursor;
        return ++count != options.Count;
    }

    /// <inheritdoc/>
    void ISubscriptionListener.Failed(ErrorTold error) => report.Failed(error);

    async Task<ClientEnd> ListenAsync(CancellationToken interrupted)
    {
        while (true)
        {
            TransportEnd end = await ListenOnceAsync(interrupted).ConfigureAwait(false);
            if (end.Kind == TransportEndKind.Enough) return isOutputGone ? end.End with { Name = "output-gone", Detail = "Nobody reads the output any more." } : end.End;
            if (FallsBack(end))
            {
                report.FellBack(transports[chosen].Name, transports[chosen + 1].Name, end.End);
                chosen++;
                continue;
            }
            if (!ComesBack(end)) return end.End;
            TimeSpan wait = backOff.Next(end.ComeBackAfter ?? TimeSpan.Zero);
            report.Broke(end.End, wait);
            await Task.Delay(wait, time, interrupted).ConfigureAwait(false);
        }
    }

    async Task<TransportEnd> ListenOnceAsync(CancellationToken interrupted)
    {
        hasBegun = false;
        using CancellationTokenSource slow = new(BeginTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, slow.Token);
        late = slow;
        try
        {
            return await transports[chosen].ListenAsync(cursor, this, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            return new(TransportEndKind.Broken, new(ClientExit.Lost, "silent", $"The server said nothing for {BeginTime.TotalSeconds:0} s."));
        }
        finally
        {
            late = null;
        }
    }

    // Only from one that was not let through, or broke before it told where delivery begins; and not for what is the same for all.
    bool FallsBack(TransportEnd end) =>
        chosen + 1 < transports.Count && !hasBegun && (end.Kind is TransportEndKind.NotOpened or TransportEndKind.Broken or TransportEndKind.SentAway);

    // What never worked is told at once; what did work comes back, for as long as the reason may pass.
    bool ComesBack(TransportEnd end) => hasEverBegun && end.Kind switch
    {
        TransportEndKind.Denied => false,
        TransportEndKind.NotOpened => end.IsPassing,
        _ => true,
    };
}
