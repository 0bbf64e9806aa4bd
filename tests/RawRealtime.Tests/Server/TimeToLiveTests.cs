using System.Text.Json;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Publishing: whole seconds from 1 to 31,536,000.</summary>
public sealed class TimeToLiveTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("31536000", 31_536_000)]
    [InlineData("007", 7)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("31536001", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData("1.0", null)]
    [InlineData("1e3", null)]
    [InlineData(" 1", null)]
    [InlineData("1s", null)]
    public void A_query_has_digits(string text, int? expected)
    {
        Assert.Equal(expected is not null, TimeToLive.TryRead(text, out TimeToLive? ttl));
        Assert.Equal(expected, ttl?.Seconds);
        Assert.Equal(expected * 1000L, ttl?.Milliseconds);
    }

    [Theory]
    [InlineData("{}", true, null)]
    [InlineData("""{"ttl":null}""", true, null)]
    [InlineData("""{"ttl":60}""", true, 60)]
    [InlineData("""{"ttl":0}""", false, null)]
    [InlineData("""{"ttl":-5}""", false, null)]
    [InlineData("""{"ttl":1.5}""", false, null)]
    [InlineData("""{"ttl":31536001}""", false, null)]
    [InlineData("""{"ttl":"60"}""", false, null)]
    [InlineData("""{"ttl":true}""", false, null)]
    [InlineData("""{"ttl":[1]}""", false, null)]
    public void JSON_has_a_number(string json, bool isRead, int? expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(isRead, TimeToLive.TryRead(document.RootElement, out TimeToLive? ttl));
        Assert.Equal(expected, ttl?.Seconds);
    }

    [Fact]
    public void Without_one_a_message_lives_as_long_as_it_is_kept()
    {
        Assert.True(TimeToLive.TryRead(null, out TimeToLive? ttl));
        Assert.Null(ttl);
    }
}
