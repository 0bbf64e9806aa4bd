using RawHttp.Client;

namespace RawHttp.Tests.Client;

public class HttpClientEndingTests
{
    public static TheoryData<HttpClientEnding> Endings => [.. Enum.GetValues<HttpClientEnding>().Where(ending => ending != HttpClientEnding.None)];

    [Theory, MemberData(nameof(Endings))]
    public void Each_ending_says_what_happened_and_what_can_be_done(HttpClientEnding ending) =>
        Assert.Matches(@"^[A-Z][^.]+\.( .+[.?])?$", HttpClientEndings.DetailOf(ending));

    [Fact]
    public void Nothing_is_no_ending() => Assert.Throws<ArgumentOutOfRangeException>(() => HttpClientEndings.DetailOf(HttpClientEnding.None));
}
