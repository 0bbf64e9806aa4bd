using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests.Wire;

/// <summary>Runs bytes through a <see cref="WsReader"/> at every split and writes down what it said.</summary>
static class ReaderRun
{
    public static string Of(byte[] input, WsRole us = WsRole.Server, WsLimits? limits = null, DeflateParameters? compression = null) => AllSplits.Outcome(input, () =>
    {
        var reader = new WsReader(us, limits ?? WsLimits.Default, compression?.InflaterOf(us));
        var log = new List<string>();
        int Turn(ReadOnlySpan<byte> unread, bool isEnd)
        {
            byte[] writable = unread.ToArray();
            WsEvent found = reader.Next(writable);
            if (found.Kind != WsEventKind.NeedMore) log.Add(Describe(found));
            Assert.True(unread[found.Consumed..].SequenceEqual(writable.AsSpan(found.Consumed)), "bytes that are not spent were changed");
            return found.Consumed;
        }
        return (Turn, () => string.Join("; ", log));
    });

    public static string Describe(in WsEvent found) => found.Kind switch
    {
        WsEventKind.Fault => $"Fault {found.Fault}",
        WsEventKind.Close => $"Close {(int)found.Code} '{Encoding.UTF8.GetString(found.Payload.Span)}'",
        WsEventKind.Binary => $"Binary {Convert.ToHexString(found.Payload.Span)}",
        _ => $"{found.Kind} '{Encoding.UTF8.GetString(found.Payload.Span)}'",
    };
}
