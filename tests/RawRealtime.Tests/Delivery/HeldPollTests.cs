using System.Globalization;
using System.Text.Json;
using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, held long poll: its endings.</summary>
public sealed class HeldPollTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Theory] // contract: between 90 % and 100 % of wait; RFC 7240 §4.3
    [InlineData("", "", 25)]
    [InlineData("wait=10", "", 10)]
    [InlineData("wait=120", "", 120)]
    [InlineData("wait=600", "", 120)]
    [InlineData("", "Prefer: wait=10\r\n", 10)]
    [InlineData("", "Prefer: respond-async, Wait=10\r\n", 10)]
    [InlineData("wait=20", "Prefer: wait=10\r\n", 20)]
    public void It_is_held_for_90_to_100_percent_of_the_wait(string query, string fields, int seconds)
    {
        RigPeer[] polls = [.. Enumerable.Range(0, 20).Select(_ => rig.Connect().Get("/poll?channel=a&" + query, fields))];
        rig.Time.Advance(seconds * 900);
        Assert.All(polls, poll => Assert.Equal("", poll.Take()));
        rig.Time.Advance(seconds * 100);
        Assert.All(polls, poll => Assert.Equal(
            $"HTTP/1.1 204 No Content\r\n{DateAfter(poll, out string answer)}Cache-Control: no-store\r\nETag: \"epoch001-0\"\r\n\r\n", answer));
    }

    static string DateAfter(RigPeer poll, out string answer)
    {
        answer = poll.Take();
        int date = answer.IndexOf("Date: ", StringComparison.Ordinal);
        return answer.Substring(date, ServerRig.Date.Length);
    }

    [Fact]
    public void Polls_that_began_together_do_not_all_come_back_together()
    {
        RigPeer[] polls = [.. Enumerable.Range(0, 50).Select(_ => rig.Connect().Get("/poll?channel=a&wait=100"))];
        rig.Time.Advance(95_000);
        int back = polls.Count(poll => poll.Take().Length > 0);
        Assert.InRange(back, 1, 49);
    }

    [Fact]
    public void An_answer_is_full_after_a_mebibyte_and_the_next_poll_goes_on_there()
    {
        string large = new('x', 600_000);
        foreach (string last in new[] { "1", "2", "3" }) rig.Publish("channel=a", large + last);

        string first = rig.Get("/poll?channel=a&cursor=earliest&limit=10"), second = rig.Get("/poll?channel=a&cursor=epoch001-2");

        Assert.Contains("x2\"", first);
        Assert.EndsWith("],\"cursor\":\"epoch001-2\"}", first);
        Assert.DoesNotContain("x2\"", second);
        Assert.EndsWith("],\"cursor\":\"epoch001-3\"}", second);
    }

    [Fact]
    public void Messages_that_come_at_once_do_not_pass_the_mebibyte_either()
    {
        for (int i = 0; i < 64; i++) rig.Publish("channel=a", new('x', 16_000)); // two reads, too large to be joined
        for (int i = 0; i < 3; i++) rig.Publish("channel=a", new('y', 20_000)); // the next one
        Assert.EndsWith("],\"cursor\":\"epoch001-66\"}", rig.Get("/poll?channel=a&cursor=earliest&limit=1000"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(200)]
    public void Whatever_the_limit_every_message_comes_once_and_in_order(int limit)
    {
        const int Messages = 150;
        for (int i = 1; i <= Messages; i++) rig.Publish("channel=a", $"m{i}");
        List<string> all = [];
        string cursor = "earliest";
        while (all.Count < Messages)
        {
            using JsonDocument answer = JsonDocument.Parse(ServerRig.ContentOf(rig.Get($"/poll?channel=a&cursor={cursor}&limit={limit}")));
            string[] messages = [.. answer.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("data").GetString()!)];
            Assert.Equal(Math.Min(limit, Messages - all.Count), messages.Length);
            all.AddRange(messages);
            cursor = answer.RootElement.GetProperty("cursor").GetString()!;
            Assert.Equal($"epoch001-{all.Count}", cursor);
        }
        Assert.Equal(Enumerable.Range(1, Messages).Select(i => $"m{i}"), all);
    }

    [Theory]
    [InlineData("channel=a", "")]
    [InlineData("channel=a&channel=b", "\"cursor\":\"epoch001-{0}.epoch002-0\",")]
    public void Messages_that_come_at_once_are_one_answer(string query, string cursor)
    {
        RigPeer poll = rig.Connect().Get($"/poll?{query}");
        rig.HoldsDispatch = true;
        for (int i = 1; i <= 3; i++) rig.Publish("channel=a", $"m{i}");
        rig.HoldsDispatch = false;
        string b = query == "channel=a" ? "" : ".epoch002-0";
        string Item(int i) => $$"""{{{string.Format(CultureInfo.InvariantCulture, cursor, i)}}"channel":"a","id":"epoch001-{{i}}","data":"m{{i}}","time":"{{ServerRig.Time0}}"}""";
        Assert.Equal(
            $$"""{"from":"epoch001-0{{b}}","recovered":true,"messages":[{{Item(1)}},{{Item(2)}},{{Item(3)}}],"cursor":"epoch001-3{{b}}"}""",
            ServerRig.ContentOf(poll.Take()));
    }

    [Fact]
    public void A_message_ends_the_hold()
    {
        RigPeer poll = rig.Connect().Get("/poll?channel=a");
        Assert.Equal("", poll.Take());
        rig.Publish("channel=a", "m");
        Assert.Equal(ServerRig.Json("200 OK",
            $$"""{"from":"epoch001-0","recovered":true,"messages":[{"channel":"a","id":"epoch001-1","data":"m","time":"{{ServerRig.Time0}}"}],"cursor":"epoch001-1"}""",
            "ETag: \"epoch001-1\"\r\n"), poll.Take());
    }

    [Fact]
    public void Nothing_is_lost_between_two_polls()
    {
        RigPeer poll = rig.Connect().Get("/poll?channel=a");
        rig.Publish("channel=a", "one");
        rig.Publish("channel=a", "two");
        Assert.Contains("],\"cursor\":\"epoch001-1\"}", poll.Take());
        Assert.Contains("\"data\":\"two\"", rig.Get("/poll?channel=a&cursor=epoch001-1"));
    }

    [Fact]
    public async Task A_connection_serves_its_next_request_after_a_held_poll()
    {
        RigPeer poll = rig.Connect().Get("/poll?channel=a&wait=10").Get("/healthz");
        rig.Time.Advance(10_000);
        Assert.StartsWith("HTTP/1.1 204 ", await poll.Until("ok\n"));
    }

    [Fact]
    public void Deletion_of_its_last_channel_is_410()
    {
        RigPeer one = rig.Connect().Get("/poll?channel=a"), two = rig.Connect().Get("/poll?channel=a&channel=b");
        Assert.StartsWith("HTTP/1.1 204 ", rig.Answer(ServerRig.Request("DELETE", "/channels/a")));

        string answer = one.Take();
        Assert.Equal("410 channel-deleted", ServerRig.Outcome(answer));
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer);
        Assert.Equal("", two.Take());
        rig.Answer(ServerRig.Request("DELETE", "/channels/b"));
        Assert.Equal("410 channel-deleted", ServerRig.Outcome(two.Take()));
    }

    [Fact]
    public void A_drain_is_503_with_Retry_After()
    {
        RigPeer poll = rig.Connect().Get("/poll?channel=a");
        _ = rig.Server.DrainAsync();

        string answer = poll.Take();
        Assert.Equal("503 draining", ServerRig.Outcome(answer));
        Assert.Contains("\r\nConnection: close\r\nCache-Control: no-store\r\nRetry-After: 2\r\n", answer);
    }

    [Fact]
    public void A_poll_that_comes_while_draining_is_503_too()
    {
        RigPeer poll = rig.Connect().Send("GET /poll?channel=a HTTP/1.1\r\n");
        _ = rig.Server.DrainAsync();
        Assert.Equal("503 draining", ServerRig.Outcome(poll.Send("Host: localhost\r\n\r\n").Take()));
    }

    [Fact]
    public async Task A_client_that_left_is_counted_no_more()
    {
        RigPeer poll = rig.Connect().Get("/poll?channel=a");
        Assert.Contains("\"poll\":1}", rig.Get("/channels/a"));
        await poll.Ended();
        Assert.Contains("\"poll\":0}", rig.Get("/channels/a"));
        Assert.StartsWith("HTTP/1.1 202 ", rig.Publish("channel=a", "m"));
    }

    [Fact] // docs/tokens.md: exp, and 5 s for clocks that differ
    public void One_is_held_no_longer_than_its_token_lasts()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = asking.Connect().Get($"/poll?channel=a&wait=60&token={Tokens.Until(10)}");
        asking.Time.Advance(14_800);
        Assert.Equal("", peer.Take());
        asking.Time.Advance(300);
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", peer.Take());
    }
}
