namespace RawHub.Tests;

public class EventNameTests
{
    public static TheoryData<string, bool> Names => new()
    {
        { "price", true },
        { "Preis größer 😀", true },
        { "Position", true },
        { new string('e', 128), true },
        { new string('e', 129), false },
        { "", false },
        { "position", false },
        { "open", false },
        { "error", false },
        { "a\rb", false },
        { "a\nb", false },
        { "a\0b", false },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_name_that_an_event_stream_cannot_carry_is_refused_when_published(string text, bool expected)
    {
        Assert.Equal(expected, EventName.IsValid(text));
        HubFixture fixture = new();
        void Publish() => fixture.Hub.Publish(new(default, true, text, 0), "x"u8);
        if (expected) Publish();
        else Assert.Throws<ArgumentException>(Publish);
    }

    [Fact]
    public void Half_a_surrogate_pair_has_no_UTF_8_form_and_is_refused()
    {
        Assert.False(EventName.IsValid("a\uDC00"));
        Assert.False(EventName.IsValid("\uD83Da"));
        Assert.True(EventName.IsValid("\uD83D\uDE00"));
    }
}
