using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class SetCookieTests
{
    static SetCookie Named(string name, string value = "v") => new() { Name = name, Value = value };

    public static TheoryData<string, SetCookie, string> Written => new()
    {
        { "RFC 6265bis §4.1.1",     Named("SID", "31d4d96e407aad42"),                                      "SID=31d4d96e407aad42" },
        { "RFC 6265bis §4.1.1",     Named("a", ""),                                                        "a=" },
        { "RFC 6265bis §4.1.1",     Named("a", "\"quoted\""),                                              "a=\"quoted\"" },
        { "RFC 6265bis §4.1.1",     Named("a", "\"\""),                                                    "a=\"\"" },
        { "RFC 6265bis §4.1.1",     Named("!#$%&'*+-.^_`|~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"),              "!#$%&'*+-.^_`|~=!#$%&'()*+-./:<=>?@[]^_`{|}~" },
        { "RFC 6265bis §4.1.2",     Named("a") with { Path = "/x", Domain = "example.org" },               "a=v; Path=/x; Domain=example.org" },
        { "RFC 6265bis §4.1.2",     Named("a") with { MaxAgeSeconds = 60, ExpiresSeconds = 784_111_777 },  "a=v; Max-Age=60; Expires=Sun, 06 Nov 1994 08:49:37 GMT" },
        { "RFC 6265bis §4.1.2",     Named("a") with { Secure = true, HttpOnly = true },                    "a=v; Secure; HttpOnly" },
        { "RFC 6265bis §4.1.2.7",   Named("a") with { SameSite = SameSite.Strict },                        "a=v; SameSite=Strict" },
        { "RFC 6265bis §4.1.2.7",   Named("a") with { SameSite = SameSite.Lax },                           "a=v; SameSite=Lax" },
        { "RFC 6265bis §4.1.2.7",   Named("a") with { SameSite = SameSite.None, Secure = true },           "a=v; Secure; SameSite=None" },
        { "RFC 6265bis §4.1.3.1",   Named("__Secure-a") with { Secure = true, Domain = "a.example" },      "__Secure-a=v; Domain=a.example; Secure" },
        { "RFC 6265bis §4.1.3.2",   Named("__Host-a") with { Secure = true, Path = "/" },                  "__Host-a=v; Path=/; Secure" },
        { "RFC 6265bis §4.1.3",     Named("__Hosta"),                                                      "__Hosta=v" },
        { "RFC 6265bis §5.6",       Named("a", new('x', 4095)),                                            "a=" + new string('x', 4095) },
    };

    [Theory, MemberData(nameof(Written))]
    public void A_cookie_is_written(string clause, SetCookie cookie, string value)
    {
        Assert.NotEmpty(clause);
        Assert.Equal(value, Bytes.Text(cookie.ToFieldValue()));
    }

    public static TheoryData<string, SetCookie> Refused => new()
    {
        // the name
        { "RFC 6265bis §4.1.1", Named("") },
        { "RFC 6265bis §4.1.1", Named("a b") },
        { "RFC 6265bis §4.1.1", Named("a=b") },
        { "RFC 6265bis §4.1.1", Named("a;b") },
        { "RFC 6265bis §4.1.1", Named("a\r\nSet-Cookie: b") },
        { "RFC 6265bis §4.1.1", Named("ä") },
        { "RFC 6265bis §4.1.1", Named("š") }, // its low byte is a token character
        // the value
        { "RFC 6265bis §4.1.1", Named("a", "x;y") },
        { "RFC 6265bis §4.1.1", Named("a", "x,y") },
        { "RFC 6265bis §4.1.1", Named("a", "x y") },
        { "RFC 6265bis §4.1.1", Named("a", "x\\y") },
        { "RFC 6265bis §4.1.1", Named("a", "x\"y") },
        { "RFC 6265bis §4.1.1", Named("a", "\"") },
        { "RFC 6265bis §4.1.1", Named("a", "\"x\"y\"") },
        { "RFC 6265bis §4.1.1", Named("a", "x\r\nSet-Cookie: b=1") },
        { "RFC 6265bis §4.1.1", Named("a", "x\0") },
        { "RFC 6265bis §4.1.1", Named("a", "x\x7F") },
        { "RFC 6265bis §4.1.1", Named("a", "š") },
        { "RFC 6265bis §5.6",   Named("a", new('x', 4096)) },
        // the attributes
        { "RFC 6265bis §4.1.2.4", Named("a") with { Path = "x" } },
        { "RFC 6265bis §4.1.2.4", Named("a") with { Path = "" } },
        { "RFC 6265bis §4.1.2.4", Named("a") with { Path = "/x; Secure" } },
        { "RFC 6265bis §4.1.2.4", Named("a") with { Path = "/\n" } },
        { "RFC 6265bis §5.6",     Named("a") with { Path = "/" + new string('x', 1024) } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = ".example.org" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "example.org." } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "example..org" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "example.org; Path=/" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "-a" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = "a-" } },
        { "RFC 6265bis §4.1.2.3", Named("a") with { Domain = new('a', 254) } },
        { "RFC 6265bis §4.1.1",   Named("a") with { MaxAgeSeconds = 0 } },
        { "RFC 6265bis §4.1.1",   Named("a") with { MaxAgeSeconds = -1 } },
        { "RFC 6265bis §4.1.2.1", Named("a") with { ExpiresSeconds = long.MaxValue } },
        { "RFC 6265bis §4.1.2.7", Named("a") with { SameSite = (SameSite)9 } },
        { "RFC 6265bis §5.7",     Named("a") with { SameSite = SameSite.None } },
        // the prefixes, in any case
        { "RFC 6265bis §4.1.3.1", Named("__Secure-a") },
        { "RFC 6265bis §4.1.3.1", Named("__SECURE-a") },
        { "RFC 6265bis §4.1.3.2", Named("__Host-a") with { Path = "/" } },
        { "RFC 6265bis §4.1.3.2", Named("__Host-a") with { Secure = true } },
        { "RFC 6265bis §4.1.3.2", Named("__Host-a") with { Secure = true, Path = "/x" } },
        { "RFC 6265bis §4.1.3.2", Named("__host-a") with { Secure = true, Path = "/", Domain = "a.example" } },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_a_browser_would_drop_is_refused(string clause, SetCookie cookie)
    {
        Assert.NotEmpty(clause);
        Assert.ThrowsAny<ArgumentException>(cookie.ToFieldValue);
    }
}
