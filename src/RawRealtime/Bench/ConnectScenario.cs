using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawRealtime.Bench;

/// <summary>
/// Connections that come and go: connect, one request with <c>Connection: close</c> or one handshake and a close frame, then wait for the
/// server's end. The server ends first, so no port of ours has to wait (TIME_WAIT) before it can be used again.
/// </summary>
internal sealed class ConnectScenario : BenchScenario
{
    const int InboxSize = 16 << 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A masked close frame without a code. RFC 6455 §5.5.1.
    static readonly byte[] CloseFrame = [0x88, 0x80, 0x37, 0xFA, 0x21, 0x3D];

    readonly SemaphoreSlim due = new(0);
    readonly byte[] key = new byte[AcceptKey.KeyBytes];
    readonly byte[] request;
    readonly EndPoint server;
    Task[] workers = [];
    Schedule? schedule;
    long taken;
    volatile bool isStopped;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="ledger">What it counts.</param>
    public ConnectScenario(BenchOptions options, BenchLedger ledger) : base(options, ledger)
    {
        AcceptKey.WriteNewKey(key);
        server = EndPointOf(options.Url);
        request = IsSocket
            ? BenchRequests.Opening(options.Url, options.Fields, key)
            : BenchRequests.Head("GET", options.Url, [.. options.Fields, new("Connection", "close")]);
    }

    /// <inheritdoc/>
    public override string Operation => "connection";

    /// <inheritdoc/>
    public override bool IsDrained => workers.All(worker => worker.IsCompleted);

    bool IsSocket => Options.Transport == BenchTransport.Ws;

    /// <inheritdoc/>
    public override Task OpenAsync(int first, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Start(Schedule? schedule)
    {
        this.schedule = schedule;
        workers = [.. Enumerable.Range(0, Options.Connections).Select(index => Task.Run(() => WorkAsync(index)))];
    }

    /// <inheritdoc/>
    public override void Release(long number, long now) => due.Release();

    /// <inheritdoc/>
    public override void Stop()
    {
        isStopped = true;
        due.Release(Options.Connections);
    }

    /// <inheritdoc/>
    public override void JudgeEnd()
    {
        int late = workers.Count(worker => !worker.IsCompleted);
        Ledger.Wrong(BenchFailure.Unanswered, $"{late} connections were not over by the end.", late);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        due.Dispose();
    }

    async Task WorkAsync(int index)
    {
        byte[] inbox = new byte[InboxSize];
        AnswerReader answers = new(new ResponseHead());
        while (true)
        {
            if (schedule is not null) await due.WaitAsync().ConfigureAwait(false);
            if (isStopped) return;
            long intended = schedule?.DueAt(Interlocked.Increment(ref taken) - 1) ?? Stopwatch.GetTimestamp();
            (BenchFailure? fault, string why, int received) = await TryOnceAsync(index, inbox, answers).ConfigureAwait(false);
            lock (Ledger.Gate)
            {
                Ledger.Received(received);
                Ledger.Sent(request.Length);
                if (fault is { } wrong) Ledger.Wrong(wrong, why);
                else Ledger.Done(intended, Stopwatch.GetTimestamp());
            }
            if (fault is not null) answers = new(new ResponseHead());
        }
    }

    async Task<(BenchFailure? Fault, string Why, int Received)> TryOnceAsync(int index, byte[] inbox, AnswerReader answers)
    {
        using CancellationTokenSource late = new(Patience);
        try
        {
            using Socket socket = BenchConnection.NewSocket(server, SourceOf(index));
            await socket.ConnectAsync(server, late.Token).ConfigureAwait(false);
            await socket.SendAsync(request.AsMemory(), SocketFlags.None, late.Token).ConfigureAwait(false);
            return await AnswerAsync(socket, inbox, answers, late.Token).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            return (BenchFailure.NotOpened, failure.Message, 0);
        }
        catch (OperationCanceledException)
        {
            return (BenchFailure.Unanswered, $"A connection was not over after {Patience.TotalSeconds} s.", 0);
        }
    }

    async Task<(BenchFailure? Fault, string Why, int Received)> AnswerAsync(Socket socket, byte[] inbox, AnswerReader answers, CancellationToken late)
    {
        (int filled, int received, bool isAnswered) = (0, 0, false);
        while (true)
        {
            int count = await socket.ReceiveAsync(inbox.AsMemory(filled), SocketFlags.None, late).ConfigureAwait(false);
            received += count;
            if (count == 0) return isAnswered ? (null, "", received) : (BenchFailure.NotOpened, "The server ended a connection instead of an answer.", received);
            if (isAnswered) continue; // a close frame; what else it may be is of no interest
            filled += count;
            BenchFailure? fault = Read(answers, inbox, ref filled, out isAnswered, out string why);
            if (fault is not null) return (fault, why, received);
            if (isAnswered && IsSocket) await socket.SendAsync(CloseFrame.AsMemory(), SocketFlags.None, late).ConfigureAwait(false);
        }
    }

    BenchFailure? Read(AnswerReader answers, byte[] inbox, ref int filled, out bool isAnswered, out string why)
    {
        ReadOnlySpan<byte> unread = inbox.AsSpan(0, filled);
        (isAnswered, why) = (false, "");
        while (!isAnswered)
        {
            AnswerPart part = answers.Next(ref unread, out _);
            if (part == AnswerPart.NeedMore) break;
            why = part == AnswerPart.Invalid ? $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}." : $"A connection was answered with {answers.Status}.";
            if (part == AnswerPart.Invalid) return BenchFailure.BadBytes;
            if (part == AnswerPart.Head && answers.Status != (IsSocket ? 101 : Options.Status)) return BenchFailure.WrongStatus;
            if (part == AnswerPart.Head && IsSocket && OpeningResponseRules.Check(answers.HeadRead, key, [], null, out _, out _) != OpeningFault.None) return BenchFailure.NotOpened;
            isAnswered = part == AnswerPart.End;
        }
        unread.CopyTo(inbox);
        filled = unread.Length;
        return null;
    }
}
