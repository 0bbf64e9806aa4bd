using RawHttp.Wire;
using RawNet;
using Testing;
using EndPoint = System.Net.EndPoint;

namespace RawHttp.Fuzz.Targets;

/// <summary>
/// A whole connection over a scripted channel: bytes in, and nothing but well-formed responses out, the same ones however the bytes are
/// cut. The handler reads, echoes, streams, switches or does nothing, as the path says. No time passes.
/// </summary>
sealed class ConnectionTarget : Target, IDisposable
{
    readonly Events events = new();
    readonly Handler handler = new();
    readonly ResponsesOut whole = new(), cut = new();
    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly HttpServer server;

    public ConnectionTarget() => server = new(new HttpServerOptions { Limits = RequestHeadTarget.Small, MaxDiscardBytes = 512 }, handler, heartbeat, events);

    public override string Name => "connection";

    public override void Run(ReadOnlySpan<byte> input)
    {
        SynchronizationContext.SetSynchronizationContext(null); // the loop goes on inside Arrive
        int place = input.Length < 2 ? input.Length : 1 + (int)(StreamTarget.Hash(input) % (uint)(input.Length - 1));
        Play(input, place, input.Length, cut);
        int piece = 1 + input.Length / 64; // byte by byte, but for long inputs: each piece wakes the loop
        Play(input, piece, piece, whole);
        Same($"{piece} at a time", place);
        Play(input, input.Length, input.Length, whole);
        Same("whole", place);
    }

    public void Dispose()
    {
        server.Dispose();
        heartbeat.Dispose();
    }

    void Same(string how, int place)
    {
        if (!whole.Said.SequenceEqual(cut.Said)) throw new FuzzFailureException($"{how}: {whole}\ncut at {place}: {cut}");
    }

    void Play(ReadOnlySpan<byte> input, int first, int then, ResponsesOut responses)
    {
        events.Begin();
        handler.Methods.Clear();
        using var channel = new ScriptedChannel();
        Task running = server.ServeAsync(channel);
        for (int arrived = 0; arrived < input.Length && !running.IsCompleted;)
        {
            int more = Math.Min(arrived == 0 ? first : then, input.Length - arrived);
            channel.Arrive(input.Slice(arrived, more));
            arrived += more;
        }
        channel.ArriveEnd();
        Results.Unless(running.IsCompletedSuccessfully, running.Exception?.ToString() ?? "the connection goes on when its peer has ended");
        Results.Unless(events.Bug is null, $"bug: {events.Bug}");
        Results.Unless(events.Ended == 1 && server.OpenConnections == 0, "a connection ends once");
        responses.Read(channel.Sent, handler.Methods);
        responses.Ended(events.Ending, events.Fault);
    }

    sealed class Events : HttpServerEvents
    {
        internal Exception? Bug { get; private set; }

        internal int Ended { get; private set; }

        internal HttpEnding Ending { get; private set; }

        internal HttpFault Fault { get; private set; }

        internal void Begin() => (Bug, Ended) = (null, 0);

        public override void OnBug(Exception failure) => Bug = failure;

        public override void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests) => (Ended, Ending, Fault) = (Ended + 1, ending, fault);
    }

    /// <summary>What it does hangs on the second byte of the path.</summary>
    sealed class Handler : IHttpHandler, IUpgradedHandler
    {
        /// <summary>The methods of the requests it saw, in order.</summary>
        internal List<(HttpMethod Method, HttpVersion Version)> Methods { get; } = [];

        public ValueTask HandleAsync(HttpExchange exchange)
        {
            HttpRequest request = exchange.Request;
            Methods.Add((request.Method, request.Head.Version));
            ReadOnlySpan<byte> path = request.Method == HttpMethod.Connect ? "/x"u8 : request.Path; // RFC 9110 §9.3.6: 2xx would open a tunnel
            switch (path.Length > 1 ? path[1] : 0)
            {
                case (byte)'e': return EchoAsync(exchange);
                case (byte)'p': return EchoInPiecesAsync(exchange);
                case (byte)'s': return Stream(exchange);
                case (byte)'f': return StreamOfKnownLengthAsync(exchange);
                case (byte)'r': exchange.Response.SendProblem(HttpFault.BodyTooLarge); break; // before any of it was read
                case (byte)'n': exchange.Response.SendEmpty(204); break;
                case (byte)'m': exchange.Response.SendEmpty(304); break;
                case (byte)'c':
                    exchange.Response.CloseAfter();
                    exchange.Response.SendEmpty(200);
                    break;
                case (byte)'u' when request.Head.WantsUpgrade && !request.Head.Framing.HasContent: exchange.Response.Upgrade("test"u8, this); break;
                case (byte)'x': exchange.Response.SendProblem(HttpFault.NotFound); break;
                default: exchange.Response.Send(200, "text/plain"u8, "hello"u8); break;
            }
            return default;
        }

        public async Task RunAsync(UpgradedChannel channel)
        {
            do channel.Connection.Inbox.Consume(channel.Connection.Inbox.Unread.Length);
            while (await channel.Connection.ReceiveAsync().ConfigureAwait(false) > 0);
        }

        public void OnDraining()
        {
        }

        static async ValueTask EchoAsync(HttpExchange exchange)
        {
            HttpFault fault = await exchange.Request.ReadBodyAsync(300).ConfigureAwait(false);
            if (fault != HttpFault.None) exchange.Response.SendProblem(fault);
            else exchange.Response.Send(200, "text/plain"u8, exchange.Request.Body.Span);
        }

        // Piece by piece in; out in a chunk, with trailers both ways.
        static async ValueTask EchoInPiecesAsync(HttpExchange exchange)
        {
            List<byte> content = [];
            while (true)
            {
                BodyPart part = await exchange.Request.ReadBodyPartAsync().ConfigureAwait(false);
                if (part.Fault != HttpFault.None)
                {
                    exchange.Response.SendProblem(part.Fault);
                    return;
                }
                content.AddRange(part.Data.Span);
                if (part.IsEnd) break;
            }
            exchange.Response.AnnounceTrailer("X-Trailers"u8);
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite(content.ToArray());
            stream.AddTrailer("X-Trailers"u8, exchange.Request.Trailers.Count > 0 ? exchange.Request.Trailers.ValueAt(0) : "none"u8);
            stream.End();
        }

        static async ValueTask StreamOfKnownLengthAsync(HttpExchange exchange)
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 5);
            await stream.WriteAsync("hel"u8.ToArray()).ConfigureAwait(false);
            await stream.WriteAsync("lo"u8.ToArray()).ConfigureAwait(false);
            stream.End();
        }

        static ValueTask Stream(HttpExchange exchange)
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite("hel"u8);
            stream.TryWrite("lo"u8);
            stream.End();
            return default;
        }
    }
}
