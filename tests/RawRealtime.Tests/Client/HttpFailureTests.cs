using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class HttpFailureTests
{
    static async Task<(int Code, string Errors)> AgainstAsync(string answer)
    {
        using ScriptedServer server = new("", answer);
        (int code, string output, string errors) = await ClientRig.PublishAsync(new(new(new Uri($"http{server.Address.GetLeftPart(UriPartial.Authority)[2..]}"))) { Data = ["x"] });
        Assert.Equal("", output);
        Assert.Single(errors.Trim().Split('\n'));
        return (code, errors);
    }

    [Theory] // what the server answers, exit code, what is said
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused, "it answered 401. Show a token with --token-file.")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused, "it answered 404. Check --server")]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 39\r\n\r\n{\"code\":\"draining\",\"detail\":\"Stopping.\"}", ClientExit.Refused, "refused: it answered 503.")]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 40\r\n\r\n{\"code\":\"draining\",\"detail\":\"Stopping.\"}", ClientExit.Refused, "refused: Stopping.")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok", ClientExit.Fault, "The answer is not one of RawRealtime's.")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\nok", ClientExit.Fault, "Is it a web server at all?")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", ClientExit.Fault, "Is it a web server at all?")]
    [InlineData("", ClientExit.Lost, "closed the connection without an answer.")]
    public async Task A_cause_and_a_cure_are_told(string answer, int expected, string said)
    {
        (int code, string errors) = await AgainstAsync(answer);
        Assert.Equal(expected, code);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"a","detail":"b"}""", "a")]
    [InlineData("""{"code":"a"}""", null)]
    [InlineData("""{"code":1,"detail":"b"}""", null)]
    [InlineData("[]", null)]
    [InlineData("<html>", null)]
    public void A_problem_has_a_code_and_a_detail(string content, string? code) => Assert.Equal(code, HttpFailure.ReadProblem(Encoding.UTF8.GetBytes(content))?.Code);
}
