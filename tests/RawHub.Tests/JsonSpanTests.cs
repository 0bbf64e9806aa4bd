using System.Text;
using System.Text.Json;

namespace RawHub.Tests;

public sealed class JsonSpanTests
{
    /// <summary>RFC 8259 §7: any text comes back from a JSON reader as it was, and fits where it was told to.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ slash /")]
    [InlineData("\0\u0001\b\t\n\f\r\u001f\u007f")]
    [InlineData("grüße ☃ 😀 \u2028\u2029")]
    [InlineData("<script>&'</script>")]
    public void A_string_reads_back_as_it_was_and_stays_within_its_bound(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] fromBytes = new byte[JsonSpan.MaxLengthOf(utf8)], fromChars = new byte[JsonSpan.MaxLengthOf(text)];
        JsonSpan bytes = new(fromBytes), chars = new(fromChars);
        bytes.String(utf8);
        chars.String(text);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(fromBytes.AsSpan(0, bytes.Length)));
        Assert.Equal(text, JsonSerializer.Deserialize<string>(fromChars.AsSpan(0, chars.Length)));
    }

    [Theory]
    [InlineData("a\nb", "\"a\\nb\"")]
    [InlineData("\"", "\"\\\"\"")]
    [InlineData("\u0000", "\"\\u0000\"")]
    [InlineData("é<", "\"é<\"")]
    public void Only_what_json_forbids_is_escaped(string text, string json)
    {
        byte[] into = new byte[100];
        JsonSpan span = new(into);
        span.String(text);
        Assert.Equal(json, Encoding.UTF8.GetString(into, 0, span.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void Base64_reads_back_as_it_was_and_has_the_length_told(int count)
    {
        byte[] bytes = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))], into = new byte[JsonSpan.LengthOfBase64(count)];
        JsonSpan span = new(into);
        span.Base64String(bytes);
        Assert.Equal(into.Length, span.Length);
        Assert.Equal(bytes, JsonSerializer.Deserialize<byte[]>(into));
    }
}
