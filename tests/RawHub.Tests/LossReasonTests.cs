using System.Text;

namespace RawHub.Tests;

public sealed class LossReasonTests
{
    [Theory]
    [InlineData(LossReason.Evicted, "evicted")]
    [InlineData(LossReason.EpochChanged, "epoch-changed")]
    [InlineData(LossReason.Unknown, "unknown")]
    [InlineData(LossReason.Dropped, "dropped")]
    public void Each_reason_has_its_word(LossReason reason, string word) => Assert.Equal(word, Encoding.ASCII.GetString(LossReasons.WordOf(reason)));

    [Fact]
    public void No_loss_has_no_word() => Assert.Throws<ArgumentOutOfRangeException>(() => LossReasons.WordOf(LossReason.None).Length);
}
