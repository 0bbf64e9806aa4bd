namespace RawHub.Tests;

public class EventFilterTests
{
    [Theory]
    [InlineData("tick", true)]
    [InlineData("Tick", false)]
    [InlineData("tock", false)]
    [InlineData(null, false)]
    public void It_wants_the_names_it_was_given(string? eventName, bool wants) => Assert.Equal(wants, new EventFilter(["tick", "other"]).Wants(eventName));

    [Theory]
    [InlineData("message")]
    [InlineData(null)]
    public void HTML_9_2_6_message_is_what_has_no_name(string? eventName) => Assert.True(new EventFilter(["message"]).Wants(eventName));
}
