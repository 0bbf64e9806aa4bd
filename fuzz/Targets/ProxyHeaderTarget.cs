using System.Buffers.Binary;
using System.Net;
using System.Text;
using RawNet.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>PROXY headers of both versions, with what a client sends behind them.</summary>
sealed class ProxyHeaderTarget : StreamTarget
{
    readonly byte[] block = new byte[ProxyHeaderReader.BlockHeadBytes + 36];
    bool isRefused, isComplete;

    public override string Name => "proxy-header";

    protected override int MaxUnread => ProxyHeaderReader.MaxBytes - 1;

    protected override bool IsRefused => isRefused;

    protected override bool IsComplete => isComplete;

    protected override void Begin() => (isRefused, isComplete) = (false, false);

    protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
    {
        if (isRefused || isComplete) return 0;
        ProxyHeader header = ProxyHeaderReader.Read(unread);
        isRefused = header.Fault != ProxyHeaderFault.None;
        isComplete = header.Length > 0;
        Results.Unless(!(isRefused && isComplete), "a header that is refused and taken");
        Results.Unless(header.Length >= 0 && header.Length <= Math.Min(unread.Length, ProxyHeaderReader.MaxBytes), "more spent than arrived, or than a header has");
        if (isRefused) log.Event('!', ProxyHeaderFaults.CodeOf(header.Fault).Length * 100 + (int)header.Fault);
        if (!isComplete) return 0;
        log.Event('=', header.Length);
        if (header.Source is { } source) CheckSource(source, unread[..header.Length], log);
        return header.Length;
    }

    protected override void Finish(EventLog log) => log.Event('e', isComplete ? 1 : 0);

    // No part of a header is a header; told again in the binary form, it names the same client.
    void CheckSource(IPEndPoint source, ReadOnlySpan<byte> header, EventLog log)
    {
        byte[] address = source.Address.GetAddressBytes();
        log.Event('a', address);
        log.Event('p', source.Port);
        for (int length = 0; length < header.Length; length++)
            Results.Unless(ProxyHeaderReader.Read(header[..length]).IsUnfinished, "a part of a header that is one, or is refused");
        int whole = Write(address, source.Port);
        Results.Unless(ProxyHeaderReader.Read(block.AsSpan(0, whole)) == new ProxyHeader(whole, source, ProxyHeaderFault.None), "a client that changes when it is told again");
        if (header[0] != 'P') return;
        string[] fields = Encoding.Latin1.GetString(header).Split(' ');
        Results.Unless(IPAddress.TryParse(fields[2], out IPAddress? parsed), "an address that the runtime does not know");
        Results.Unless(source.Address.Equals(parsed!.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed), "another address than the runtime reads");
    }

    int Write(byte[] address, int port)
    {
        int length = 2 * address.Length + 4;
        "\r\n\r\n\0\r\nQUIT\n"u8.CopyTo(block);
        block[12] = 0x21;
        block[13] = (byte)(address.Length == 4 ? 0x11 : 0x21);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(14), (ushort)length);
        address.CopyTo(block, ProxyHeaderReader.BlockHeadBytes);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(ProxyHeaderReader.BlockHeadBytes + 2 * address.Length), (ushort)port);
        return ProxyHeaderReader.BlockHeadBytes + length;
    }
}
