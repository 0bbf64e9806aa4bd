using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class FilePathTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/a", "a")]
    [InlineData("/a/b.html", "a/b.html")]
    [InlineData("/a/", "a/")]
    [InlineData("/a.b.c", "a.b.c")]
    [InlineData("/a..b", "a..b")]
    [InlineData("/%61%2Ehtml", "a.html")]
    [InlineData("/a%20b", "a b")]
    [InlineData("/a+b", "a+b")]                      // a plus is a plus
    [InlineData("/%C3%A4", "\xC3\xA4")]
    [InlineData("/%F0%9F%98%80", "\xF0\x9F\x98\x80")]
    [InlineData("/~a/@b", "~a/@b")]
    // decoded once: RFC 3986 §2.4
    [InlineData("/%252e%252e/a", "%2e%2e/a")]
    [InlineData("/%252f", "%2f")]
    [InlineData("/%25", "%")]
    public void A_path_becomes_that_of_a_file(string path, string file) => Assert.Equal((HttpFault.None, file), Read(path));

    public static TheoryData<string, HttpFault, string> Refused => new()
    {
        // clause               fault                            paths
        { "RFC 3986 §2.2",      HttpFault.PathHasEncodedSlash,   "/%2f|/%2F|/a%2fb|/a/%2e%2e%2fb|/..%2f..%2fetc/passwd|/a%2F" },
        { "RFC 9110 §17.3",     HttpFault.EscapedControl,        "/%00|/a%00.html|/a.html%00|/%0a|/%0D|/%1f|/%7F|/\0" },
        { "RFC 9110 §17.3",     HttpFault.PathHasBackslash,      "/%5c|/%5C|/a%5cb|/..%5c..%5cboot.ini|/\\" },
        { "RFC 3629 §3",        HttpFault.PathNotUtf8,           "/%80|/%FF|/%C3|/a%C3/b|/%E4" },
        { "RFC 3629 §3",        HttpFault.PathNotUtf8,           "/%C0%AF|/%C0%AE%C0%AE/a|/%E0%80%AF|/%F0%80%80%AF" }, // overlong slash and dots
        { "RFC 3629 §3",        HttpFault.PathNotUtf8,           "/%ED%A0%80|/%F4%90%80%80|/%F8%88%80%80%80" },       // a surrogate, and past U+10FFFF
        { "RFC 9110 §17.3",     HttpFault.PathHasEmptySegment,   "//|//a|/a//b|/a//|//example.org/" },
        { "RFC 3986 §3.3",      HttpFault.PathHasDotSegment,     "/.|/..|/./a|/../a|/a/..|/a/../b|/a/.|/%2e|/%2e%2e|/%2E./a|/.%2e/a|/a/%2e%2e/%2e%2e/b" },
        { "RFC 9110 §17.3",     HttpFault.PathIsHidden,          "/.git|/.git/config|/a/.env|/%2egit|/...|/..a|/.well-known/x" },
        { "RFC 9110 §17.3",     HttpFault.PathNotPortable,       "/a.|/a.html.|/a%20|/a%20/b|/a./b|/c:|/c:/a|/a.txt::$DATA|/%3a|/a%2e" },
        { "RFC 3986 §2.1",      HttpFault.BadEscape,             "/%|/%4|/%zz|/a%%41" },
        { "RFC 9112 §3.2.1",    HttpFault.BadTarget,             "|a|*|%2f" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_path_that_could_lead_elsewhere_is_refused(string clause, HttpFault fault, string paths)
    {
        Assert.NotEmpty(clause);
        foreach (string path in paths.Split('|'))
            Assert.Equal((path, fault, ""), (path, Read(path).Fault, Read(path).File));
    }

    [Fact]
    public void Without_room_it_is_our_mistake() => Assert.Throws<ArgumentException>(() => FilePath.Read("/abc"u8, new byte[2], out _));

    [Fact]
    public void Whatever_is_let_through_stays_below()
    {
        var random = new Random(1738);
        string[] pieces = ["/", "/", ".", "..", "a", "%2e", "%2f", "%5c", "%00", ":", "%C0%AE", "%", "2e", "%25", " ", "b"];
        string root = Path.GetFullPath("/root/") + "";
        for (int round = 0; round < 50_000; round++)
        {
            string path = "/";
            for (int i = random.Next(8); i > 0; i--) path += pieces[random.Next(pieces.Length)];
            (HttpFault fault, string file) = Read(path);
            if (fault == HttpFault.None) Assert.StartsWith(root, Path.GetFullPath(Path.Combine(root, file)), StringComparison.Ordinal);
            else Assert.Empty(file);
        }
    }

    static (HttpFault Fault, string File) Read(string path)
    {
        byte[] into = new byte[path.Length];
        HttpFault fault = FilePath.Read(Bytes.Of(path), into, out int written);
        return (fault, Bytes.Text(into.AsSpan(0, written)));
    }
}
