using System.Buffers;
using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Request targets in all four forms, hosts, percent-encoding and queries.</summary>
sealed class RequestTargetTarget : Target
{
    static readonly SearchValues<byte> NotInHosts = SearchValues.Create("/@, %#?"u8);

    byte[] decoded = new byte[256];

    public override string Name => "request-target";

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (decoded.Length < input.Length) decoded = new byte[2 * input.Length];
        Decode(input);
        CheckHost(input);
        Read(input, HttpMethod.Get);
        Read(input, HttpMethod.Options);
        Read(input, HttpMethod.Connect);
    }

    void Read(ReadOnlySpan<byte> target, HttpMethod method)
    {
        HttpFault fault = RequestTarget.Read(target, method, out RequestTarget parts);
        if (fault != HttpFault.None) return;
        ReadOnlySpan<byte> authority = parts.Authority.Of(target), path = parts.Path.Of(target), query = parts.Query.Of(target);
        Results.Unless(!target.IsEmpty && !target.ContainsAnyInRange<byte>(0, 0x20) && !target.ContainsAnyInRange<byte>(0x7F, 0xFF) && !target.Contains((byte)'#'), "a byte that no target holds");
        switch (parts.Form)
        {
            case TargetForm.Origin:
                Results.Unless(method != HttpMethod.Connect && authority.IsEmpty && path.StartsWith("/"u8), "no origin form");
                CheckTail(target, path, query);
                break;
            case TargetForm.Absolute:
                Results.Unless(method != HttpMethod.Connect && HostRule.IsHost(authority, out _), "an authority that is none");
                int scheme = parts.Authority.Start;
                Results.Unless(scheme is 7 or 8 && (path.IsEmpty || path[0] == '/'), "no absolute form");
                CheckTail(target[(scheme + authority.Length)..], path, query);
                break;
            case TargetForm.Authority:
                Results.Unless(method == HttpMethod.Connect && authority.SequenceEqual(target) && HostRule.IsHost(target, out int port) && port >= 0, "no authority form");
                break;
            default:
                Results.Unless(method == HttpMethod.Options && target.SequenceEqual("*"u8), "no asterisk form");
                break;
        }
        if (!query.IsEmpty) CheckQuery(query);
    }

    // Path and query, with the question mark when there is one, are all that is left; both decode.
    void CheckTail(ReadOnlySpan<byte> tail, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        Results.Unless(tail.StartsWith(path), "the path is not where the target has it");
        ReadOnlySpan<byte> behind = tail[path.Length..];
        Results.Unless(behind.IsEmpty ? query.IsEmpty : behind[0] == '?' && behind[1..].SequenceEqual(query), "the query is not where the target has it");
        Results.Unless(PercentDecoder.Decode(path, plusIsSpace: false, decoded, out _) == HttpFault.None, "a path that does not decode");
        Results.Unless(PercentDecoder.Decode(query, plusIsSpace: true, decoded, out _) == HttpFault.None, "a query that does not decode");
    }

    void CheckQuery(ReadOnlySpan<byte> query)
    {
        var pairs = new QueryReader(query);
        int length = 0;
        while (pairs.MoveNext())
        {
            length += pairs.RawName.Length + pairs.RawValue.Length;
            Results.Unless(pairs.DecodeValue(decoded, out int written) == HttpFault.None && written <= pairs.RawValue.Length, "a value that does not decode");
        }
        Results.Unless(length <= query.Length, "more names and values than there are bytes");
    }

    void Decode(ReadOnlySpan<byte> input)
    {
        bool decodes = PercentDecoder.Decode(input, plusIsSpace: false, decoded, out int length) == HttpFault.None;
        Results.Unless(decodes == PercentDecoder.IsWellFormed(input), "well formed and does not decode, or the other way round");
        Results.Unless(length <= input.Length, "longer when decoded");
        if (decodes && !input.Contains((byte)'%')) Results.Unless(input.SequenceEqual(decoded.AsSpan(0, length)), "changed without an escape");
    }

    static void CheckHost(ReadOnlySpan<byte> input)
    {
        if (!HostRule.IsHost(input, out int port)) return;
        ReadOnlySpan<byte> name = HostRule.NameOf(input);
        Results.Unless(port is >= -1 and <= 65535 && !name.IsEmpty && input.StartsWith(name), "a host without a name, or a port that is none");
        Results.Unless(HostRule.IsHost(name, out int none) && none == -1, "the name of a host is none");
        Results.Unless(!input.ContainsAny(NotInHosts), "a host with more than a host in it");
    }
}
