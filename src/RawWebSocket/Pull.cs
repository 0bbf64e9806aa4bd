using System.Runtime.CompilerServices;

namespace RawWebSocket;

/// <summary>What readers of messages and of pieces have in common: a handover, and on a server the function that asks.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
sealed class Pull<T>
    where T : struct
{
    readonly Handover<T> handover = new();
    volatile WsConnection? connection;

    public WsConnection Connection => connection ?? throw new InvalidOperationException("The connection is not open yet: it is when the first message came.");

    public ValueTask<T?> ReceiveAsync(CancellationToken cancellation) => handover.TakeAsync(cancellation);

    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            while (await handover.TakeAsync(cancellation).ConfigureAwait(false) is { } next) yield return next;
        }
        finally
        {
            handover.LetGo(); // who leaves the loop in its middle holds nothing any more
        }
    }

    public void Stop() => handover.Drop();

    public void OnOpened(WsConnection opened, Func<Task>? serve)
    {
        connection = opened;
        if (serve is not null) _ = ServeAsync(opened, serve);
    }

    public ValueTask OfferAsync(in T what) => handover.OfferAsync(what);

    public void OnClosed(WsConnection closed, WsEnding ending) =>
        handover.End(ending is WsEnding.ClosedByPeer or WsEnding.ClosedByUs ? null : new WsClosedException(closed));

    async Task ServeAsync(WsConnection opened, Func<Task> serve)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // it may take its time without holding the loop
        try
        {
            await serve().ConfigureAwait(false);
            opened.Close(Wire.CloseCode.Normal);
        }
        catch (Exception bug)
        {
            opened.Fail(bug);
        }
        finally
        {
            Stop();
        }
    }
}

/// <summary>Whoever asks for messages and may stop to.</summary>
interface IPulled
{
    /// <summary>Reads no more: what is held is let go, and what still comes is dropped.</summary>
    void Stop();
}
