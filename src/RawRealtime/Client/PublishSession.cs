using System.Text;
using System.Text.Unicode;
using RawHttp.Client;
using RawRealtime.Server;

namespace RawRealtime.Client;

/// <summary>Publishes what was given, and tells how it went.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="console">Where input comes from.</param>
/// <param name="report">Who is told.</param>
/// <param name="time">For the pauses of the input.</param>
internal sealed class PublishSession(PublishOptions options, ClientConsole console, PublishReport report, TimeProvider time)
{
    const int MaxAnswerBytes = 64 << 10;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Interruption interruption)
    {
        ClientEnd end;
        using HttpOriginClient client = options.Target.NewClient();
        try
        {
            end = await PublishAsync(client, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } exitCode)
        {
            end = new(exitCode, "interrupted", "Interrupted; what was not confirmed may have been published or not.");
        }
        catch (HttpClientException failure)
        {
            end = HttpFailure.Explain(failure, options.Target.Address);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            end = new(ClientExit.ToldWrongly, "bad-input", unusable.Message);
        }
        report.Ended(end);
        return end.ExitCode;
    }

    async Task<ClientEnd> PublishAsync(HttpOriginClient client, CancellationToken interrupted)
    {
        if (options.Data.Count == 0)
        {
            await using Stream input = options.File is null ? console.Input : File.OpenRead(options.File);
            if (options.AreLines) return await new LinesPublisher(options, new(input, areLines: true, Publisher.MaxDataBytes), report, time).RunAsync(client, interrupted).ConfigureAwait(false);
            return await PublishOneAsync(client, await ReadWholeAsync(input, interrupted).ConfigureAwait(false), 1, interrupted).ConfigureAwait(false);
        }
        ClientEnd end = default;
        for (int i = 0; i < options.Data.Count && end.ExitCode == ClientExit.Normal; i++)
            end = await PublishOneAsync(client, Encoding.UTF8.GetBytes(options.Data[i]), i + 1, interrupted).ConfigureAwait(false);
        return end;
    }

    async Task<ClientEnd> PublishOneAsync(HttpOriginClient client, byte[] data, int number, CancellationToken interrupted)
    {
        if (!options.IsBinary && !Utf8.IsValid(data)) throw new InvalidDataException("the data is not UTF-8. Send bytes with --binary.");
        List<KeyValuePair<string, string>> fields = [.. options.Target.Fields, new("Content-Type", options.IsBinary ? "application/octet-stream" : "text/plain; charset=utf-8")];
        if (options.KeyOf(number) is { } key) fields.Add(new("Idempotency-Key", key));
        using HttpClientResponse answer = await client.SendAsync(new() { Method = "POST", Target = options.Path, Fields = fields, Content = data }, interrupted).ConfigureAwait(false);
        if (answer.Status is not (201 or 202)) return await HttpFailure.ExplainAsync(answer, options.Target.Address, interrupted).ConfigureAwait(false);
        byte[] content = await answer.ReadAllAsync(MaxAnswerBytes, interrupted).ConfigureAwait(false);
        if (PublishAnswers.Read(content) is not { Published: { } published }) return PublishAnswers.NotOurs;
        report.Confirmed(published);
        return new(ClientExit.Normal, "done", "Published.");
    }

    static async Task<byte[]> ReadWholeAsync(Stream input, CancellationToken interrupted)
    {
        byte[] whole = new byte[Publisher.MaxDataBytes + 1];
        int length = await input.ReadAtLeastAsync(whole, whole.Length, throwOnEndOfStream: false, interrupted).ConfigureAwait(false);
        return length < whole.Length ? whole[..length] : throw new InvalidDataException("the data is more than 1 MiB, the most that a message has.");
    }
}
