using System.Text;

namespace RawHub.Tests;

public class PositionJsonTests
{
    static readonly LostChannel A = new(HubFixture.Pattern("a"), LossReason.Evicted), B = new(HubFixture.Pattern("b"), LossReason.EpochChanged);

    public static TheoryData<Position, string> Rows => new()
    {
        { new("e-1", 1), """{"from":"e-1","recovered":true}""" },
        { new("e-1", 1, A), """{"from":"e-1","recovered":false,"reason":"evicted"}""" },
        { new("e-1.e-2", 2), """{"from":"e-1.e-2","recovered":true}""" },
        { new("e-1.e-2", 2, B), """{"from":"e-1.e-2","recovered":false,"reason":"epoch-changed","lost":[{"channel":"b","reason":"epoch-changed"}]}""" },
        { new("e-1.e-2", 2, A, B), """{"from":"e-1.e-2","recovered":false,"reason":"evicted","lost":[{"channel":"a","reason":"evicted"},{"channel":"b","reason":"epoch-changed"}]}""" },
        { new("e-1", 1, new LostChannel(default, LossReason.Unknown)), """{"from":"e-1","recovered":false,"reason":"unknown"}""" },
        { new("e-1", 1, new LostChannel(default, LossReason.Dropped)), """{"from":"e-1","recovered":false,"reason":"dropped"}""" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_position_tells_where_it_starts_and_what_is_missing(Position position, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(PositionJson.ToUtf8(position)));

    [Fact]
    public void The_widest_position_fits_the_length_that_is_promised()
    {
        LostChannel[] all = [.. Enumerable.Range(10, 64).Select(i => new LostChannel(HubFixture.Pattern($"{i}" + new string('x', 126)), LossReason.EpochChanged))];
        Assert.NotEmpty(PositionJson.ToUtf8(new(new string('1', Cursor.MaxLength(64)), 64, all)));
    }

    [Fact]
    public void No_loss_has_no_word() => Assert.Throws<ArgumentOutOfRangeException>(() => LossReasons.WordOf(LossReason.None).Length);
}
