using System.Text;

namespace RawHub.Tests;

public sealed class ChannelPatternTests
{
    static ChannelPattern Parse(string text) => ChannelPattern.TryParse(text, out ChannelPattern pattern) ? pattern : throw new FormatException(text);

    [Theory]
    [InlineData("news", false)]
    [InlineData("*", true)]
    [InlineData("news.*", true)]
    [InlineData("news.sp*", true)]
    [InlineData("presence:*", true)]
    public void It_is_a_name_or_a_beginning_with_a_star(string text, bool isWildcard)
    {
        ChannelPattern pattern = Parse(text);
        Assert.Equal(isWildcard, pattern.IsWildcard);
        Assert.Equal(text, pattern.Text);
        Assert.Equal(text, $"{pattern}");
        Assert.True(ChannelPattern.TryParse(Encoding.UTF8.GetBytes(text), out ChannelPattern ofBytes));
        Assert.Equal(pattern, ofBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("**")]
    [InlineData("*.news")]
    [InlineData("news.*.uk")]
    [InlineData("a b*")]
    [InlineData("a b")]
    [InlineData("\u00E4")]
    [InlineData("\u0100")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(ChannelPattern.TryParse(text, out _));
        Assert.False(ChannelPattern.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(ChannelPattern.TryParse(Encoding.Latin1.GetBytes(text + "\u00FF"), out _));
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void The_star_counts_to_its_length(int beginning, bool isOne)
    {
        string text = new string('a', beginning) + "*";
        Assert.Equal(isOne, ChannelPattern.TryParse(text, out _));
        Assert.Equal(isOne, ChannelPattern.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("news", "news", true)]
    [InlineData("news", "newspaper", false)]
    [InlineData("news.*", "news.uk", true)]
    [InlineData("news.*", "news.uk.london", true)]
    [InlineData("news.*", "news.", true)]
    [InlineData("news.*", "news", false)]
    [InlineData("news.*", "News.uk", false)]
    [InlineData("*", "anything", true)]
    [InlineData("*", "presence:news", false)]
    [InlineData("pre*", "presence:news", false)]
    [InlineData("pre*", "pretty", true)]
    [InlineData("presence:*", "presence:news", true)]
    [InlineData("presence:news", "presence:news", true)]
    public void What_begins_alike_is_meant_but_who_is_there_only_when_asked_for(string pattern, string name, bool matches) =>
        Assert.Equal(matches, Parse(pattern).Matches(ChannelName.Parse(name)));

    [Theory]
    [InlineData("news", "news", true)]
    [InlineData("news", "news*", false)]
    [InlineData("news.*", "news.*", true)]
    [InlineData("news.*", "news.uk.*", true)]
    [InlineData("news.*", "news.uk", true)]
    [InlineData("news.uk.*", "news.*", false)]
    [InlineData("*", "*", true)]
    [InlineData("*", "presence:*", false)]
    [InlineData("presence:*", "presence:a", true)]
    public void One_covers_another_when_it_means_all_of_it(string pattern, string other, bool covers) =>
        Assert.Equal(covers, Parse(pattern).Covers(Parse(other)));

    [Fact]
    public void Without_a_text_it_is_the_channel_that_is_meant_when_none_is_named() =>
        Assert.True(default(ChannelPattern).Matches(default));

    [Fact]
    public void Equal_texts_are_equal()
    {
        Assert.True(Parse("a*") == Parse("a*"));
        Assert.True(Parse("a*") != Parse("a"));
        Assert.True(Parse("a").Equals((object)new ChannelPattern(ChannelName.Parse("a"))));
        Assert.Equal(Parse("a*").GetHashCode(), Parse("a*").GetHashCode());
    }
}
