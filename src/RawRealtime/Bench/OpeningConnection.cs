using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawRealtime.Bench;

/// <summary>The requests of a run, written once.</summary>
internal static class BenchRequests
{
    const int Room = 1024;

    /// <summary>A request head.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="url">Where it goes.</param>
    /// <param name="fields">Fields beside Host.</param>
    /// <param name="isWhole">Whether the empty line at the end is written.</param>
    public static byte[] Head(string method, Uri url, IEnumerable<KeyValuePair<string, string>> fields, bool isWhole = true)
    {
        (byte[] target, byte[] host, KeyValuePair<byte[], byte[]>[] pairs) = (Bytes(url.PathAndQuery), Bytes(url.Authority), Pairs(fields));
        byte[] head = new byte[Room + target.Length + host.Length + pairs.Sum(pair => pair.Key.Length + pair.Value.Length + 4)];
        RequestHeadWriter writer = new(head);
        writer.RequestLine(Bytes(method), target);
        writer.Field("Host"u8, host);
        foreach ((byte[] name, byte[] value) in pairs) writer.Field(name, value);
        if (isWhole) writer.End();
        return head[..writer.Length];
    }

    /// <summary>A WebSocket's opening request. One key serves all connections of a run: nothing secret depends on it.</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="fields">Fields beside those of the handshake.</param>
    /// <param name="key">The key that the answer has to prove.</param>
    public static byte[] Opening(Uri url, IEnumerable<KeyValuePair<string, string>> fields, ReadOnlySpan<byte> key)
    {
        (byte[] target, byte[] host, KeyValuePair<byte[], byte[]>[] pairs) = (Bytes(url.PathAndQuery), Bytes(url.Authority), Pairs(fields));
        byte[] head = new byte[Room + target.Length + host.Length + pairs.Sum(pair => pair.Key.Length + pair.Value.Length + 4)];
        return head[..OpeningRequest.Write(head, target, host, key, default, default, pairs)];
    }

    static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    static KeyValuePair<byte[], byte[]>[] Pairs(IEnumerable<KeyValuePair<string, string>> fields) =>
        [.. fields.Select(field => KeyValuePair.Create(Bytes(field.Key), Bytes(field.Value)))];
}

/// <summary>A connection that begins with one request, and is open when its answer is right: a WebSocket, or an event stream.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for a head.</param>
/// <param name="request">The request.</param>
/// <param name="key">The WebSocket's key; null when it is an event stream.</param>
internal abstract class OpeningConnection(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, byte[]? key) : BenchConnection(ledger, inboxBytes)
{
    AnswerReader? answers = new(ledger.Head);

    /// <inheritdoc/>
    protected sealed override void OnConnected() => Send(request);

    /// <inheritdoc/>
    protected sealed override int OnReceived(ReadOnlySpan<byte> unread)
    {
        int all = unread.Length;
        if (!IsOpen && !ReadAnswer(ref unread)) return all - unread.Length;
        Read(ref unread);
        return all - unread.Length;
    }

    /// <inheritdoc/>
    protected override void OnEnded() =>
        Fail(IsOpen ? BenchFailure.Ended : BenchFailure.NotOpened, IsOpen ? "The server ended a connection." : "The server ended a connection instead of an answer.");

    /// <summary>Bytes came, and it is open.</summary>
    /// <param name="unread">What came and is not spent; what is spent is cut off.</param>
    protected abstract void Read(ref ReadOnlySpan<byte> unread);

    /// <summary>The reader that read the head, to go on with the content; once.</summary>
    protected AnswerReader TakeAnswers()
    {
        AnswerReader taken = answers!;
        answers = null;
        return taken;
    }

    /// <summary>It is open: the first moment to send.</summary>
    protected virtual void OnOpened()
    {
    }

    bool ReadAnswer(ref ReadOnlySpan<byte> unread)
    {
        int before = unread.Length;
        AnswerPart part = answers!.Next(ref unread, out _);
        if (part == AnswerPart.NeedMore) return false;
        if (IsCounted) Ledger.ReceivedHead(before - unread.Length);
        string? why = part == AnswerPart.Head ? WhyNot() : $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.";
        if (why is not null)
        {
            Fail(BenchFailure.NotOpened, why);
            return false;
        }
        Opened();
        OnOpened();
        return true;
    }

    string? WhyNot()
    {
        if (key is null) return answers!.Status == 200 ? null : $"An event stream was answered with {answers.Status}.";
        OpeningFault fault = OpeningResponseRules.Check(Ledger.Head, key, [], null, out _, out _);
        return fault == OpeningFault.None ? null : $"A WebSocket was answered with {answers!.Status} ({fault}).";
    }
}
