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

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            foreach ((string rule, string stream, string events) in EventStreamRows.All) rows.Add(rule, stream, events);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Each_rule_holds_at_every_cut(string rule, string stream, string expected)
    {
        Assert.NotEmpty(rule);
        Assert.Equal(expected, Events(stream).Split(" retry ")[0]);
    }

    [Theory]
    [InlineData("retry: 0250\n\n", " retry 250")]
    [InlineData("retry:250\n", " retry 250")] // at its line, not at the end of the event
    [InlineData("retry: 250\nretry: 9\n\n", " retry 9")]
    [InlineData("retry: 0\n\n", " retry 0")]
    [InlineData("retry: 99999999999999999999\n\n", " retry 9223372036854775807")]
    [InlineData("retry: 250", "")]
    [InlineData("retry: 250ms\n\n", "")]
    [InlineData("retry: +250\n\n", "")]
    [InlineData("retry: -1\n\n", "")]
    [InlineData("retry: 2.5\n\n", "")]
    [InlineData("retry:  250\n\n", "")] // one space goes, the other is no digit
    [InlineData("retry: 250 \n\n", "")]
    [InlineData("retry: 0x10\n\n", "")]
    [InlineData("retry: \u0663\n\n", "")] // a digit, but not an ASCII one
    [InlineData("Retry: 250\n\n", "")]
    [InlineData("retry: 1\nretry\n\n", " retry 1")]
    [InlineData("retry: 1\nretry:\n\n", " retry 1")]
    [InlineData("retry: 1\nretry: x\n\n", " retry 1")]
    public void HTML_9_2_6_retry_is_ASCII_digits_and_nothing_else(string stream, string expected) => Assert.Equal(expected, Events(stream));

    [Theory]
    [InlineData("id: 7\n\n", "7")]
    [InlineData("id: 7\n", "")] // told when the event ends, also one without data
    [InlineData("id: 7\n\nid: 8\n", "7")]
    [InlineData("id: 7\n\nid\n\n", "")]
    [InlineData("id: 7\n\nid: a\0b\n\n", "7")]
    public void HTML_9_2_6_an_id_is_remembered_when_its_event_ends_though_nothing_is_dispatched(string stream, string lastId)
    {
        EventReader reader = new();
        Assert.Equal(ReadStatus.NeedMore, reader.Read(Encoding.UTF8.GetBytes(stream), out _));
        Assert.Equal(lastId, reader.LastId);
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
