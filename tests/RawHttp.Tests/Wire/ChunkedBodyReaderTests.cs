using System.Globalization;
using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

public class ChunkedBodyReaderTests
{
    static readonly HttpLimits Small = new() { MaxBodyBytes = 100, MaxTrailerBytes = 40, MaxChunkOverheadBytes = 200 };

    public static TheoryData<string, string, string> ValidBodies => new()
    {
        // RFC 9112                     bytes                                                        content|rest
        { "§7.1 none",                  "0\r\n\r\n",                                                 "|" },
        { "§7.1 one chunk",             "3\r\nabc\r\n0\r\n\r\nnext",                                 "abc|next" },
        { "§7.1 two chunks",            "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",                          "abcde|" },
        { "§7.1 hex, both cases",       "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",           "01234567890123456789|" },
        { "§7.1 leading zeros",         "003\r\nabc\r\n000\r\n\r\n",                                 "abc|" },
        { "§7.1 CRLF in data",          "4\r\n\r\n\r\n\r\n0\r\n\r\n",                                "\r\n\r\n|" },
        { "§7.1.1 name",                "1;a\r\nx\r\n0;b\r\n\r\n",                                   "x|" },
        { "§7.1.1 token value",         "1;a=b;c=d\r\nx\r\n0\r\n\r\n",                               "x|" },
        { "§7.1.1 quoted value",        "1;a=\"b;\\\" \"\r\nx\r\n0\r\n\r\n",                         "x|" },
        { "§7.1.1 BWS",                 "1 ; a = b ;c\r\nx\r\n0\r\n\r\n",                            "x|" },
        { "§7.1.2 trailers dropped",    "1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\nnext",                   "x|next" },
    };

    [Theory, MemberData(nameof(ValidBodies))]
    public void Valid_bodies_are_read(string clause, string raw, string expected)
    {
        Assert.Equal((clause, expected), (clause, OutcomeOf(raw)));
        Assert.Equal(expected, Oracle(raw));
    }

    public static TheoryData<string, string, HttpFault> BrokenBodies => new()
    {
        // RFC 9112                     bytes                                             named as
        { "§7.1 no size",               "\r\n",                                           HttpFault.BadChunkSize },
        { "§7.1 sign",                  "+1\r\nx\r\n0\r\n\r\n",                           HttpFault.BadChunkSize },
        { "§7.1 prefix",                "0x1\r\nx\r\n0\r\n\r\n",                          HttpFault.BadChunkSize },
        { "§7.1 underscore",            "1_0\r\n",                                        HttpFault.BadChunkSize },
        { "§7.1 space in front",        " 1\r\nx\r\n0\r\n\r\n",                           HttpFault.BadChunkSize },
        { "§7.1 comma",                 "1,2\r\n",                                        HttpFault.BadChunkSize },
        { "§7.1 extension only",        ";a\r\n",                                         HttpFault.BadChunkSize },
        { "§7.1 17 digits",             "00000000000000001\r\n",                          HttpFault.BadChunkSize },
        { "§7.1 2^63",                  "8000000000000000\r\n",                           HttpFault.ChunkSizeTooLarge },
        { "§7.1 2^64-1",                "ffffffffffffffff\r\n",                           HttpFault.ChunkSizeTooLarge },
        { "§7.1 LF behind size",        "1\nx\r\n0\r\n\r\n",                              HttpFault.BareLineFeed },
        { "§7.1.1 LF in extension",     "1;a\nx\r\n0\r\n\r\n",                            HttpFault.BareLineFeed },
        { "§2.2 CR behind size",        "1\rx",                                           HttpFault.BareCarriageReturn },
        { "§2.2 CR in extension",       "1;a\rb\n",                                       HttpFault.BareCarriageReturn },
        { "§7.1 space behind size",     "1 \r\nx\r\n0\r\n\r\n",                           HttpFault.BadChunkExtension },
        { "§7.1.1 no name",             "1;\r\n",                                         HttpFault.BadChunkExtension },
        { "§7.1.1 no value",            "1;a=\r\n",                                       HttpFault.BadChunkExtension },
        { "§7.1.1 space at the end",    "1;a \r\n",                                       HttpFault.BadChunkExtension },
        { "§7.1.1 CR in quotes",        "1;a=\"\r\n\"\r\n",                               HttpFault.BadChunkExtension },
        { "§7.1.1 NUL",                 "1;a=\0\r\n",                                     HttpFault.BadChunkExtension },
        { "§7.1.1 two values",          "1;a=b=c\r\n",                                    HttpFault.BadChunkExtension },
        { "§7.1.1 behind quotes",       "1;a=\"b\"c\r\n",                                 HttpFault.BadChunkExtension },
        { "§7.1.1 too long",            "1;" + new string('a', 300),                      HttpFault.ChunkLineTooLong },
        { "§7.1 no CRLF behind data",   "1\r\nxy",                                        HttpFault.BadChunkEnd },
        { "§7.1 LF behind data",        "1\r\nx\n0\r\n\r\n",                              HttpFault.BadChunkEnd },
        { "§7.1 CR CR behind data",     "1\r\nx\r\r\n",                                   HttpFault.BadChunkEnd },
        { "9110 §15.5.14 one chunk",    "65\r\n",                                         HttpFault.BodyTooLarge },
        { "9110 §15.5.14 all chunks",   "32\r\n" + new string('x', 50) + "\r\n33\r\n",    HttpFault.BodyTooLarge },
        { "§7.1.2 LF in trailers",      "0\r\nA: b\n\r\n",                                HttpFault.BareLineFeed },
        { "§7.1.2 LF at the end",       "0\r\n\n",                                        HttpFault.BareLineFeed },
        { "§7.1.2 CR in trailers",      "0\r\nA: b\rc\r\n\r\n",                           HttpFault.BareCarriageReturn },
        { "§7.1.2 folded",              "0\r\nA: b\r\n c\r\n\r\n",                        HttpFault.FoldedField },
        { "§7.1.2 no colon",            "0\r\nGET / HTTP/1.1\r\n\r\n",                    HttpFault.FieldWithoutColon },
        { "§7.1.2 too large",           "0\r\nA: " + new string('b', 60) + "\r\n\r\n",    HttpFault.TrailersTooLarge },
        { "§7.1.2 too many",            "0\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 7)), HttpFault.TrailersTooLarge },
        { "9110 §6.5.1 framing",        "0\r\nContent-Length: 5\r\n\r\n",                 HttpFault.ForbiddenTrailer },
        { "9110 §6.5.1 routing",        "0\r\nhost: a\r\n\r\n",                           HttpFault.ForbiddenTrailer },
        { "9110 §6.5.1 authentication", "0\r\nAUTHORIZATION: a\r\n\r\n",                  HttpFault.ForbiddenTrailer },
    };

    [Theory, MemberData(nameof(BrokenBodies))]
    public void A_broken_body_names_the_rule(string clause, string raw, HttpFault expected) => Assert.Equal((clause, expected.ToString()), (clause, OutcomeOf(raw)));

    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("1\r\nx\r\n0\r\nA: b\r\nC:\t d e \r\na:\r\n\r\n", "A=b;C=d e;a=;")]
    public void Trailers_are_kept_when_asked_for(string raw, string expected) => Assert.Equal(expected, AllSplits.Outcome(Bytes.Of(raw), () =>
    {
        var trailers = new FieldLines();
        var reader = new ChunkedBodyReader(Small, trailers);
        return ((unread, _) => reader.Read(unread, out ReadOnlySpan<byte> _).Consumed, Outcome);

        string Outcome()
        {
            string all = "";
            for (int i = 0; i < trailers.Count; i++) all += $"{Bytes.Text(trailers.NameAt(i))}={Bytes.Text(trailers.ValueAt(i))};";
            return all;
        }
    }));

    [Fact]
    public void Many_small_chunks_with_extensions_cost_too_much()
    {
        string chunk = "1;" + new string('a', 98) + "\r\nx\r\n"; // 104 bytes of framing, 18 of them paid
        Assert.Equal("NeedMore xx", OutcomeOf(chunk + chunk));
        Assert.Equal(nameof(HttpFault.ChunkOverheadTooLarge), OutcomeOf(chunk + chunk + chunk));
    }

    [Fact]
    public void Small_chunks_without_extensions_pay_for_themselves() =>
        Assert.Equal(new string('x', 100) + "|", OutcomeOf(string.Concat(Enumerable.Repeat("1\r\nx\r\n", 100)) + "0\r\n\r\n"));

    [Fact]
    public void A_chunk_counts_as_soon_as_its_size_is_known()
    {
        var reader = new ChunkedBodyReader(Small);
        Assert.Equal(ReadResult.Done(4), reader.Read("1f\r\n"u8, out _));
        Assert.Equal(0x1f, reader.Total);
    }

    [Fact]
    public void Every_prefix_of_a_valid_body_needs_more()
    {
        const string whole = "3;a=\"b\"\r\nabc\r\n0\r\nA: b\r\n\r\n";
        for (int length = 0; length < whole.Length; length++)
            Assert.StartsWith("NeedMore", OutcomeOf(whole[..length]));
    }

    [Fact]
    public void What_the_reader_takes_the_decoding_procedure_of_the_RFC_takes_alike()
    {
        var random = new Random(7);
        int taken = 0;
        for (int round = 0; round < 3000; round++)
        {
            string raw = Mutated(Generated(random), random);
            string outcome = OutcomeOf(raw);
            if (!outcome.Contains('|', StringComparison.Ordinal)) continue;
            taken++;
            Assert.Equal(Oracle(raw), outcome);
        }
        Assert.InRange(taken, 500, 3000);
    }

    static string Generated(Random random)
    {
        string body = "";
        for (int chunks = random.Next(4); chunks > 0; chunks--)
        {
            string data = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "a\r\n0;"[random.Next(5)]));
            body += data.Length.ToString("x", CultureInfo.InvariantCulture) + (random.Next(3) == 0 ? ";e=\"0\"" : "") + "\r\n" + data + "\r\n";
        }
        return body + "0\r\n" + (random.Next(3) == 0 ? "T: u\r\n" : "") + "\r\nrest";
    }

    static string Mutated(string text, Random random)
    {
        if (random.Next(2) == 0) return text;
        int at = random.Next(text.Length);
        string put = random.Next(3) == 0 ? "" : "\r\n0;a1 "[random.Next(7)].ToString();
        return text[..at] + put + text[(at + random.Next(2))..];
    }

    /// <summary>
    /// RFC 9112 §7.1.3, line by line and without any strictness: read the size, read the data, until the size is 0, then the trailers.
    /// What it decodes and what it leaves is what the strict reader must say when it takes the input at all.
    /// </summary>
    static string Oracle(string input)
    {
        string content = "";
        int at = 0;
        int size = ReadSizeLine();
        while (size > 0)
        {
            content += input.Substring(at, size);
            at += size + "\r\n".Length;
            size = ReadSizeLine();
        }
        while (ReadLine().Length > 0) { }
        return $"{content}|{input[at..]}";

        int ReadSizeLine() => int.Parse(ReadLine().Split(';')[0].TrimEnd(' '), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

        string ReadLine()
        {
            int end = input.IndexOf("\r\n", at, StringComparison.Ordinal);
            string line = input[at..end];
            at = end + 2;
            return line;
        }
    }

    /// <summary><c>content|rest</c> when it is complete, <c>NeedMore content</c>, or the fault's name.</summary>
    static string OutcomeOf(string raw) => AllSplits.Outcome(Bytes.Of(raw), () =>
    {
        var reader = new ChunkedBodyReader(Small);
        string content = "", fault = "";
        int spent = 0;
        return (Turn, () => fault.Length > 0 ? fault : reader.IsComplete ? $"{content}|{raw[spent..]}" : $"NeedMore {content}");

        int Turn(ReadOnlySpan<byte> unread, bool isEnd)
        {
            if (fault.Length > 0) return 0;
            ReadResult result = reader.Read(unread, out ReadOnlySpan<byte> data);
            content += Bytes.Text(data);
            if (result.Status == ReadStatus.Invalid) fault = result.Fault.ToString();
            spent += result.Consumed;
            return result.Consumed;
        }
    });
}
