using System.Text;
using RawHttp.Wire;
using RawSse.Wire;
using Testing;

namespace RawSse.Tests.Wire;

public class EventReaderTests
{
    /// <summary>Every cut gives the same events: <c>name(id):data</c>, then the retry time when one was given.</summary>
    static string Events(ReadOnlySpan<byte> stream, int maxEventBytes = 1 << 20) => AllSplits.Outcome(stream, () =>
    {
        EventReader reader = new(maxEventBytes);
        List<string> seen = [];
        int Turn(ReadOnlySpan<byte> unread, bool isEnd)
        {
            ReadStatus status = reader.Read(unread, out int consumed);
            if (status == ReadStatus.Done) seen.Add($"{reader.Name}({reader.LastId}):{reader.DataText}");
            if (status == ReadStatus.Invalid && !seen.Contains($"{reader.Fault}")) seen.Add($"{reader.Fault}");
            return status == ReadStatus.Invalid ? unread.Length : consumed;
        }
        return (Turn, () => string.Join(" / ", seen) + (reader.RetryMilliseconds is { } retry ? $" retry {retry}" : ""));
    });

    static string Events(string stream) => Events(Encoding.UTF8.GetBytes(stream));

    [Fact]
    public void HTML_9_2_6_the_stock_example_is_one_event_of_three_lines() =>
        Assert.Equal("message():YHOO\n+2\n10", Events("data: YHOO\ndata: +2\ndata: 10\n\n"));

    [Fact]
    public void HTML_9_2_6_the_four_blocks_give_three_events_and_an_empty_id_forgets_the_last() =>
        Assert.Equal("message(1):first event / message():second event / message(): third event",
            Events(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"));

    [Fact]
    public void HTML_9_2_6_a_data_field_without_a_value_is_an_empty_line_and_the_unfinished_block_is_discarded() =>
        Assert.Equal("message(): / message():\n", Events("data\n\ndata\ndata\n\ndata:"));

    [Fact]
    public void HTML_9_2_6_one_space_after_the_colon_is_ignored() =>
        Assert.Equal("message():test / message():test", Events("data:test\n\ndata: test\n\n"));

    public static TheoryData<string, string, string> Rows => new()
    {
        // HTML                   stream                                      events
        { "9.2.5 CR",             "data: a\rdata: b\r\r",                     "message():a\nb" },
        { "9.2.5 CRLF",           "data: a\r\ndata: b\r\n\r\n",               "message():a\nb" },
        { "9.2.5 mixed",          "data: a\r\n\rdata: b\n\r\n",               "message():a / message():b" },
        { "9.2.5 BOM",            "\uFEFFdata: a\n\n",                        "message():a" },
        { "9.2.5 one BOM only",   "\uFEFF\uFEFFdata: a\n\n",                  "" },
        { "9.2.5 BOM inside",     "data: \uFEFFa\n\n",                        "message():\uFEFFa" },
        { "9.2.5 unfinished",     "data: a\n",                                "" },
        { "9.2.6 comment",        ":data: a\n:\n\n",                          "" },
        { "9.2.6 event",          "event: e\ndata: a\n\ndata: b\n\n",         "e():a / message():b" },
        { "9.2.6 last event wins", "event: e\nevent: f\ndata: a\n\n",         "f():a" },
        { "9.2.6 no data",        "event: e\n\ndata: a\n\n",                  "message():a" },
        { "9.2.6 id without data", "id: 7\n\ndata: a\n\n",                    "message(7):a" },
        { "9.2.6 id stays",       "id: 7\ndata: a\n\ndata: b\n\n",            "message(7):a / message(7):b" },
        { "9.2.6 NUL in id",      "id: 7\nid: 8\0\ndata: a\n\n",              "message(7):a" },
        { "9.2.6 id not yet",     "id: 7\n",                                  "" },
        { "9.2.6 retry",          "retry: 0250\n\n",                          " retry 250" },
        { "9.2.6 retry letters",  "retry: 250ms\n\n",                         "" },
        { "9.2.6 retry sign",     "retry: +250\n\n",                          "" },
        { "9.2.6 retry empty",    "retry: 1\nretry\n\n",                      " retry 1" },
        { "9.2.6 retry huge",     "retry: 99999999999999999999\n\n",          " retry 9223372036854775807" },
        { "9.2.6 exact names",    "Data: a\n data: b\ndata : c\nxdata: d\n\n", "" },
        { "9.2.6 colon in data",  "data: a:b: c\n\n",                         "message():a:b: c" },
        { "9.2.6 NUL in data",    "data: a\0b\n\n",                           "message():a\0b" },
        { "9.2.6 empty stream",   "\n\n\r\r\r\n",                             "" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Each_rule_holds_at_every_cut(string rule, string stream, string expected)
    {
        Assert.NotEmpty(rule);
        Assert.Equal(expected, Events(stream));
    }

    [Fact]
    public void Bytes_that_only_begin_like_a_BOM_are_text() => Assert.Equal("message():a", Events([0xEF, 0xBB, .. "x\ndata: a\n\n"u8]));

    [Fact]
    public void What_is_not_UTF_8_becomes_a_replacement_character() => Assert.Equal("message():\uFFFD", Events([.. "data: "u8, 0xFF, .. "\n\n"u8]));

    [Theory]
    [InlineData("data: 12\n\n", "message():12")]
    [InlineData("data: 123\n\n", nameof(SseFault.EventTooLarge))]
    [InlineData("data: a\n\n:2345678\n\n", "message():a")]
    [InlineData("data: a\n\n:23456789\n\n", "message():a / " + nameof(SseFault.EventTooLarge))]
    [InlineData("data: a\ndata: b\ndata: c\ndata: d\ndata: e\n\n", nameof(SseFault.EventTooLarge))]
    public void EventTooLarge_bounds_a_line_and_the_data_of_an_event(string stream, string expected) =>
        Assert.Equal(expected, Events(Encoding.UTF8.GetBytes(stream), maxEventBytes: 8));
}
