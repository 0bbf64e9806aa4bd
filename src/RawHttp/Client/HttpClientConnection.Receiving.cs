using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>The receiving side: heads, what comes unasked, and the end.</summary>
public sealed partial class HttpClientConnection
{
    /// <summary>How far an exchange came, which says who may try it again.</summary>
    enum Progress : byte
    {
        Unsent,
        Unanswered,
        Answered,
    }

    readonly ResponseHeadReader heads;
    ValueTask<int> watch;
    Progress progress;
    bool isWatching, isReceiving, keeps;

    internal ReceiveBuffer Inbox => connection.Inbox;

    /// <summary>Once a receive gave 0: whether the server itself said so.</summary>
    internal bool EndedInOrder => connection.EndedInOrder;

    /// <summary>What an ended exchange failed by, or that there is no connection any more.</summary>
    internal Exception Gone => failure ?? (Exception)new ObjectDisposedException(nameof(HttpClientConnection));

    internal bool IsClosed => isClosed;

    /// <summary>Whether what was thrown tells of the connection, not of a mistake.</summary>
    internal static bool IsOfTheStream(Exception failure) => failure is SocketException or IOException or ObjectDisposedException;

    /// <summary>Waits for more content. 0 when the server ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<int> ReceiveContentAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration abort = AbortOn(cancellation);
        deadline.Wait(ClientWait.Content, Now + options.ContentMilliseconds);
        try
        {
            return await ReceiveAsync().ConfigureAwait(false);
        }
        catch (Exception broken) when (IsOfTheStream(broken))
        {
            throw Explain(broken, cancellation);
        }
        finally
        {
            deadline.Rest();
        }
    }

    /// <summary>The content is read to its end: the connection waits for its next request, or ends.</summary>
    internal void Finish()
    {
        deadline.End();
        if (!SkipEmptyLines()) FaultBehindAnswer = HttpFault.UnaskedAnswer; // RFC 9112 §9.2
        if (keeps && sender!.IsComplete && FaultBehindAnswer == HttpFault.None && !isClosed) Watch();
        else Close();
    }

    /// <summary>Hands the connection to another protocol, with what came behind the answer.</summary>
    internal UpgradedChannel HandOver()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        deadline.End();
        isClosed = true; // for us; it lives on
        connection.Deadline.Owner = null;
        return new(connection);
    }

    /// <summary>The answer breaks a rule: it can't be relied on, and neither can anything behind it.</summary>
    internal HttpClientException Refuse(HttpFault fault, HttpClientEnding why = HttpClientEnding.BadAnswer) => Fail(why, fault, null);

    /// <summary>Closes the connection, or has the one who receives close it.</summary>
    internal void Close()
    {
        if (isClosed) return;
        if (isReceiving)
        {
            Abort();
            return;
        }
        isClosed = true;
        deadline.End();
        sender?.Stop();
        if (isWatching) _ = GiveBackAsync();
        else connection.Dispose();
    }

    // The memory that a pending receive writes to is given back only when it has ended.
    async Task GiveBackAsync()
    {
        connection.Close();
        try
        {
            await watch.ConfigureAwait(false);
        }
        catch (Exception ended) when (IsOfTheStream(ended))
        {
            // It was to end, and did.
        }
        connection.Dispose();
    }

    // A server's leaving, or bytes nobody asked for, are seen by a receive that is always under way between two exchanges.
    [SuppressMessage("Reliability", "CA2012", Justification = "Awaited exactly once: by the next reader, or by whoever closes the connection before.")]
    void Watch() => (watch, isWatching) = (connection.ReceiveAsync(), true);

    // RFC 9112 §9.2: nothing comes before it is asked for; empty lines do no harm.
    async ValueTask CheckQuietAsync()
    {
        progress = Progress.Unsent;
        if (!isWatching) Watch();
        while (watch.IsCompleted)
        {
            if (await ReceiveAsync().ConfigureAwait(false) == 0) throw Fail(HttpClientEnding.PeerClosed, HttpFault.None, null);
            if (!SkipEmptyLines()) throw Refuse(HttpFault.UnaskedAnswer);
            Watch();
        }
    }

    bool SkipEmptyLines()
    {
        ReadOnlySpan<byte> unread = Inbox.Unread;
        int other = unread.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        Inbox.Consume(other < 0 ? unread.Length : other);
        return other < 0;
    }

    async ValueTask<ResponseHead> ReadFinalHeadAsync(HttpClientRequest request)
    {
        for (int interim = 0; interim <= options.MaxInterimAnswers; interim++)
        {
            ResponseHead head = await ReadHeadAsync().ConfigureAwait(false);
            if (head.Status >= 200) return head;
            if (head.Status == 101) return IsAsked(request, head) ? head : throw Refuse(HttpFault.UnaskedUpgrade);
            if (head.Status == 100) GoOn(); // RFC 9110 §15.2: what else comes before the final answer is passed over
        }
        throw Refuse(HttpFault.TooManyInterimAnswers);
    }

    void GoOn()
    {
        deadline.Change(ClientWait.Continue, ClientWait.Sending, long.MaxValue);
        sender!.GoOn();
    }

    // RFC 9110 §7.8: the server names the protocol, and both say that it is for this connection.
    static bool IsAsked(HttpClientRequest request, ResponseHead head) =>
        request.Upgrade is { } asked && head.Fields.ListContains("connection"u8, "upgrade"u8)
        && head.Fields.ListContains("upgrade"u8, System.Text.Encoding.UTF8.GetBytes(asked));

    async ValueTask<ResponseHead> ReadHeadAsync()
    {
        ResponseHead head = new();
        while (true)
        {
            // What a receive under way writes to is not to be looked at.
            ReadResult result = isWatching || Inbox.IsEmpty ? ReadResult.NeedMore : heads.Read(Inbox.Unread, head);
            if (result.Status == ReadStatus.Invalid) throw Refuse(result.Fault);
            if (result.Status == ReadStatus.Done)
            {
                Inbox.Consume(result.Consumed);
                return head;
            }
            if (await ReceiveAsync().ConfigureAwait(false) > 0) progress = Progress.Answered;
            else if (progress == Progress.Answered) throw Refuse(HttpFault.AnswerIncomplete);
            else throw Fail(HttpClientEnding.PeerClosed, HttpFault.None, null);
        }
    }

    // The one receive at a time: the one that watched, when it is still under way.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> ReceiveAsync()
    {
        ValueTask<int> receiving = isWatching ? watch : connection.ReceiveAsync();
        (isWatching, isReceiving) = (false, true);
        try
        {
            return await receiving.ConfigureAwait(false);
        }
        finally
        {
            isReceiving = false;
        }
    }

    // What the stream failed by is told in our words: a deadline of ours shows there as a connection that was aborted.
    Exception Explain(Exception broken, CancellationToken cancellation)
    {
        HttpClientEnding why = (HttpClientEnding)Volatile.Read(ref ending);
        if (why == HttpClientEnding.None) why = connection.Outbox.Failure is TimeoutException ? HttpClientEnding.SendTimedOut : HttpClientEnding.Broken;
        HttpClientException told = Fail(why, HttpFault.None, contentFailure ?? broken);
        return cancellation.IsCancellationRequested ? new OperationCanceledException(told.Message, told, cancellation) : told;
    }

    HttpClientException Fail(HttpClientEnding why, HttpFault fault, Exception? cause)
    {
        failure ??= new(why, fault, cause) { IsUnsent = progress == Progress.Unsent, IsUnanswered = progress != Progress.Answered };
        isSending = false;
        Close();
        return failure;
    }
}
