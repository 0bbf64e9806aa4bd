using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

/// <summary>A client over a scripted channel and manual time: the test plays the server.</summary>
sealed class ClientRig : IDisposable
{
    public static readonly HttpOrigin Origin = HttpOrigin.Of(new("http://server.test/"));

    public ClientRig(HttpClientOptions? options = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // so that the client goes on inside Arrive
        options ??= new();
        Heartbeat = new(Time);
        Client = new(new Connection(Channel, Heartbeat, options.MaxUnreadBytes, options.Sending), Origin, options);
    }

    public ManualTime Time { get; } = new();

    public Heartbeat Heartbeat { get; }

    public ScriptedChannel Channel { get; } = new();

    public HttpClientConnection Client { get; }

    public string Sent => Bytes.Text(Channel.TakeSent());

    /// <summary>Sends a request, and has the server answer at once.</summary>
    public async Task<HttpClientResponse> AnswerAsync(string answer, HttpClientRequest? request = null)
    {
        Task<HttpClientResponse> asking = Client.SendAsync(request ?? new());
        Channel.Arrive(Bytes.Of(answer));
        return await asking.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>What became of a call, in a line: what it failed by, or its result.</summary>
    public static async Task<string> OutcomeOf<T>(Task<T> call)
    {
        try
        {
            return $"{await call.WaitAsync(TimeSpan.FromSeconds(10))}";
        }
        catch (HttpClientException failure)
        {
            return failure.Fault == HttpFault.None ? $"{failure.Ending}" : $"{failure.Ending} {failure.Fault}";
        }
    }

    /// <summary>The rule that an answer broke; None when it broke none.</summary>
    public static async Task<HttpFault> FaultOf<T>(Task<T> call)
    {
        try
        {
            await call.WaitAsync(TimeSpan.FromSeconds(10));
            return HttpFault.None;
        }
        catch (HttpClientException failure) when (failure.Ending == HttpClientEnding.BadAnswer)
        {
            return failure.Fault;
        }
    }

    /// <summary>Reads all pieces: the content as text, and the trailers.</summary>
    public static async Task<string> ContentOf(HttpClientResponse response)
    {
        string all = "";
        while (await response.ReadAsync() is { IsEmpty: false } piece) all += Bytes.Text(piece.Span);
        for (int i = 0; i < response.Trailers.Count; i++) all += $" {Bytes.Text(response.Trailers.NameAt(i))}={Bytes.Text(response.Trailers.ValueAt(i))}";
        return all;
    }

    public void Dispose()
    {
        Client.Dispose();
        Channel.Dispose();
        Heartbeat.Dispose();
    }
}
