using System.Text;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class JournalStateTests
{
    const string Written = "rawjournal 1\npolicy every\nboot id:abc\nclosed no\ntail known\n";
    static readonly BootMark Before = BootMark.OfId("before"), Now = BootMark.OfId("now");

    [Theory]
    [InlineData(FsyncPolicy.Every, false, false)]
    [InlineData(FsyncPolicy.Interval, true, false)]
    [InlineData(FsyncPolicy.Never, false, true)]
    public void It_reads_as_it_was_written(FsyncPolicy policy, bool isClosed, bool isDoubted)
    {
        JournalState state = new(policy, BootMark.OfId("abc"), isClosed, isDoubted);
        Assert.Equal(state, JournalState.Parse(state.ToBytes()));
    }

    [Fact]
    public void It_is_five_lines() => Assert.Equal(Written, Encoding.UTF8.GetString(new JournalState(FsyncPolicy.Every, BootMark.OfId("abc"), false, false).ToBytes()));

    [Theory]
    [InlineData("")]
    [InlineData("rawjournal 2\npolicy every\nboot id:abc\nclosed no\ntail known\n")]
    [InlineData("rawjournal 1\npolicy often\nboot id:abc\nclosed no\ntail known\n")]
    [InlineData("rawjournal 1\npolicy every\nstart id:abc\nclosed no\ntail known\n")]
    [InlineData("rawjournal 1\npolicy every\nboot id:abc\nclosed maybe\ntail known\n")]
    [InlineData("rawjournal 1\npolicy every\nboot id:abc\nclosed no\ntail lost\n")]
    [InlineData("rawjournal 1\npolicy every\nboot id:abc\nclosed no\ntail known\n\n")]
    [InlineData("rawjournal 1\r\npolicy every\r\nboot id:abc\r\nclosed no\r\ntail known\r\n")]
    public void Anything_else_is_none(string text) => Assert.Null(JournalState.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Each_cut_of_it_is_none_and_so_is_a_long_one()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Written);
        for (int length = 0; length < whole.Length; length++) Assert.Null(JournalState.Parse(whole.AsSpan(0, length)));
        Assert.Null(JournalState.Parse(new byte[JournalState.MaxBytes + 1]));
        Assert.Null(JournalState.Parse([0xFF, 0xFE, 0x00]));
    }

    public static TheoryData<JournalState?, bool, LastClose, bool> Judgements => new()
    {
        // what was written down, any segments → how it was left, may the tail be lost
        { null, false, LastClose.MachineRestarted, false },
        { null, true, LastClose.MachineRestarted, true },
        { new(FsyncPolicy.Every, Before, true, false), true, LastClose.Clean, false },
        { new(FsyncPolicy.Never, Before, true, false), true, LastClose.Clean, false },
        { new(FsyncPolicy.Every, Now, false, false), true, LastClose.ProcessEnded, false },
        { new(FsyncPolicy.Interval, Now, false, false), true, LastClose.ProcessEnded, false },
        { new(FsyncPolicy.Never, Now, false, false), true, LastClose.ProcessEnded, false },
        { new(FsyncPolicy.Every, Before, false, false), true, LastClose.MachineRestarted, false },
        { new(FsyncPolicy.Interval, Before, false, false), true, LastClose.MachineRestarted, true },
        { new(FsyncPolicy.Never, Before, false, false), true, LastClose.MachineRestarted, true },
        { new(FsyncPolicy.Never, Before, false, false), false, LastClose.MachineRestarted, false },
        { new(FsyncPolicy.Every, Now, false, true), true, LastClose.ProcessEnded, true },
        { new(FsyncPolicy.Every, Now, true, true), true, LastClose.Clean, true },
        { new(FsyncPolicy.Never, Now, true, true), false, LastClose.Clean, false },
    };

    [Theory]
    [MemberData(nameof(Judgements))]
    public void What_may_have_happened_follows_from_what_was_written_down(JournalState? state, bool hasSegments, LastClose last, bool mayHaveLost)
    {
        Assert.Equal(last, JournalState.HowLeft(state, Now));
        Assert.Equal(mayHaveLost, JournalState.MayHaveLostTail(state, Now, hasSegments));
    }
}
