using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class PollEndingTests
{
    [Theory]
    [InlineData(PollEnding.Messages, 200)]
    [InlineData(PollEnding.HoldOver, 204)]
    [InlineData(PollEnding.NotModified, 304)]
    [InlineData(PollEnding.TakenOver, 409)]
    [InlineData(PollEnding.ChannelDeleted, 410)]
    [InlineData(PollEnding.Draining, 503)]
    [InlineData(PollEnding.PeerGone, 0)]
    public void Each_ending_has_one_status(PollEnding ending, int status) => Assert.Equal(status, PollEndings.StatusOf(ending));

    [Theory]
    [InlineData(CursorSource.IfNoneMatch, PollEnding.NotModified)]
    [InlineData(CursorSource.Query, PollEnding.HoldOver)]
    [InlineData(CursorSource.LastEventId, PollEnding.HoldOver)]
    [InlineData(CursorSource.None, PollEnding.HoldOver)]
    public void Only_a_cursor_that_came_as_an_entity_tag_is_answered_with_304(CursorSource source, PollEnding ending) =>
        Assert.Equal(ending, PollEndings.WhenHoldIsOver(source));
}
