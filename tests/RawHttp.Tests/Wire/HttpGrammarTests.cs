using System.Buffers;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpGrammarTests
{
    [Fact]
    public void Token_characters_are_the_77_of_the_RFC()
    {
        const string delimiters = "\"(),/:;<=>?@[\\]{}"; // RFC 9110 §5.6.2: VCHAR except these
        Assert.All(Enumerable.Range(0, 256), b =>
            Assert.Equal(b is > 0x20 and < 0x7F && !delimiters.Contains((char)b), HttpGrammar.TokenCharacters.Contains((byte)b)));
    }

    [Fact]
    public void Field_values_take_everything_but_controls() => Assert.All(Enumerable.Range(0, 256), b =>
        Assert.Equal(b == '\t' || (b >= 0x20 && b != 0x7F), HttpGrammar.FieldValueCharacters.Contains((byte)b)));

    [Fact]
    public void Quoted_text_takes_everything_but_controls_quote_and_backslash_and_those_two_behind_a_backslash() => Assert.All(Enumerable.Range(0, 256), b =>
    {
        bool isText = b == '\t' || (b >= 0x20 && b != 0x7F); // RFC 9110 §5.6.4
        Assert.Equal(isText, HttpGrammar.IsQuotedPairTail((byte)b));
        Assert.Equal(isText && b != '"' && b != '\\', HttpGrammar.IsQuotedText((byte)b));
    });

    public static TheoryData<string, string, string> NotIn => new()
    {
        // production         set      characters that must not be in it
        { "3986 §3.3 path",   "path",  "?#[]\\\"<>^`{|} \x7F\x80\0" },
        { "3986 §3.4 query",  "query", "#\"<> \x7F\x80\0" },
        { "3986 §3.2.2 host", "host",  ":/?#[]@,%!$&'()*+;= \0\x80" },
    };

    [Theory, MemberData(nameof(NotIn))]
    public void Delimiters_of_the_next_production_are_not_in_this_one(string production, string set, string characters)
    {
        SearchValues<byte> values = set switch { "path" => HttpGrammar.PathCharacters, "query" => HttpGrammar.QueryCharacters, _ => HttpGrammar.HostCharacters };
        Assert.All(characters, c => Assert.False(values.Contains((byte)c), $"{production}: {(int)c:x2}"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t ", "")]
    [InlineData(" a b\t", "a b")]
    [InlineData("\x0B" + "a", "\x0B" + "a")]
    public void White_space_is_space_and_tab_only(string text, string expected) => Assert.Equal(expected, Bytes.Text(HttpGrammar.WithoutOws(Bytes.Of(text)).Of(Bytes.Of(text))));

    [Fact]
    public void Hex_digits_are_22() => Assert.Equal(22, Enumerable.Range(0, 256).Count(b => HttpGrammar.HexValue((byte)b) >= 0));
}
