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
}
