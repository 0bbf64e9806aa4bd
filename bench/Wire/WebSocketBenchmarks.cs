using BenchmarkDotNet.Attributes;
using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>Whole messages: a client's read by the server with all its rules, the server's written.</summary>
public class WebSocketBenchmarks
{
    byte[] payload = [], masked = [], written = [];
    WsReader? reader;

    /// <summary>Bytes of the message.</summary>
    [Params(125, 16_384)]
    public int Size { get; set; }

    /// <summary>Prepares all. A frame is unmasked where it stands: with the key 0 it is the same the next time, and costs as much.</summary>
    [GlobalSetup]
    public void Begin()
    {
        (reader, payload) = (new(WsRole.Server, WsLimits.Default), JsonMessages.Make(Size, 1)[0]);
        WsWriter client = WsWriter.ForClient(new NoKeys());
        masked = new byte[client.SizeOf(Size)];
        client.Write(masked, Opcode.Text, payload);
        written = new byte[WsWriter.ForServer.SizeOf(Size)];
        if (reader.Next(masked).Kind != WsEventKind.Text) throw new InvalidDataException("A message must be read.");
    }

    /// <summary>Gives all back.</summary>
    [GlobalCleanup]
    public void End() => reader?.Dispose();

    /// <summary>Header, rules, unmasking, UTF-8.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int Read() => reader!.Next(masked).Consumed;

    /// <summary>Header and copy.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write() => WsWriter.ForServer.Write(written, Opcode.Text, payload);

    sealed class NoKeys : IMaskKeys
    {
        public uint NextKey() => 0;
    }
}
