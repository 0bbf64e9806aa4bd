using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Routes;

/// <summary>
/// One bulk publish: lines are published as they come and answered in their order, while more still comes. Nothing is held but the
/// line that is being read and the answers of one piece of content. docs/contract.md, Publishing in bulk. For the loop of one connection.
/// </summary>
/// <param name="exchange">The request and its answer.</param>
/// <param name="publisher">Knows what is written down.</param>
/// <param name="keyed">Who publishes.</param>
/// <param name="grant">Where the publisher may publish.</param>
/// <param name="defaults">What the query said.</param>
internal sealed class BulkPublish(HttpExchange exchange, Publisher publisher, KeyedPublisher keyed, Grant grant, Publication defaults)
{
    /// <summary>Longest line, without its end.</summary>
    public const int MaxLineBytes = 2 << 20;

    // Answers that are sent together.
    const int BatchBytes = 16 << 10;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly LineReader lines = new(MaxLineBytes);
    readonly ArrayBufferWriter<byte> answers = new();
    BodyStream? stream;
    long lastCommit;

    /// <summary>Publishes and answers, to the end of the content, or until one side can't go on.</summary>
    public async ValueTask RunAsync()
    {
        BodyPart part = await exchange.Request.ReadBodyPartAsync().ConfigureAwait(false); // before the answer, in whose place a refusal may come
        if (part.Fault != HttpFault.None)
        {
            exchange.Refuse(part.Fault);
            return;
        }
        stream = exchange.Response.StartStream(200, "application/x-ndjson"u8);
        bool goesOn = true;
        while (goesOn && !part.IsEnd && part.Fault == HttpFault.None)
        {
            goesOn = await TakeAsync(part.Data).ConfigureAwait(false);
            if (goesOn) part = await exchange.Request.ReadBodyPartAsync().ConfigureAwait(false);
        }
        if (goesOn && await EndAsync(part.Fault).ConfigureAwait(false)) stream.End();
    }

    // False when the peer takes no more answers: what it has not been told is not published either.
    async ValueTask<bool> TakeAsync(ReadOnlyMemory<byte> content)
    {
        while (lines.Read(ref content, out ReadOnlyMemory<byte> line) is var status && status != LineStatus.NeedMore)
        {
            await AnswerAsync(status, line).ConfigureAwait(false);
            if (answers.WrittenCount >= BatchBytes && !await AcknowledgeAsync().ConfigureAwait(false)) return false;
        }
        return await AcknowledgeAsync().ConfigureAwait(false);
    }

    // Content that was cut off has no last line: nobody knows what would have followed.
    async ValueTask<bool> EndAsync(HttpFault fault)
    {
        if (fault != HttpFault.None) Refuse(fault, lines.Number + 1);
        else if (lines.ReadLast(out ReadOnlyMemory<byte> line) is var status && status != LineStatus.NeedMore) await AnswerAsync(status, line).ConfigureAwait(false);
        return await AcknowledgeAsync().ConfigureAwait(false);
    }

    async ValueTask AnswerAsync(LineStatus status, ReadOnlyMemory<byte> line)
    {
        BulkLine read = default;
        Refusal refusal = status == LineStatus.TooLong ? ServerFault.LineTooLong : ServerFault.None;
        if (!refusal.IsRefused && line.IsEmpty) return;
        if (!refusal.IsRefused) refusal = BulkLine.Read(line, defaults, out read);
        if (!refusal.IsRefused && !grant.MayPublish(read.Publication.Channel)) refusal = ServerFault.MayNotPublish;
        Published published = refusal.IsRefused ? new(refusal, default, null) : await keyed.PublishAsync(read.Publication, read.Data).ConfigureAwait(false);
        if (published.Refusal.IsRefused) Refuse(published.Refusal, lines.Number);
        else Confirm(published.Answer, read.Publication.Channel);
        if (published.Result is not { } result) return;
        lastCommit = Math.Max(lastCommit, result.Commit);
        await WaitWhileBehindAsync(result).ConfigureAwait(false);
    }

    // A publisher that is held back is told what it has reached so far.
    async ValueTask WaitWhileBehindAsync(PublishResult published)
    {
        Task waiting = publisher.WaitWhileBehind(published).AsTask();
        if (!waiting.IsCompleted) await AcknowledgeAsync().ConfigureAwait(false);
        await waiting.ConfigureAwait(false);
    }

    // The one place where lines are acknowledged: whatever must be true of them before that is waited for here.
    async ValueTask<bool> AcknowledgeAsync()
    {
        if (answers.WrittenCount == 0) return true;
        if (!await publisher.IsWrittenAsync(lastCommit).ConfigureAwait(false))
        {
            stream!.Abort(); // none of these can be promised, and what was answered before stays true
            return false;
        }
        bool isTaken = await stream!.WriteAsync(answers.WrittenMemory).ConfigureAwait(false);
        answers.ResetWrittenCount();
        return isTaken;
    }

    void Confirm(PublishAnswer answer, ChannelName channel) => Write(json =>
    {
        json.WriteString("id"u8, answer.Id.ToString());
        json.WriteString("channel"u8, channel.Text);
        json.WriteNumber("subscribers"u8, answer.Subscribers);
    }, lines.Number);

    void Refuse(Refusal refusal, long number) => Write(json =>
    {
        json.WriteNumber("status"u8, refusal.Status);
        json.WriteString("code"u8, refusal.Code);
        json.WriteString("detail"u8, refusal.Detail);
    }, number);

    void Write(Action<Utf8JsonWriter> members, long number)
    {
        using (Utf8JsonWriter json = new(answers, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteNumber("line"u8, number);
            json.WriteEndObject();
        }
        answers.Write("\n"u8);
    }
}
