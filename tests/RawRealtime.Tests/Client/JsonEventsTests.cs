using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class JsonEventsTests
{
    [Fact]
    public async Task Each_event_is_a_line_of_JSON()
    {
        MemoryStream output = new();
        JsonEvents events = new(output, new("ws://h/"));
        await events.MessageAsync(new(IsText: true, Encoding.UTF8.GetBytes("\"é\"\n\e[m")));
        await events.MessageAsync(new(IsText: false, new byte[] { 0, 255 }));
        events.Ended(new(ClientExit.Refused, "refused", "Not there."), null);
        Assert.Equal("""
            {"type":"message","data":"\"é\"\n\u001B[m"}
            {"type":"message","data":"AP8=","encoding":"base64"}
            {"type":"failed","ending":"refused","detail":"Not there.","exit":4}

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(output.ToArray()));
    }
}
