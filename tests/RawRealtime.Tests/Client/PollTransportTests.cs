using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class PollTransportTests
{
    readonly TransportTalk talk = new(SubscribeVia.Poll);

    [Fact]
    public Task Messages_come_in_order_and_a_cursor_goes_on_behind_them() => talk.GoesOnBehindItsCursor();

    [Fact]
    public Task What_is_missing_is_told() => talk.TellsWhatIsMissing();

    [Theory] // what the server answers, exit code
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    public Task A_refusal_is_told(string answer, int expected) => talk.TellsARefusal(answer, expected);
}
