namespace RawHub.Tests;

public class EpochTests
{
    [Theory]
    [InlineData("0a1b2c3z", true)]
    [InlineData("00000000", true)]
    [InlineData("zzzzzzzz", true)]
    [InlineData("0a1b2c3", false)]
    [InlineData("0a1b2c3z4", false)]
    [InlineData("0A1b2c3z", false)]
    [InlineData("0a1b2c3-", false)]
    [InlineData("0a1b2c3é", false)]
    [InlineData("", false)]
    public void An_epoch_is_eight_small_letters_and_digits(string text, bool expected)
    {
        Assert.Equal(expected, Epoch.TryParse(text, out Epoch epoch));
        if (expected) Assert.Equal(text, epoch.ToString());
    }

    [Fact]
    public void Drawn_epochs_differ_and_can_be_read_back()
    {
        HashSet<Epoch> drawn = [];
        for (int i = 0; i < 1000; i++)
        {
            Epoch epoch = Epoch.Draw();
            Assert.True(drawn.Add(epoch));
            Assert.True(Epoch.TryParse(epoch.ToString(), out Epoch read));
            Assert.Equal(epoch, read);
        }
    }
}
