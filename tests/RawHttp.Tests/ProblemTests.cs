using System.Text.Json;

namespace RawHttp.Tests;

public class ProblemTests
{
    [Fact]
    public void A_problem_has_the_five_members_and_escapes_them()
    {
        using var json = JsonDocument.Parse(Problem.Write(404, "not-found", "a \"b\" \u0001 §"));
        Assert.Equal(["type", "title", "status", "detail", "code"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("about:blank", "Not Found", 404, "a \"b\" \u0001 §", "not-found"),
            (json.RootElement.GetProperty("type").GetString(), json.RootElement.GetProperty("title").GetString(), json.RootElement.GetProperty("status").GetInt32(),
                json.RootElement.GetProperty("detail").GetString(), json.RootElement.GetProperty("code").GetString()));
    }

    [Fact]
    public void Alone_it_is_a_whole_answer_that_closes()
    {
        string answer = Bytes.Text(Problem.Alone(RawHttp.Wire.HttpFault.PlainHttpOnTlsPort, "Fri, 02 Jan 2026 03:04:05 GMT"u8));
        string content = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal($"HTTP/1.1 400 Bad Request\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: application/problem+json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n{content}", answer);
        Assert.Contains("\"code\":\"plain-http-on-tls-port\"", content);
        Assert.Contains("https", content);
    }
}
