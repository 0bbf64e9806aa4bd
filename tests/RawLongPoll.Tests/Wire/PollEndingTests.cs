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
}
