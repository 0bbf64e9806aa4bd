using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class CookieReaderTests
{
    [Theory]
    // RFC 6265bis §4.2.1: cookie-string = cookie-pair *( ";" SP cookie-pair )
    [InlineData("SID=31d4d96e407aad42", "[SID|31d4d96e407aad42]")]
    [InlineData("SID=31d4; lang=en-US", "[SID|31d4][lang|en-US]")]
    [InlineData("b=2; a=1; b=3", "[b|2][a|1][b|3]")]
    // RFC 6265bis §5.6: the first "=" separates
    [InlineData("a=b=c", "[a|b=c]")]
    [InlineData("a==", "[a|=]")]
    // white space around name and value goes, inside it stays
    [InlineData("a=1;b=2", "[a|1][b|2]")]
    [InlineData(" a \t= 1 2\t;  b=2", "[a|1 2][b|2]")]
    [InlineData("a b=1", "[a b|1]")]
    // a cookie that has no name, one that has no value, and none at all
    [InlineData("lonely", "[|lonely]")]
    [InlineData("=value", "[|value]")]
    [InlineData("==value", "[|=value]")]
    [InlineData("name=", "[name|]")]
    [InlineData("=", "")]
    [InlineData(" = ; ;", "")]
    [InlineData("", "")]
    [InlineData(";;a=1;;", "[a|1]")]
    // quotes and commas mean nothing
    [InlineData("a=\"1;2\"", "[a|\"1][|2\"]")]
    [InlineData("a=\"1\", b=2", "[a|\"1\", b=2]")]
    // any byte that a field may hold
    [InlineData("\x80=\xFF; \\=%00", "[\x80|\xFF][\\|%00]")]
    // several lines
    [InlineData("a=1\r\nX: y\r\ncookie: b=2; c=3", "[a|1][b|2][c|3]")]
    [InlineData("\r\nCookie:\r\nCookie: a=1", "[a|1]")]
    public void Cookies_are_walked_in_order(string value, string cookies)
    {
        var reader = new CookieReader(Requests.Read(Requests.With("Cookie: " + value)).Fields);
        string found = "";
        while (reader.MoveNext()) found += $"[{Bytes.Text(reader.Name)}|{Bytes.Text(reader.Value)}]";
        Assert.Equal(cookies, found);
        Assert.False(reader.MoveNext());
    }

    [Theory]
    [InlineData("a=1; SID=x; sid=y; SID=z", "x z")]
    [InlineData("sid=y", "")]
    public void A_cookie_is_found_by_its_name_with_its_case(string value, string values)
    {
        var reader = new CookieReader(Requests.Read(Requests.With("Cookie: " + value)).Fields);
        List<string> found = [];
        while (reader.MoveTo("SID"u8)) found.Add(Bytes.Text(reader.Value));
        Assert.Equal(values, string.Join(' ', found));
    }

    [Fact]
    public void Without_the_field_there_are_none() => Assert.False(new CookieReader(Requests.Read(Requests.With("X: y")).Fields).MoveNext());

    [Fact]
    public void Reading_allocates_nothing()
    {
        FieldLines fields = Requests.Read(Requests.With("Cookie: a=1; b=2; c")).Fields;
        Assert.Equal(3, Count(fields));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = Count(fields);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(3, count);
    }

    [Fact]
    public void Any_bytes_that_a_field_may_hold_are_cookies_that_hold_them_all()
    {
        var random = new Random(6265);
        byte[] value = new byte[24];
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < value.Length; i++) value[i] = "ab;;== \t\"\xFF"u8[random.Next(11)];
            var reader = new CookieReader(Requests.Read(Requests.With("Cookie: a=1" + Bytes.Text(value))).Fields);
            int kept = 0;
            while (reader.MoveNext()) kept += reader.Name.Length + reader.Value.Length;
            Assert.InRange(kept, 2, value.Length + 3);
        }
    }

    static int Count(FieldLines fields)
    {
        int count = 0;
        var reader = new CookieReader(fields);
        while (reader.MoveNext()) count++;
        return count;
    }
}
