using RawNet;
using RawRealtime.Client;
using RawWebSocket;
using RawWebSocket.Wire;
using Testing;

namespace RawRealtime.Tests.Client;

public sealed class ClientEndTests
{
    [Theory]
    [InlineData(WsEnding.ClosedByPeer, ClientExit.ClosedOtherwise, "closed-by-server")] // no close frame came yet: 1006
    [InlineData(WsEnding.ClosedByUs, ClientExit.Normal, "closed-by-us")]
    [InlineData(WsEnding.StreamEnded, ClientExit.Lost, "stream-ended")]
    [InlineData(WsEnding.CloseTimedOut, ClientExit.Lost, "close-timed-out")]
    [InlineData(WsEnding.KeepAliveTimedOut, ClientExit.Lost, "keep-alive-timed-out")]
    [InlineData(WsEnding.TooSlow, ClientExit.Lost, "too-slow")]
    [InlineData(WsEnding.Broken, ClientExit.Lost, "broken")]
    [InlineData(WsEnding.HandlerFailed, ClientExit.Failed, "failed")]
    public void Each_ending_has_its_exit_code_and_its_name_and_a_signal_wins(WsEnding ending, int expected, string name)
    {
        using var heartbeat = new Heartbeat(new ManualTime());
        WsConnection connection = new(new(new ScriptedChannel(), heartbeat, 1024, SendQueueOptions.Default), WsRole.Client, new Deaf(), WsOptions.Default);
        var end = ClientEnd.Of(connection, ending, signalled: null);
        Assert.Equal((expected, name), (end.ExitCode, end.Name));
        Assert.Equal(ClientExit.Interrupted, ClientEnd.Of(connection, ending, ClientExit.Interrupted).ExitCode);
    }

    sealed class Deaf : IWsHandler
    {
        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message) => default;
    }
}
