using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>
/// Offers of extensions at the opening, which the Autobahn suite hardly varies: what breaks the grammar is refused (RFC 6455 §9.1), what
/// can't be met is declined (RFC 7692 §7.1), the first that can is accepted (§5.1). Against the server as people run it, which forgets context.
/// </summary>
public sealed class OpeningExtensionTests : IAsyncLifetime
{
    const string Both = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    readonly RunningServer server = RunningServer.Start();

    public static TheoryData<string, string, string?> Offers => new()
    {
        { "RFC 7692 §7", "permessage-deflate", Both },
        { "RFC 9110 §5.6.2", "PerMessage-Deflate; Server_Max_Window_Bits=9", Both + "; server_max_window_bits=9" },
        { "RFC 7692 §7.1.1", "permessage-deflate; client_no_context_takeover; server_no_context_takeover", Both },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=8", Both + "; server_max_window_bits=8" },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=15", Both + "; server_max_window_bits=15" },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits", Both },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits=8", Both + "; client_max_window_bits=8" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=\"10\"", Both + "; server_max_window_bits=10" },
        { "RFC 6455 §9.1", "permessage-deflate ;\t server_max_window_bits=10", Both + "; server_max_window_bits=10" },
        { "RFC 9110 §5.6.1", ", ,permessage-deflate, ,", Both },
        // several, in their order
        { "RFC 7692 §5.1", "permessage-deflate; server_max_window_bits=9, permessage-deflate", Both + "; server_max_window_bits=9" },
        { "RFC 7692 §5.1", "permessage-deflate, permessage-deflate; server_max_window_bits=9", Both },
        { "RFC 7692 §7", "permessage-deflate; server_max_window_bits=7, permessage-deflate; server_max_window_bits=11", Both + "; server_max_window_bits=11" },
        { "RFC 7692 §7", "permessage-deflate; nobodys, permessage-deflate; server_max_window_bits=11", Both + "; server_max_window_bits=11" },
        { "RFC 6455 §9.1", "nobodys, another; a=b, permessage-deflate; server_max_window_bits=12", Both + "; server_max_window_bits=12" },
        { "RFC 6455 §9.1", "permessage-deflate; nobodys\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12", Both + "; server_max_window_bits=12" },
        // windows that are none: declined
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=7", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=16", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=010", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=+10", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=-10", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=0", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=1", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=10.0", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=0xA", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=100", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=4294967306", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits", null },
        { "RFC 7692 §7.1.2.1", "permessage-deflate; server_max_window_bits=\"010\"", null },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits=7", null },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits=16", null },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits=010", null },
        { "RFC 7692 §7.1.2.2", "permessage-deflate; client_max_window_bits=+10", null },
        // other parameters that are none: declined
        { "RFC 7692 §7.1.1.1", "permessage-deflate; server_no_context_takeover=true", null },
        { "RFC 7692 §7.1.1.2", "permessage-deflate; client_no_context_takeover=1", null },
        { "RFC 7692 §7.1", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", null },
        { "RFC 7692 §7.1", "permessage-deflate; client_max_window_bits; client_max_window_bits=9", null },
        { "RFC 7692 §7.1", "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9", null },
        { "RFC 7692 §7.1", "permessage-deflate; nobodys", null },
        { "RFC 6455 §9.1", "x-webkit-deflate-frame", null },
        { "RFC 6455 §9.1", "deflate", null },
    };

    public static TheoryData<string, string> Broken => new()
    {
        { "RFC 6455 §9.1", "" },
        { "RFC 9110 §5.6.1", " , ," },
        { "RFC 6455 §9.1", "permessage-deflate;" },
        { "RFC 6455 §9.1", "permessage-deflate; ; a" },
        { "RFC 6455 §9.1", "; server_max_window_bits=9" },
        { "RFC 6455 §9.1", "=9" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=\"\"" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=\"10" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=\"1 0\"" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits=10\"" },
        { "RFC 6455 §9.1", "permessage-deflate; server_max_window_bits = 10" },
        { "RFC 6455 §9.1", "permessage-deflate; a=\"b,c\"" },
        { "RFC 6455 §9.1", "permessage-deflate; =10" },
        { "RFC 6455 §9.1", "permessage-deflate server_max_window_bits=10" },
        { "RFC 6455 §9.1", "permessage-deflate=10" },
        { "RFC 6455 §9.1", "permessage/deflate" },
        { "RFC 6455 §9.1", "\"permessage-deflate\"" },
        { "RFC 6455 §9.1", "permessage-deflate, (comment)" },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task An_offer_is_accepted_or_declined(string clause, string offer, string? answer)
    {
        Assert.NotEmpty(clause);
        using RawClient client = await RawClient.OpenAsync(server.Port, $"Sec-WebSocket-Extensions: {offer}\r\n");
        Assert.Equal(answer, client.Field("Sec-WebSocket-Extensions"));
        if (answer is not null)
        {
            client.Inflater = new(false);
            await client.SendFramesAsync(Of(1 | Rsv1, Hex("F2 48 CD C9 C9 07 00")), Close(1000));
            Assert.Equal([Back.Text("Hello"), Back.Close(1000)], await client.ReceiveToEndAsync());
            return;
        }
        await client.SendFramesAsync(Text("plain"), Of(1 | Rsv1, Hex("F2 48 CD C9 C9 07 00")));
        Assert.Equal([Back.Text("plain"), Back.Close(1002)], await client.ReceiveToEndAsync()); // nothing was agreed: RFC 6455 §5.2
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task An_offer_that_breaks_the_grammar_is_refused(string clause, string offer)
    {
        Assert.NotEmpty(clause);
        using RawClient client = await RawClient.DialAsync(server.Port);
        await client.SendAsync(Utf8(RawClient.Request($"Sec-WebSocket-Extensions: {offer}\r\n")));
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains("\"bad-extension-offer\"", await client.ReadTextAsync(int.Parse(client.Field("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture)), StringComparison.Ordinal);
    }
}
