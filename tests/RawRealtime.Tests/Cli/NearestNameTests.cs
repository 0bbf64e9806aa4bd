using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class NearestNameTests
{
    static readonly string[] Known = ["--port", "--host", "--history-age"];

    [Theory]
    [InlineData("--prot", "--port")]
    [InlineData("--hosts", "--host")]
    [InlineData("--history-aeg", "--history-age")]
    public void A_slip_of_the_fingers_is_understood(string given, string expected) => Assert.Equal(expected, NearestName.Of(given, Known));

    [Fact]
    public void A_name_far_from_all_gets_no_suggestion()
    {
        Assert.Null(NearestName.Of("--completely-different", Known));
        Assert.Equal("", NearestName.Suggestion("--completely-different", Known));
    }

    [Fact]
    public void A_suggestion_is_a_sentence() => Assert.Equal(" Did you mean '--port'?", NearestName.Suggestion("--prt", Known));
}
