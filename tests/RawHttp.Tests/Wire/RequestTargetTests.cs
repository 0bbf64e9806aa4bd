using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class RequestTargetTests
{
    public static TheoryData<string, string, string, string> ValidTargets => new()
    {
        // clause                       method     target                        form authority path query
        { "9112 §3.2.1 root",           "GET",     "/",                          "Origin||/|" },
        { "9112 §3.2.1 query",          "GET",     "/a/b?c=d&e?f/g",             "Origin||/a/b|c=d&e?f/g" },
        { "9112 §3.2.1 escapes",        "GET",     "/%41?%2f",                   "Origin||/%41|%2f" },
        { "9112 §3.2.1 not controls",   "GET",     "/%20%7E?%00%0A",             "Origin||/%20%7E|%00%0A" },
        { "9112 §3.2.1 empty query",    "GET",     "/a?",                        "Origin||/a|" },
        { "9112 §3.2.1 two slashes",    "GET",     "//a",                        "Origin||//a|" },
        { "URL, what browsers send",    "GET",     "/?a[]={1|2}^`\\",            "Origin||/|a[]={1|2}^`\\" },
        { "9112 §3.2.2 absolute",       "GET",     "http://a:1/b?c",             "Absolute|a:1|/b|c" },
        { "9112 §3.2.2 scheme case",    "GET",     "HTTPS://a",                  "Absolute|a||" },
        { "9112 §3.2.2 query, no path", "GET",     "http://a?b",                 "Absolute|a||b" },
        { "9112 §3.2.3 authority",      "CONNECT", "a.example:443",              "Authority|a.example:443||" },
        { "9112 §3.2.4 asterisk",       "OPTIONS", "*",                          "Asterisk|||" },
    };

    [Theory, MemberData(nameof(ValidTargets))]
    public void The_four_forms_are_taken_apart(string clause, string method, string target, string expected)
    {
        byte[] bytes = Bytes.Of(target);
        Assert.Equal(HttpFault.None, RequestTarget.Read(bytes, HttpMethods.Of(Bytes.Of(method)), out RequestTarget parts));
        string actual = $"{parts.Form}|{Bytes.Text(parts.Authority.Of(bytes))}|{Bytes.Text(parts.Path.Of(bytes))}|{Bytes.Text(parts.Query.Of(bytes))}";
        Assert.Equal((clause, expected), (clause, actual));
    }

    public static TheoryData<string, string, string, HttpFault> BrokenTargets => new()
    {
        // clause                       method     target             named as
        { "9110 §7.1 fragment",         "GET",     "/a#b",            HttpFault.TargetHasFragment },
        { "9110 §7.1 fragment only",    "GET",     "#",               HttpFault.TargetHasFragment },
        { "9112 §3.2 relative",         "GET",     "a/b",             HttpFault.BadTarget },
        { "9112 §3.2 empty",            "GET",     "",                HttpFault.BadTarget },
        { "9112 §3.2 obs-text",         "GET",     "/\xE9",           HttpFault.BadTarget },
        { "9112 §3.2 NUL",              "GET",     "/\0",             HttpFault.BadTarget },
        { "9112 §3.2 DEL",              "GET",     "/\x7F",           HttpFault.BadTarget },
        { "9112 §3.2 quote",            "GET",     "/\"",             HttpFault.BadTarget },
        { "9112 §3.2 angle in query",   "GET",     "/?<",             HttpFault.BadTarget },
        { "9112 §3.2 bracket in path",  "GET",     "/[",              HttpFault.BadTarget },
        { "9112 §3.2 backslash",        "GET",     "/a\\b",           HttpFault.BadTarget },
        { "3986 §2.1 no digits",        "GET",     "/%",              HttpFault.BadEscape },
        { "3986 §2.1 one digit",        "GET",     "/%4",             HttpFault.BadEscape },
        { "3986 §2.1 no hex",           "GET",     "/?a=%4g",         HttpFault.BadEscape },
        { "3986 §7.3 NUL in disguise",  "GET",     "/a%00.html",      HttpFault.EscapedControl },
        { "3986 §7.3 CRLF likewise",    "GET",     "/a%0d%0Ab",       HttpFault.EscapedControl },
        { "3986 §7.3 last control",     "GET",     "/%41%1f",         HttpFault.EscapedControl },
        { "3986 §7.3 DEL",              "GET",     "http://a/%7F",    HttpFault.EscapedControl },
        { "9112 §3.2.2 no authority",   "GET",     "http:///a",       HttpFault.BadTarget },
        { "9112 §3.2.2 nothing",        "GET",     "http://",         HttpFault.BadTarget },
        { "9110 §4.2.4 userinfo",       "GET",     "http://u@a/",     HttpFault.BadTarget },
        { "9112 §3.2.2 other scheme",   "GET",     "ftp://a/",        HttpFault.BadTarget },
        { "9112 §3.2.3 not CONNECT",    "GET",     "a:80",            HttpFault.TargetFormNotAllowed },
        { "9112 §3.2.3 no port",        "CONNECT", "a",               HttpFault.BadTarget },
        { "9112 §3.2.3 empty port",     "CONNECT", "a:",              HttpFault.BadTarget },
        { "9112 §3.2.3 origin form",    "CONNECT", "/a",              HttpFault.TargetFormNotAllowed },
        { "9112 §3.2.3 asterisk",       "CONNECT", "*",               HttpFault.TargetFormNotAllowed },
        { "9112 §3.2.3 absolute",       "CONNECT", "http://a/",       HttpFault.BadTarget },
        { "9112 §3.2.4 not OPTIONS",    "GET",     "*",               HttpFault.TargetFormNotAllowed },
        { "9112 §3.2.4 more behind",    "OPTIONS", "*a",              HttpFault.BadTarget },
    };

    [Theory, MemberData(nameof(BrokenTargets))]
    public void A_broken_target_names_the_rule(string clause, string method, string target, HttpFault expected) =>
        Assert.Equal((clause, expected), (clause, RequestTarget.Read(Bytes.Of(target), HttpMethods.Of(Bytes.Of(method)), out _)));
}
