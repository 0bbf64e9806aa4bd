namespace RawRealtime.Bench.Idle;

/// <summary>A kind of subscriber that waits for news, and how it begins.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Request">What it sends.</param>
/// <param name="Begins">What the server has said when it is open; empty for one that is answered when there is news.</param>
internal sealed record IdleKind(string Name, string Request, string Begins)
{
    public static readonly IdleKind[] All =
    [
        new("held poll", "GET /poll?channel=idle&wait=120 HTTP/1.1\r\nHost: localhost\r\n\r\n", ""),
        new("event stream", "GET /events?channel=idle HTTP/1.1\r\nHost: localhost\r\n\r\n", "event: position"),
        new("WebSocket", "GET /ws?channel=idle HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", "101 "),
        new("WebSocket, compression agreed", "GET /ws?channel=idle HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "permessage-deflate"),
    ];
}
