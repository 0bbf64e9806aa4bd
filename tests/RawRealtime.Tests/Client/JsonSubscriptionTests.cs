using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class JsonSubscriptionTests
{
    [Fact]
    public async Task Each_event_is_a_line()
    {
        MemoryStream output = new();
        JsonSubscription json = new(output);
        json.Began("long poll", new("e-1", false, "evicted", [new("a", "evicted")]));
        await json.MessageAsync(new("e-2", "a", "e-2", "n", "ü", false, "t"));
        await json.MessageAsync(new("e-3", "a", "e-3", null, "AAEC", true, "t"));
        json.Failed(new("channel-deleted", "gone", "a"));
        json.FellBack("x", "y", new(ClientExit.Lost, "broken", "It broke."));
        json.Broke(new(ClientExit.Lost, "broken", "It broke."), TimeSpan.FromSeconds(0.5));
        json.Ended(new(ClientExit.Normal, "done", "Done."), "e-3");
        Assert.Equal("""
            {"type":"position","transport":"long poll","from":"e-1","recovered":false,"reason":"evicted","lost":[{"channel":"a","reason":"evicted"}]}
            {"type":"message","cursor":"e-2","channel":"a","id":"e-2","event":"n","data":"ü","time":"t"}
            {"type":"message","cursor":"e-3","channel":"a","id":"e-3","data":"AAEC","encoding":"base64","time":"t"}
            {"type":"error","code":"channel-deleted","detail":"gone","channel":"a"}
            {"type":"fallback","from":"x","to":"y","ending":"broken","detail":"It broke."}
            {"type":"broken","ending":"broken","detail":"It broke.","wait":0.5}
            {"type":"ended","cursor":"e-3","ending":"done","detail":"Done.","exit":0}

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(output.ToArray()));
    }
}
