using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

/// <summary>
/// The head reader and the chunk reader against slow oracles written from the RFCs' text, on inputs by grammar, inputs by grammar with one
/// change, and bytes that are there to hurt. They agree on what is taken and what is refused, on the fault, on every byte of what was read,
/// and on how many bytes it took. 100,000 inputs each; ORACLE_INPUTS in the environment sets another number.
/// </summary>
public class DifferentialTests
{
    static readonly HttpLimits Limits = new()
    {
        MaxRequestLineBytes = 120,
        MaxHeadBytes = 300,
        MaxFields = 6,
        MaxBodyBytes = 100,
        MaxChunkLineBytes = 48,
        MaxChunkOverheadBytes = 64,
        MaxTrailerBytes = 60,
    };

    static readonly Gen<char> Nasty = Gen.Char["\r\n\0 \t:;,=\"\\/?#%@[]*-+_.aAfFgZ0123456789\x01\x0B\x7F\x80\xFF"];

    static readonly Gen<string> Junk = Gen.String[Nasty, 0, 12];

    static readonly Gen<string> Token = Gen.String[Gen.Char["abcXYZ019-_.!~*"], 1, 8];

    static readonly Gen<string> Space = OneOf("", "", "", " ", "\t", "  ");

    static readonly Gen<string> Quoted = Gen.String[Gen.Char["ab ;,=\t!\x80"], 0, 6].Select(text => $"\"{text.Replace(";", "\\;").Replace("!", "\\\"")}\"");

    static readonly Gen<string> Extension = Gen.Select(Space, Space, Token, Gen.OneOf(Token, Quoted, Gen.Const("")), Space,
        (before, behind, name, value, equals) => $"{before};{behind}{name}{(value.Length > 0 ? $"{equals}={equals}{value}" : "")}");

    static readonly Gen<string> Extensions = Gen.Frequency((3, Gen.Const("")), (1, Extension), (1, Gen.Select(Extension, Extension, (one, other) => one + other)));

    static readonly Gen<string> Chunk = Gen.Select(Gen.String[Nasty, 1, 20], Gen.Int[0, 3], Gen.Bool, Extensions, (data, zeros, lower, extensions) =>
        $"{new string('0', zeros)}{data.Length.ToString(lower ? "x" : "X", CultureInfo.InvariantCulture)}{extensions}\r\n{data}\r\n");

    // Little content behind many bytes of extensions.
    static readonly Gen<string> Costly = Gen.Int[0, 36].Select(length => $"1;{new string('e', 1 + length)}\r\nx\r\n");

    static readonly Gen<string> Trailer = Gen.Select(Gen.OneOf(Token, OneOf("Host", "Content-Length", "trailer", "Content_Length")), Space, Gen.String[Gen.Char["ab c\t\x80"], 0, 8], Space,
        (name, before, value, behind) => $"{name}:{before}{value}{behind}\r\n");

    static readonly Gen<string> Body = Gen.Select(Gen.Frequency((4, Chunk.Array[0, 4]), (1, Costly.Array[3, 5])), Extensions, Trailer.Array[0, 2], Junk,
        (chunks, extensions, trailers, rest) => $"{string.Concat(chunks)}0{extensions}\r\n{string.Concat(trailers)}\r\n{rest}");

    static readonly Gen<string> Host = OneOf("a", "example.org", "a:80", "a:", "[::1]", "[::1]:8080", "127.0.0.1", "a:65535", "a:65536", "a:000080", "a,b", "[a]", "", "a b", "u@a", "[::g]");

    static readonly Gen<string> Path = Gen.String[Gen.Char["/ab.~!$&'()*+,;=:@-_"], 0, 12].Select(Gen.Frequency((4, OneOf("", "%20", "%2f", "%7e", "//", "/../")), (1, OneOf("%00", "%7F", "%1f", "%g0", "%2", "%"))), (text, escape) => $"/{text}{escape}");

    static readonly Gen<string> Query = Gen.Frequency((2, Gen.Const("")), (1, Gen.String[Gen.Char["ab=&?/%2Ff[]{}|\\^`+"], 0, 10].Select(text => $"?{text}")));

    static readonly Gen<string> Target = Gen.Frequency(
        (12, Gen.Select(Path, Query, (one, other) => one + other)),
        (1, Gen.Select(OneOf("http://", "HTTP://", "https://", "ftp://"), Host, Gen.OneOf(Path, Gen.Const("")), Query, (scheme, host, path, query) => scheme + host + path + query)),
        (1, Host), (1, OneOf("*", "/#a", "a:443", "[::1]:443")), (1, Gen.Int[80, 120].Select(length => "/" + new string('a', length))));

    static readonly Gen<string> RequestLine = Gen.Select(Gen.Frequency((8, OneOf("GET", "POST", "get")), (1, OneOf("OPTIONS", "CONNECT")), (1, Token)), Target,
        Gen.Frequency((8, Gen.Const("HTTP/1.1")), (2, OneOf("HTTP/1.0", "HTTP/1.2")), (1, OneOf("HTTP/2.0", "http/1.1", "HTTP/1.", "HTTP/1.10"))), (method, target, version) => $"{method} {target} {version}\r\n");

    static readonly Gen<string> Coding = OneOf("chunked", "Chunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "gzip", "chunked;a=b", "", ", chunked", "\"chunked\"", "\"a,b\", chunked", "\"chunked", "x\"a,b\\\",\"");

    static readonly Gen<string> Field = Gen.Frequency(
        (4, Gen.Select(Token, Space, Gen.String[Gen.Char["ab c,;=\"\t\x80"], 0, 8], Space, (name, before, value, behind) => $"{name}:{before}{value}{behind}\r\n")),
        (1, Host.Select(host => $"Host: {host}\r\n")),
        (1, OneOf("0", "5", "05", "+5", "5,5", "9223372036854775807", "9223372036854775808", "99999999999999999999", "", "0x5", "5 ").Select(length => $"Content-Length: {length}\r\n")),
        (1, Coding.Select(coding => $"Transfer-Encoding:{coding}\r\n")),
        (1, OneOf("Expect: 100-continue\r\n", "Expect: 100-Continue, 100-continue\r\n", "Expect: a\r\n", "Expect: ,\r\n", "content_length: 5\r\n", "Content-Type: a\r\nContent-Type: a\r\n", "A : b\r\n", " a: b\r\n", "a\r\n", ": b\r\n")));

    static readonly Gen<string> Head = Gen.Select(Gen.Frequency((9, Gen.Const("")), (1, OneOf("\r\n", "\r\n\r\n\r\n\r\n", "\r\n\r\n\r\n\r\n\r\n"))), RequestLine,
        Gen.Frequency((5, Gen.Const("Host: a\r\n")), (1, Gen.Const(""))), Gen.Frequency((6, Field.Array[0, 4]), (1, Gen.Select(Token, Gen.Int[0, 60], (name, length) => $"{name}:{new string('b', length)}\r\n").Array[3, 8])), Junk, (empty, line, host, fields, rest) => $"{empty}{line}{host}{string.Concat(fields)}\r\n{rest}");

    // Inputs that all end alike prove nothing: one in twenty at least is taken, and most faults are seen.
    static void CheckOutcomes(ConcurrentDictionary<string, int> outcomes, int faults)
    {
        string all = string.Join(", ", outcomes.OrderByDescending(one => one.Value));
        Assert.True(outcomes.GetValueOrDefault("taken") >= Inputs / 20, all);
        Assert.True(outcomes.Keys.Count(key => Enum.TryParse<HttpFault>(key, out _)) >= faults, all);
    }

    [Fact]
    public void The_chunk_reader_takes_and_refuses_what_the_oracle_does()
    {
        ConcurrentDictionary<string, int> outcomes = new();
        Mixture(Body, OneOf("0", "1", "\r\n", "0\r\n", "\r\n0\r\n\r\n", "ffffffffffffffff", "7fffffffffffffff", "65\r\n", "A: b\r\n")).Sample(raw =>
        {
            string expected = new ChunkOracle(raw, Limits).Read(), whole = ReadChunks(raw, raw.Length);
            Assert.True(expected == whole, $"oracle: {expected}\nreader: {whole}\ninput:  {raw}");
            Assert.Equal(whole, ReadChunks(raw, 1 + raw.Length / 3));
            Count(outcomes, whole);
        }, iter: Inputs);
        CheckOutcomes(outcomes, faults: 15);
    }

    [Fact]
    public void The_head_reader_takes_and_refuses_what_the_oracle_does()
    {
        ConcurrentDictionary<string, int> outcomes = new();
        Mixture(Head, OneOf("GET ", "/", " HTTP/1.1\r\n", "Host: a\r\n", "\r\n\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "http://a")).Sample(raw =>
        {
            string expected = HeadOracle.Read(raw, Limits), whole = ReadHead(raw, raw.Length);
            Assert.True(HeadOracle.Agrees(expected, whole), $"oracle: {expected}\nreader: {whole}\ninput:  {raw}");
            Assert.Equal(whole, ReadHead(raw, 1 + raw.Length / 3));
            Count(outcomes, whole);
        }, iter: Inputs);
        CheckOutcomes(outcomes, faults: 30);
    }

    [Theory]
    // An oracle that takes everything proves nothing: the RFCs' own words for some of what it refuses.
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "27 GET /? Http11 None [Host=a]")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"x,y\", chunked\r\n\r\n", nameof(HttpFault.BadTransferCoding))]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", nameof(HttpFault.ContentLengthRepeated))]
    [InlineData("GET / HTTP/1.1\r\nHost: a\nA: b\r\n\r\n", nameof(HttpFault.BareLineFeed))]
    [InlineData("GET / HTTP/1.1\r\n", "NeedMore")]
    public void The_head_oracle_knows_the_rules(string raw, string expected) => Assert.Equal(expected, HeadOracle.Read(raw, HttpLimits.Default));

    [Theory]
    [InlineData("3;a=\"b\\\"\"\r\nabc\r\n0\r\nT: u\r\n\r\nnext", "abc| [T=u]|next")]
    [InlineData("3;a=\"b\\\"\r\nabc\r\n", nameof(HttpFault.BadChunkExtension))]
    [InlineData("3\r\nabcd\r\n", nameof(HttpFault.BadChunkEnd))]
    [InlineData("0x3\r\nabc\r\n", nameof(HttpFault.BadChunkSize))]
    [InlineData("3\r\nab", "NeedMore ab")]
    public void The_chunk_oracle_knows_the_rules(string raw, string expected) => Assert.Equal(expected, new ChunkOracle(raw, HttpLimits.Default).Read());

    static int Inputs => int.Parse(Environment.GetEnvironmentVariable("ORACLE_INPUTS") ?? "100000", CultureInfo.InvariantCulture);

    static void Count(ConcurrentDictionary<string, int> outcomes, string outcome) =>
        outcomes.AddOrUpdate(outcome.StartsWith("NeedMore", StringComparison.Ordinal) ? "NeedMore" : Enum.TryParse<HttpFault>(outcome, out _) ? outcome : "taken", 1, (_, count) => count + 1);

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    // As it is; with one change; cut off; and pieces that mean something between bytes that are there to hurt.
    static Gen<string> Mixture(Gen<string> valid, Gen<string> piece) => Gen.Frequency(
        (3, valid),
        (4, Gen.Select(valid, Gen.Int[0, 1000], Gen.Int[0, 2], Gen.OneOf(Nasty.Select(one => one.ToString()), piece, Gen.Const("")), Change)),
        (1, Gen.Select(valid, Gen.Int[0, 1000], (text, at) => text[..(at % (text.Length + 1))])),
        (2, Gen.Select(Gen.OneOf(Junk, piece), Gen.OneOf(Junk, piece), Gen.OneOf(Junk, piece), Gen.OneOf(valid, piece), (a, b, c, d) => a + b + c + d)));

    static string Change(string text, int place, int gone, string put)
    {
        int at = place % (text.Length + 1);
        return text[..at] + put + text[Math.Min(text.Length, at + gone)..];
    }

    static string ReadChunks(string raw, int step)
    {
        FieldLines trailers = new();
        var reader = new ChunkedBodyReader(Limits, trailers);
        byte[] input = Bytes.Of(raw);
        string content = "";
        int spent = 0;
        for (int arrived = Math.Min(step, input.Length); ; arrived = Math.Min(arrived + step, input.Length))
        {
            while (!reader.IsComplete)
            {
                ReadResult result = reader.Read(input.AsSpan(spent, arrived - spent), out ReadOnlySpan<byte> data);
                content += Bytes.Text(data);
                if (result.Status == ReadStatus.Invalid) return result.Fault.ToString();
                if (result.Status == ReadStatus.NeedMore) break;
                spent += result.Consumed;
            }
            if (reader.IsComplete) return $"{content}|{Requests.Describe(trailers)}|{raw[spent..]}";
            if (arrived == input.Length) return $"NeedMore {content}";
        }
    }

    static string ReadHead(string raw, int step)
    {
        var reader = new RequestHeadReader(Limits);
        var head = new RequestHead();
        byte[] input = Bytes.Of(raw);
        for (int arrived = Math.Min(step, input.Length); ; arrived = Math.Min(arrived + step, input.Length))
        {
            ReadResult result = reader.Read(input.AsSpan(0, arrived), head);
            if (result.Status == ReadStatus.Invalid) return result.Fault.ToString();
            if (result.Status == ReadStatus.Done) return $"{result.Consumed} {Requests.Describe(head)}";
            if (arrived == input.Length) return "NeedMore";
        }
    }
}
