using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Defaults: what pages of other origins may read. WHATWG Fetch §3.2.</summary>
public sealed class CorsTests
{
    const string Credentials = "Access-Control-Allow-Credentials: true\r\n";
    const string Preflight = "Access-Control-Request-Method: POST\r\n";

    static string Get(string[] allowed, string fields)
    {
        using ServerRig rig = new(new() { AllowedOrigins = allowed });
        return rig.Get("/healthz", fields);
    }

    [Fact]
    public void Without_allow_origin_no_field_of_it_is_sent() => Assert.Equal(
        ServerRig.Answered("200 OK", "", "text/plain; charset=utf-8", "ok\n"), Get([], "Origin: https://friend.example\r\n"));

    [Theory]
    [InlineData("https://friend.example", "https://friend.example", Credentials)]
    [InlineData("https://friend.example *", "https://friend.example", Credentials)]
    [InlineData("https://friend.example *", "https://anyone.example", "")]
    [InlineData("*", "https://anyone.example", "")]
    [InlineData("https://friend.example", "http://localhost", Credentials)]
    public void An_allowed_origin_may_read_and_a_named_one_with_cookies(string allowed, string origin, string credentials) => Assert.Equal(
        ServerRig.Answered("200 OK", $"Vary: Origin\r\nAccess-Control-Allow-Origin: {origin}\r\n{credentials}Access-Control-Expose-Headers: ETag, Retry-After, RawRealtime-Position, WWW-Authenticate\r\n", "text/plain; charset=utf-8", "ok\n"),
        Get(allowed.Split(' '), $"Origin: {origin}\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData("Origin: https://evil.example\r\n")]
    [InlineData("Origin: null\r\n")]
    [InlineData("Origin: https://friend.example\r\nOrigin: https://friend.example\r\n")]
    public void Nobody_else_may_and_caches_are_told_that_it_depends(string fields) => Assert.Equal(
        ServerRig.Answered("200 OK", "Vary: Origin\r\n", "text/plain; charset=utf-8", "ok\n"), Get(["https://friend.example"], fields));

    [Fact]
    public void A_refusal_can_be_read_too()
    {
        using ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });
        Assert.Contains("\r\nAccess-Control-Allow-Origin: https://friend.example\r\n", rig.Get("/poll?channel=", "Origin: https://friend.example\r\n"));
        Assert.Contains("\r\nAccess-Control-Allow-Origin: https://friend.example\r\n", rig.Get("/none", "Origin: https://friend.example\r\n"));
    }

    [Fact]
    public void A_preflight_of_an_allowed_origin_is_told_what_it_may()
    {
        using ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });
        Assert.Equal(
            $"HTTP/1.1 204 No Content\r\n{ServerRig.Date}Vary: Origin\r\nAccess-Control-Allow-Origin: https://friend.example\r\n{Credentials}Access-Control-Expose-Headers: ETag, Retry-After, RawRealtime-Position, WWW-Authenticate\r\n"
            + "Access-Control-Allow-Methods: GET, POST, DELETE\r\nAccess-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer\r\nAccess-Control-Max-Age: 600\r\n\r\n",
            rig.Answer(ServerRig.Request("OPTIONS", "/publish", "Origin: https://friend.example\r\n" + Preflight)));
    }

    [Fact]
    public void A_preflight_of_a_foreign_origin_names_no_origin()
    {
        using ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });
        Assert.DoesNotContain("Access-Control-Allow-Origin", rig.Answer(ServerRig.Request("OPTIONS", "/publish", "Origin: https://evil.example\r\n" + Preflight)));
    }

    [Fact]
    public void Without_allow_origin_a_preflight_is_an_empty_204()
    {
        using ServerRig rig = new();
        Assert.Equal($"HTTP/1.1 204 No Content\r\n{ServerRig.Date}\r\n", rig.Answer(ServerRig.Request("OPTIONS", "/publish", "Origin: https://friend.example\r\n" + Preflight)));
    }

    [Theory]
    [InlineData("OPTIONS", "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n", true)]
    [InlineData("OPTIONS", "Origin: https://a.example\r\n", false)]
    [InlineData("OPTIONS", "Access-Control-Request-Method: POST\r\n", false)]
    [InlineData("GET", "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n", false)]
    public void A_preflight_is_known_by_method_and_two_fields(string method, string fields, bool expected)
    {
        RawHttp.Wire.RequestHead head = new();
        new RawHttp.Wire.RequestHeadReader(new()).Read(System.Text.Encoding.ASCII.GetBytes(ServerRig.Request(method, "/", fields)), head);
        Assert.Equal(expected, Cors.IsPreflight(head));
    }
}
