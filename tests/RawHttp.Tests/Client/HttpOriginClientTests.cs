using System.Net.Sockets;
using RawHttp.Client;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

/// <summary>Connections are scripted: each dial gives the next.</summary>
public sealed class HttpOriginClientTests : IDisposable
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly List<ScriptedChannel> dialled = [];
    readonly TaskCompletionSource second = new();
    readonly HttpOriginClient client;

    public HttpOriginClientTests()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        client = new(_ =>
        {
            dialled.Add(new());
            if (dialled.Count == 2) second.SetResult();
            return Task.FromResult(new HttpClientConnection(new Connection(dialled[^1], heartbeat, 65536, SendQueueOptions.Default), ClientRig.Origin, new()));
        });
    }

    public void Dispose()
    {
        client.Dispose();
        heartbeat.Dispose();
    }

    async Task<string> AskAsync(HttpClientRequest request)
    {
        using HttpClientResponse response = await client.SendAsync(request);
        return $"{response.Status} {await ClientRig.ContentOf(response)}";
    }

    /// <summary>The second connection, once it is dialled: a failure may come round on another thread.</summary>
    async Task<ScriptedChannel> SecondAsync()
    {
        await second.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return dialled[1];
    }

    /// <summary>One request answered, so that there is a kept connection.</summary>
    async Task WarmAsync()
    {
        Task<string> first = AskAsync(new());
        dialled[0].Arrive(Ok);
        Assert.Equal("200 ok", await first);
        dialled[0].TakeSent();
    }

    [Fact]
    public async Task One_connection_carries_all_as_long_as_it_is_kept()
    {
        await WarmAsync();
        Task<HttpClientResponse> second = client.GetAsync("/second");
        Assert.StartsWith("GET /second HTTP/1.1\r\n", Bytes.Text(dialled[0].Sent));
        dialled[0].Arrive("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        await second;
        Task<string> third = AskAsync(new() { Target = "/third" });
        (await SecondAsync()).Arrive(Ok);
        Assert.Equal("200 ok", await third);
    }

    public static TheoryData<string, HttpClientRequest, bool> Repeats => new()
    {
        // clause                                  request                                                                   sent again
        { "9110 §9.2.2 GET",                       new() { Method = "GET" },                                                 true },
        { "9110 §9.2.2 HEAD",                      new() { Method = "HEAD" },                                                true },
        { "9110 §9.2.2 OPTIONS",                   new() { Method = "OPTIONS" },                                             true },
        { "9110 §9.2.2 PUT",                       new() { Method = "PUT", Content = new byte[3] },                          true },
        { "9110 §9.2.2 DELETE",                    new() { Method = "DELETE" },                                              true },
        { "9110 §9.2.2 POST",                      new() { Method = "POST", Content = new byte[3] },                         false },
        { "9110 §9.2.2 PATCH",                     new() { Method = "PATCH", Content = new byte[3] },                        false },
        { "9110 §9.2.2 unknown",                   new() { Method = "get" },                                                 false },
        { "9112 §9.3.1 content is made only once", new() { Method = "PUT", ContentSource = _ => Task.CompletedTask },        false },
    };

    [Theory, MemberData(nameof(Repeats))]
    public async Task A_request_that_met_a_connection_about_to_close_is_sent_again_when_that_does_no_harm(string clause, HttpClientRequest request, bool again)
    {
        foreach (bool resets in new[] { false, true })
        {
            using HttpOriginClientTests fresh = new();
            await fresh.WarmAsync();
            Task<string> asking = ClientRig.OutcomeOf(fresh.AskAsync(request));
            if (resets) fresh.dialled[0].Break(new SocketException((int)SocketError.ConnectionReset));
            else fresh.dialled[0].ArriveEnd();
            if (again) (await fresh.SecondAsync()).Arrive("HTTP/1.1 204 \r\n\r\n");
            Assert.Equal((clause, again ? "204 " : resets ? "Broken" : "PeerClosed"), (clause, await asking));
            Assert.Equal(again ? 2 : 1, fresh.dialled.Count);
        }
    }

    [Fact]
    public async Task A_connection_that_closed_before_anything_was_sent_is_replaced_for_any_request()
    {
        await WarmAsync();
        dialled[0].ArriveEnd();
        Task<string> asking = AskAsync(new() { Method = "POST", ContentSource = async to => await to.WriteAsync("once"u8.ToArray()) });
        Assert.Empty(dialled[0].Sent);
        Assert.EndsWith("4\r\nonce\r\n0\r\n\r\n", Bytes.Text((await SecondAsync()).Sent));
        (await SecondAsync()).Arrive(Ok);
        Assert.Equal("200 ok", await asking);
    }

    /// <summary>RFC 9112 §9.2; a server that says 408 before it closes an idle connection is one that does so.</summary>
    [Fact]
    public async Task A_connection_that_spoke_unasked_is_replaced()
    {
        await WarmAsync();
        dialled[0].Arrive("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
        Task<string> asking = AskAsync(new());
        (await SecondAsync()).Arrive(Ok);
        Assert.Equal("200 ok", await asking);
    }

    [Fact]
    public async Task Once_is_all_that_is_tried_again()
    {
        await WarmAsync();
        Task<string> asking = ClientRig.OutcomeOf(AskAsync(new()));
        dialled[0].ArriveEnd();
        (await SecondAsync()).ArriveEnd();
        Assert.Equal(("PeerClosed", 2), (await asking, dialled.Count));
    }

    [Fact]
    public async Task A_fresh_connection_that_fails_is_not_tried_again()
    {
        Task<string> asking = ClientRig.OutcomeOf(AskAsync(new()));
        dialled[0].ArriveEnd();
        Assert.Equal(("PeerClosed", 1), (await asking, dialled.Count));
    }

    [Fact]
    public async Task After_a_byte_of_the_answer_nothing_is_tried_again()
    {
        await WarmAsync();
        Task<string> asking = ClientRig.OutcomeOf(AskAsync(new()));
        dialled[0].Arrive("H");
        dialled[0].ArriveEnd();
        Assert.Equal(("BadAnswer AnswerIncomplete", 1), (await asking, dialled.Count));
    }

    [Fact]
    public async Task An_answer_that_is_neither_read_nor_disposed_stands_in_the_way()
    {
        Task<HttpClientResponse> asking = client.GetAsync("/");
        dialled[0].Arrive(Ok);
        HttpClientResponse response = await asking;
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/"));
        response.Dispose();
        asking = client.GetAsync("/");
        (await SecondAsync()).Arrive(Ok);
        Assert.Equal(200, (await asking).Status);
    }
}
