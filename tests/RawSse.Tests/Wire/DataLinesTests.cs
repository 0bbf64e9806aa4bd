using System.Text;
using RawSse.Wire;

namespace RawSse.Tests.Wire;

public class DataLinesTests
{
    static string[] Lines(string text)
    {
        List<string> seen = [];
        DataLines lines = new(Encoding.UTF8.GetBytes(text));
        while (lines.MoveNext()) seen.Add(Encoding.UTF8.GetString(lines.Current));
        Assert.False(lines.MoveNext());
        return [.. seen];
    }

    public static TheoryData<string, string, string[]> Rows => new()
    {
        // HTML                    text          lines
        { "9.2.5 no line end",     "a",          ["a"] },
        { "9.2.5 empty text",      "",           [""] },
        { "9.2.5 LF",              "a\nb",       ["a", "b"] },
        { "9.2.5 CR",              "a\rb",       ["a", "b"] },
        { "9.2.5 CRLF is one end", "a\r\nb",     ["a", "b"] },
        { "9.2.5 LFCR is two",     "a\n\rb",     ["a", "", "b"] },
        { "9.2.5 CRCRLF is two",   "a\r\r\nb",   ["a", "", "b"] },
        { "9.2.5 ends at LF",      "a\n",        ["a", ""] },
        { "9.2.5 ends at CR",      "a\r",        ["a", ""] },
        { "9.2.5 ends at CRLF",    "a\r\n",      ["a", ""] },
        { "9.2.5 only line ends",  "\n\r\n\r",   ["", "", "", ""] },
        { "9.2.5 no other end",    "a\v\f\0\u0085\u2028b", ["a\v\f\0\u0085\u2028b"] },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_text_has_one_line_more_than_it_has_line_ends(string rule, string text, string[] lines)
    {
        Assert.NotEmpty(rule);
        Assert.Equal(lines, Lines(text));
    }
}
