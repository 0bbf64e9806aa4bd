using RawHttp.Wire;
using RawNet;
using RawWebSocket;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;
using Testing;

namespace RawHttp.Fuzz.Targets;

/// <summary>
/// A whole server connection over a scripted channel, its handshake done: bytes in, and nothing but well-formed frames out, the same ones
/// however the bytes are cut. It echoes. The first byte says what was agreed on: compression, who forgets, windows, limits. No time passes.
/// </summary>
sealed class WsConnectionTarget : Target, IDisposable
{
    // More than any input of ours makes it allocate, pools and this harness included; a message may take 32 KiB here.
    const long MostAllocated = 4 << 20;

    static readonly WsLimits Wide = new() { MaxMessageBytes = 32 * 1024, MaxInflateRatio = 64 }, Narrow = new() { MaxMessageBytes = 24, MaxFragments = 4 };

    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly EventLog whole = new(), cut = new();

    public override string Name => "ws-connection";

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return;
        SynchronizationContext.SetSynchronizationContext(null); // the loop goes on inside Arrive
        byte choice = input[0];
        input = input[1..];
        int place = input.Length < 2 ? input.Length : 1 + (int)(StreamTarget.Hash(input) % (uint)(input.Length - 1));
        Play(choice, input, place, input.Length, cut);
        int piece = 1 + input.Length / 64; // byte by byte, but for long inputs: each piece wakes the loop
        Play(choice, input, piece, piece, whole);
        Same($"{piece} at a time", place);
        Play(choice, input, input.Length, input.Length, whole);
        Same("whole", place);
    }

    public void Dispose() => heartbeat.Dispose();

    void Same(string how, int place)
    {
        if (!whole.Written.SequenceEqual(cut.Written)) throw new FuzzFailureException($"{how}: {whole}\ncut at {place}: {cut}");
    }

    void Play(byte choice, ReadOnlySpan<byte> input, int first, int then, EventLog log)
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        log.Clear();
        DeflateParameters? agreed = (choice & 1) == 0 ? null : new((choice & 2) != 0, (choice & 4) != 0, (choice & 8) == 0 ? 15 : 8, (choice & 16) == 0 ? 15 : 8);
        WsOptions options = new() { Limits = (choice & 32) == 0 ? Wide : Narrow, Compression = new() { MinBytes = (choice & 64) == 0 ? 0 : 16, Level = (choice & 128) == 0 ? DeflateLevel.Fast : DeflateLevel.Small } };
        using var channel = new ScriptedChannel();
        var handler = new Echo();
        var connection = new WsConnection(new(channel, heartbeat, 4096, SendQueueOptions.Default), WsRole.Server, handler, options, null, agreed);
        Task<WsEnding> running = connection.RunAsync().AsTask();
        for (int arrived = 0; arrived < input.Length && !running.IsCompleted;)
        {
            int more = Math.Min(arrived == 0 ? first : then, input.Length - arrived);
            channel.Arrive(input.Slice(arrived, more));
            arrived += more;
        }
        channel.ArriveEnd();
        Results.Unless(running.IsCompletedSuccessfully, running.Exception?.ToString() ?? "the connection goes on when its peer has ended");
        Results.Unless(connection.HandlerFailure is null, $"the handler failed: {connection.HandlerFailure}");
        Results.Unless(handler.Ended == 1 && connection.Ending is WsEnding.ClosedByPeer or WsEnding.Refused or WsEnding.StreamEnded, $"ended {handler.Ended} times, {connection.Ending}");
        new FramesOut(log, agreed).Read(channel.Sent, handler.Messages, connection);
        log.Event('e', (int)connection.Ending);
        log.Event('!', (int)connection.Fault);
        Results.Unless(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore < MostAllocated, "one connection made us allocate megabytes");
    }

    sealed class Echo : IWsHandler
    {
        internal List<(bool IsText, byte[] Payload)> Messages { get; } = [];

        internal int Ended { get; private set; }

        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
        {
            Messages.Add((message.IsText, message.Payload.ToArray()));
            ValueTask<bool> sending = connection.SendAsync(message);
            return sending.IsCompletedSuccessfully ? default : Finish(sending);
        }

        public void OnClosed(WsConnection connection, WsEnding ending) => Ended++;

        static async ValueTask Finish(ValueTask<bool> sending) => await sending.ConfigureAwait(false);
    }

    /// <summary>What the server sent, as a client must be able to read it.</summary>
    sealed class FramesOut(EventLog log, DeflateParameters? agreed)
    {
        int messages;
        bool closed;

        internal void Read(ReadOnlySpan<byte> sent, List<(bool IsText, byte[] Payload)> received, WsConnection connection)
        {
            using MessageInflater? inflater = agreed?.InflaterOf(WsRole.Client);
            byte[] inflated = new byte[64 * 1024];
            while (!sent.IsEmpty)
            {
                Results.Unless(!closed, "a frame behind the close frame");
                Results.Unless(FrameHeader.Read(sent, out FrameHeader header, out int size) == ReadStatus.Done, "half a header");
                Results.Unless(FrameRules.Check(header, WsRole.Client, rsv1Agreed: agreed is not null) == WsFault.None && header.IsFinal, "a frame that breaks a rule");
                Results.Unless((ulong)(sent.Length - size) >= header.PayloadLength, "half a frame");
                ReadOnlySpan<byte> payload = sent.Slice(size, (int)header.PayloadLength);
                sent = sent[(size + payload.Length)..];
                log.Event((char)('a' + (int)header.Opcode), payload);
                if (header.Opcode == Opcode.Close) Close(payload, connection);
                if (header.Opcode is Opcode.Text or Opcode.Binary) Message(header, payload, received, inflater, inflated);
            }
            Results.Unless(messages == received.Count, $"{received.Count} messages came, and {messages} went");
            Results.Unless(closed == connection.Ending is WsEnding.ClosedByPeer or WsEnding.Refused, "an end without a close frame, or the other way round");
        }

        void Message(in FrameHeader header, ReadOnlySpan<byte> payload, List<(bool IsText, byte[] Payload)> received, MessageInflater? inflater, byte[] inflated)
        {
            Results.Unless(messages < received.Count, "a message that nobody sent");
            (bool isText, byte[] expected) = received[messages++];
            if (header.Rsv1)
            {
                int length = 0;
                Results.Unless(inflater!.Inflate(ref payload, inflated, ref length) == InflateStatus.NeedInput && payload.IsEmpty, $"what we deflate does not inflate: {inflater.Fault}");
                Results.Unless(inflater.TryEndMessage(inflated.AsSpan(0, length)), "what we deflate has no end");
                payload = inflated.AsSpan(0, length);
            }
            Results.Unless(isText == (header.Opcode == Opcode.Text) && payload.SequenceEqual(expected), "a message came back as another");
        }

        void Close(ReadOnlySpan<byte> payload, WsConnection connection)
        {
            closed = true;
            Results.Unless(ClosePayload.Read(payload, out CloseCode code) == WsFault.None, "a close frame that breaks a rule");
            CloseCode expected = connection.Fault == WsFault.None ? connection.CloseCode : WsFaults.CloseCodeOf(connection.Fault);
            Results.Unless(code == expected, $"closed with {code} instead of {expected}");
        }
    }
}
