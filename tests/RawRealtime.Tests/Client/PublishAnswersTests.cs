using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class PublishAnswersTests
{
    static PublishAnswers? Read(string json) => PublishAnswers.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_confirmation_and_a_refusal_are_told_apart()
    {
        Assert.Equal(new PublishAnswers(0, new("e-1", "a", 3), "", ""), Read("""{"id":"e-1","channel":"a","subscribers":3}"""));
        Assert.Equal(new PublishAnswers(7, null, "bad-line", "why"), Read("""{"status":400,"code":"bad-line","detail":"why","line":7}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":1,"channel":"a","subscribers":3}""")]
    [InlineData("""{"id":"e-1","channel":"a"}""")]
    [InlineData("""{"id":"e-1","channel":"a","subscribers":"3"}""")]
    [InlineData("""{"id":"e-1","channel":"a","subscribers":3,"line":1.5}""")]
    [InlineData("""{"code":"a"}""")]
    public void What_is_none_of_ours_is_none(string json) => Assert.Null(Read(json));
}
