using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using RawHttp.Client;
using RawRealtime.Server;

namespace RawRealtime.Client;

/// <summary>
/// Publishes lines in bulk over one connection, and checks their answers in order. A request ends when the input pauses, since a server
/// does not wait long for content, and when it is large, since a server takes only so much in one; the next line begins the next.
/// </summary>
/// <param name="options">What was asked for.</param>
/// <param name="input">The lines.</param>
/// <param name="report">Who is told.</param>
/// <param name="time">For the pauses.</param>
internal sealed class LinesPublisher(PublishOptions options, InputMessages input, PublishReport report, TimeProvider time)
{
    // Below the 30,000,000 bytes that a server takes in one request unless set otherwise.
    const int MaxRequestBytes = 16 << 20, WriteBytes = 32 << 10, MaxAnswerBytes = 64 << 10;

    // Faster than the 240 bytes a second that a server asks for, with its grace of 5 s to spare.
    const int LeastBytesPerSecond = 1024;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Trickle = TimeSpan.FromSeconds(2);

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly ArrayBufferWriter<byte> waiting = new();
    readonly List<long> numbers = []; // of the lines of one request, which need not be neighbours
    Task<ReadOnlyMemory<byte>?>? ahead;
    InvalidDataException? unusable;
    bool hasEnded;

    /// <summary>Publishes all lines.</summary>
    /// <exception cref="HttpClientException">There is no answer, or not the whole of it.</exception>
    /// <exception cref="InvalidDataException">A line is too long, or not UTF-8; those before it were answered.</exception>
    public async Task<ClientEnd> RunAsync(HttpOriginClient client, CancellationToken interrupted)
    {
        while (!hasEnded)
        {
            if (await NextAsync().WaitAsync(interrupted).ConfigureAwait(false) is null) break;
            if (await RequestAsync(client, interrupted).ConfigureAwait(false) is { } early) return early;
        }
        if (unusable is not null) throw unusable;
        return report.Refused == 0
            ? new(ClientExit.Normal, "done", "All lines were published.")
            : new(ClientExit.Refused, "lines-refused", "Not all lines were published.");
    }

    // The line that is next; it stays so until it is taken by setting ahead to null.
    Task<ReadOnlyMemory<byte>?> NextAsync() => ahead ??= ReadAsync();

    async Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        try
        {
            if (await input.NextAsync().ConfigureAwait(false) is not { } line) return End();
            if (options.IsBinary || Utf8.IsValid(line.Span)) return line;
            throw new InvalidDataException($"line {input.Count} of the input is not UTF-8. Send bytes with --binary.");
        }
        catch (InvalidDataException bad)
        {
            unusable = bad; // what was sent before it is answered first
            return End();
        }
    }

    ReadOnlyMemory<byte>? End()
    {
        hasEnded = true;
        return null;
    }

    async Task<ClientEnd?> RequestAsync(HttpOriginClient client, CancellationToken interrupted)
    {
        numbers.Clear();
        TaskCompletionSource sent = new();
        HttpClientRequest request = new()
        {
            Method = "POST",
            Target = options.Path,
            Fields = [.. options.Target.Fields, new("Content-Type", "application/x-ndjson")],
            ContentSource = sender => SendAsync(sender, sent),
        };
        using HttpClientResponse answer = await client.SendAsync(request, interrupted).ConfigureAwait(false);
        if (answer.Status != 200) return await HttpFailure.ExplainAsync(answer, options.Target.Address, interrupted).ConfigureAwait(false);
        ClientEnd? early = await ReadAnswersAsync(answer, interrupted).ConfigureAwait(false);
        if (early is null) await sent.Task.WaitAsync(interrupted).ConfigureAwait(false);
        return early;
    }

    async Task SendAsync(ContentSender sender, TaskCompletionSource sent)
    {
        try
        {
            (long began, long bytes) = (time.GetTimestamp(), 0);
            while (await NextOrPauseAsync().ConfigureAwait(false) is { } line)
            {
                ahead = null;
                WriteLine(line.Span);
                bool waits = !NextAsync().IsCompleted;
                if (!waits && waiting.WrittenCount < WriteBytes) continue;
                bytes += waiting.WrittenCount;
                bool goesOn = await sender.WriteAsync(waiting.WrittenMemory).ConfigureAwait(false);
                waiting.ResetWrittenCount();
                if (!goesOn || bytes > MaxRequestBytes || IsTrickle(time.GetElapsedTime(began), bytes)) break;
            }
            if (waiting.WrittenCount > 0) await sender.WriteAsync(waiting.WrittenMemory).ConfigureAwait(false);
            waiting.ResetWrittenCount();
        }
        finally
        {
            sent.SetResult();
        }
    }

    static bool IsTrickle(TimeSpan taken, long bytes) => taken > Trickle && bytes < taken.TotalSeconds * LeastBytesPerSecond;

    async ValueTask<ReadOnlyMemory<byte>?> NextOrPauseAsync()
    {
        Task<ReadOnlyMemory<byte>?> next = NextAsync();
        if (!next.IsCompleted) await Task.WhenAny(next, Task.Delay(Pause, time)).ConfigureAwait(false);
        return next.IsCompleted ? await next.ConfigureAwait(false) : null;
    }

    void WriteLine(ReadOnlySpan<byte> line)
    {
        using (Utf8JsonWriter json = new(waiting, Plain))
        {
            json.WriteStartObject();
            if (options.IsBinary) json.WriteBase64String("data"u8, line);
            else json.WriteString("data"u8, line);
            if (options.IsBinary) json.WriteString("encoding"u8, "base64"u8);
            if (options.KeyOf(Number()) is { } key) json.WriteString("key"u8, key);
            json.WriteEndObject();
        }
        waiting.Write("\n"u8);
        lock (numbers) numbers.Add(Number());
    }

    // NextAsync may be one line ahead only after this line was written.
    long Number() => input.Count;

    async Task<ClientEnd?> ReadAnswersAsync(HttpClientResponse answer, CancellationToken interrupted)
    {
        LineReader lines = new(MaxAnswerBytes);
        while (await answer.ReadAsync(interrupted).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            while (lines.Read(ref piece, out ReadOnlyMemory<byte> line) is var status && status != LineStatus.NeedMore)
                if (!Take(line, lines.Number)) return PublishAnswers.NotOurs;
        }
        lock (numbers)
        {
            if (lines.Number >= numbers.Count) return null;
            return new(ClientExit.Lost, "answers-ended", $"The server answered no line from {numbers[(int)lines.Number]} on; whether they were published is not known.");
        }
    }

    bool Take(ReadOnlyMemory<byte> line, long number)
    {
        if (PublishAnswers.Read(line) is not { } answer || answer.Line != number) return false;
        if (answer.Published is { } published) report.Confirmed(published);
        else report.RefusedLine(OwnNumberOf(number), answer.Code, answer.Detail);
        return true;
    }

    // A server that gives up in the midst answers with the number of a line that was not sent whole.
    long OwnNumberOf(long number)
    {
        lock (numbers) return number <= numbers.Count ? numbers[(int)number - 1] : numbers.Count == 0 ? number : numbers[^1];
    }
}
