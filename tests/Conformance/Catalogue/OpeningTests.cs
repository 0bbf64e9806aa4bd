using System.Text;
using System.Text.Json;
using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The opening handshake, which the Autobahn suite does not look at. RFC 6455 §4.2, rule by rule, with the answer in HTTP.</summary>
public sealed class OpeningTests : IAsyncLifetime
{
    const string Upgrade = "Upgrade: websocket\r\n", Connection = "Connection: Upgrade\r\n", KeyField = $"Sec-WebSocket-Key: {RawClient.Key}\r\n", Version = "Sec-WebSocket-Version: 13\r\n";

    readonly RunningServer server = RunningServer.Start();

    public static TheoryData<string, string, string, int, string> Refused => new()
    {
        // clause                       instead of    comes                                                     status, code
        { "RFC 6455 §4.2.1 item 1", "GET /echo", "POST /echo", 405, "method-not-allowed" },
        { "RFC 6455 §4.2.1 item 1", "GET /echo", "PUT /echo", 405, "method-not-allowed" },
        { "RFC 6455 §4.2.1 item 1", "HTTP/1.1", "HTTP/1.0", 400, "upgrade-needs-get" },
        { "RFC 6455 §4.1", Version, Version + "Content-Length: 5\r\n", 400, "upgrade-with-body" },
        { "RFC 6455 §4.1", Version, Version + "Transfer-Encoding: chunked\r\n", 400, "upgrade-with-body" },
        { "RFC 6455 §4.2.1 item 2", "Host: localhost\r\n", "", 400, "host-missing" },
        { "RFC 6455 §4.2.1 item 2", "Host: localhost\r\n", "Host: localhost\r\nHost: localhost\r\n", 400, "host-repeated" },
        { "RFC 6455 §4.2.1 item 2", "Host: localhost\r\n", "Host: local host\r\n", 400, "bad-host" },
        { "RFC 6455 §4.2.1 item 3", Upgrade, "", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 3", Upgrade, "Upgrade: h2c\r\n", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 3", Upgrade, "Upgrade: websockets\r\n", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 3", Upgrade, "Upgrade: web, socket\r\n", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 4", Connection, "", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 4", Connection, "Connection: keep-alive\r\n", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 4", Connection, "Connection: upgraded\r\n", 426, "upgrade-required" },
        { "RFC 6455 §4.2.1 item 5", KeyField, "", 400, "bad-websocket-key" },
        { "RFC 6455 §4.2.1 item 5", KeyField, "Sec-WebSocket-Key:\r\n", 400, "bad-websocket-key" },
        { "RFC 6455 §4.2.1 item 5", KeyField, KeyField + KeyField, 400, "bad-websocket-key" },
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "AAAAAAAAAAAAAAAAAAAA", 400, "bad-websocket-key" },         // 15 bytes
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "AAAAAAAAAAAAAAAAAAAAAAA=", 400, "bad-websocket-key" },     // 17 bytes
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "AAAAAAAAAAAAAAAAAAAAAAAA", 400, "bad-websocket-key" },     // 18 bytes
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "dGhlIHNhbXBsZSBub25jZQ", 400, "bad-websocket-key" },       // without its padding
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "dGhlIHNhbXBsZSBub25j-Q==", 400, "bad-websocket-key" },     // another alphabet
        { "RFC 6455 §4.2.1 item 5", RawClient.Key, "dGhlIHNhbXBs ZSBub25jZQ=", 400, "bad-websocket-key" },     // a blank
        { "RFC 6455 §4.2.1 item 6", Version, "", 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.4", Version, "Sec-WebSocket-Version: 8\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.4", Version, "Sec-WebSocket-Version: 14\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.4", Version, "Sec-WebSocket-Version: 130\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.1 item 9", Version, "Sec-WebSocket-Version: 013\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.1 item 9", Version, "Sec-WebSocket-Version: +13\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §11.3.5", Version, "Sec-WebSocket-Version: 13, 8\r\n", 426, "unsupported-websocket-version" },
        { "RFC 6455 §11.3.5", Version, Version + Version, 426, "unsupported-websocket-version" },
        { "RFC 6455 §4.2.2 item 4", Version, Version + "Origin: https://elsewhere.example\r\n", 403, "origin-refused" },
        { "RFC 6455 §4.2.2 item 4", Version, Version + "Origin: null\r\n", 403, "origin-refused" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol:\r\n", 400, "bad-subprotocol" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol: chat, chat\r\n", 400, "bad-subprotocol" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: super, chat\r\n", 400, "bad-subprotocol" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol: chat room\r\n", 400, "bad-subprotocol" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol: chat/1\r\n", 400, "bad-subprotocol" },
        { "RFC 6455 §4.1 item 10", Version, Version + "Sec-WebSocket-Protocol: \"chat\"\r\n", 400, "bad-subprotocol" },
    };

    public static TheoryData<string, string, string> Accepted => new()
    {
        { "RFC 6455 §4.2.1", Version, Version },
        { "RFC 6455 §4.2.1 item 3", "Upgrade: websocket", "UPGRADE: WebSocket" },
        { "RFC 6455 §4.2.1 item 3", "Upgrade: websocket", "Upgrade: h2c, websocket" },
        { "RFC 6455 §4.2.1 item 3", Upgrade, "Upgrade: h2c\r\nUpgrade: websocket\r\n" },
        { "RFC 6455 §4.2.1 item 4", Connection, "connection: keep-alive, UPGRADE\r\n" },
        { "RFC 6455 §4.2.1 item 4", Connection, "Connection: keep-alive\r\nConnection: Upgrade\r\n" },
        { "RFC 6455 §4.2.1 item 4", Connection, "Connection: ,Upgrade ,\r\n" },
        { "RFC 6455 §4.1 item 7", KeyField, $"sec-websocket-key: \t{RawClient.Key} \r\n" },
        { "RFC 6455 §4.2.1 item 10", Version, Version + "Cookie: a=b\r\nAuthorization: Basic eA==\r\nX-Other: what\r\n" },
        { "RFC 6455 §4.2.2 item 5.5", Version, Version + "Sec-WebSocket-Protocol: nobodys, rawrealtime.v0\r\n" },
        { "RFC 6455 §9.1", Version, Version + "Sec-WebSocket-Extensions: nobodys; a; b=c, another; d=\"e\"\r\n" },
        { "RFC 9112 §2.2", "GET /echo", "\r\nGET /echo" },
        { "RFC 9112 §3.2.2", "GET /echo", "GET http://localhost/echo" },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_breaks_a_rule_is_answered_in_HTTP(string clause, string instead, string comes, int status, string code)
    {
        Assert.NotEmpty(clause);
        using RawClient client = await SendAsync(instead, comes);

        Assert.StartsWith($"HTTP/1.1 {status} ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Null(client.Field("Sec-WebSocket-Accept"));
        Assert.Equal("application/problem+json", client.Field("Content-Type")?.Split(';')[0]);
        string content = await client.ReadTextAsync(int.Parse(client.Field("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(code, JsonDocument.Parse(content).RootElement.GetProperty("code").GetString());
        if (status != 426) return;
        Assert.Equal("13", client.Field("Sec-WebSocket-Version"));  // RFC 6455 §4.4
        Assert.Equal("websocket", client.Field("Upgrade"));         // RFC 9110 §15.5.22
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_request_that_breaks_none_opens(string clause, string instead, string comes)
    {
        Assert.NotEmpty(clause);
        using RawClient client = await SendAsync(instead, comes);

        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("websocket", client.Field("Upgrade"), ignoreCase: true);      // RFC 6455 §4.2.2 item 5.2
        Assert.Equal("Upgrade", client.Field("Connection"), ignoreCase: true);     // item 5.3
        Assert.Equal(RawClient.Accept, client.Field("Sec-WebSocket-Accept"));      // item 5.4
        Assert.Null(client.Field("Sec-WebSocket-Protocol"));                       // item 5.5
        Assert.Null(client.Field("Sec-WebSocket-Extensions"));                     // item 5.6
        await client.SendFramesAsync(Text("open"), Close(1000));
        Assert.Equal([Back.Text("open"), Back.Close(1000)], await client.ReceiveToEndAsync());
    }

    [Theory]
    [InlineData("RFC 6455 §4.2.2 item 5.5", "rawrealtime.v1", "rawrealtime.v1")]
    [InlineData("RFC 6455 §4.2.2 item 5.5", "chat, rawrealtime.v1", "rawrealtime.v1")]
    [InlineData("RFC 6455 §4.2.2 item 5.5", "chat\r\nSec-WebSocket-Protocol: rawrealtime.v1", "rawrealtime.v1")]
    [InlineData("RFC 6455 §4.1 item 10", "RawRealtime.V1", null)]
    [InlineData("RFC 6455 §4.2.2 item 5.5", "chat, superchat", null)]
    public async Task One_of_the_subprotocols_is_chosen_or_none(string clause, string offered, string? chosen)
    {
        Assert.NotEmpty(clause);
        using RawClient client = await RawClient.OpenAsync(server.Port, $"Sec-WebSocket-Protocol: {offered}\r\n", "/ws");
        Assert.Equal(chosen, client.Field("Sec-WebSocket-Protocol"));
    }

    /// <summary>RFC 9112 §9.3: a refusal that leaves no doubt where the next request begins keeps the connection.</summary>
    [Fact]
    public async Task A_refused_client_may_ask_again_on_the_same_connection()
    {
        using RawClient client = await SendAsync(Version, "Sec-WebSocket-Version: 8\r\n");
        await client.ReadHeadAsync();
        await client.ReadTextAsync(int.Parse(client.Field("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture));

        await client.SendAsync(Encoding.Latin1.GetBytes(RawClient.Request()));
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.SendFramesAsync(Close(1000));
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync());
    }

    /// <summary>The frames may be on their way before the answer is: nothing of them is lost, wherever the stream is cut.</summary>
    [Fact]
    public async Task Frames_in_the_segment_of_the_handshake_are_read_wherever_it_is_cut()
    {
        byte[] all = [.. Encoding.Latin1.GetBytes(RawClient.Request()), .. Text("early"), .. Ping("bird"), .. Close(1000)];
        for (int cut = 0; cut < all.Length; cut++)
        {
            using RawClient client = await RawClient.DialAsync(server.Port);
            await client.SendAsync(all.AsMemory(0, cut));
            await client.SendAsync(all.AsMemory(cut));
            Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
            Assert.Equal([Back.Text("early"), Back.Pong("bird"), Back.Close(1000)], await client.ReceiveToEndAsync());
        }
    }

    async Task<RawClient> SendAsync(string instead, string comes)
    {
        string request = RawClient.Request();
        Assert.Contains(instead, request, StringComparison.Ordinal);
        RawClient client = await RawClient.DialAsync(server.Port);
        await client.SendAsync(Encoding.Latin1.GetBytes(request.Replace(instead, comes, StringComparison.Ordinal)));
        return client;
    }
}
