using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class TailRulesTests
{
    const int First = SegmentHeader.Bytes;
    static readonly int Second = First + RecordFrames.SizeOf(3), Third = Second + RecordFrames.SizeOf(3);

    // Three records, each synced before the next; and three of one batch.
    static readonly byte[] Synced = Segments.Of(("one", First), ("two", (uint)Second), ("three", (uint)Third));
    static readonly byte[] OneBatch = Segments.Of(("one", First), ("two", First), ("three", First));

    [Fact]
    public void Each_cut_of_the_last_record_is_torn()
    {
        for (int length = Third + 1; length < Synced.Length; length++)
        {
            Assert.Equal(TailVerdict.Torn, Judge(Synced[..length], LastClose.ProcessEnded));
            Assert.Equal(TailVerdict.Torn, Judge(Synced[..length], LastClose.MachineRestarted));
        }
    }

    [Fact]
    public void Each_flipped_bit_of_the_last_record_is_torn()
    {
        for (int bit = 8 * Third; bit < 8 * Synced.Length; bit++)
            Assert.Equal(TailVerdict.Torn, Judge(Segments.Flipped(Synced, bit / 8, (byte)(1 << (bit % 8))), LastClose.ProcessEnded));
    }

    /// <summary>Those of the first bytes of a head take the length away: the next record is found all the same.</summary>
    [Fact]
    public void Each_flipped_bit_with_a_good_record_behind_is_damage()
    {
        for (int bit = 8 * First; bit < 8 * Third; bit++)
        {
            byte[] file = Segments.Flipped(Synced, bit / 8, (byte)(1 << (bit % 8)));
            Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.ProcessEnded, out int witness));
            Assert.Equal(bit / 8 < Second ? Second : Third, witness);
            Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.MachineRestarted));
        }
    }

    [Theory]
    [InlineData(LastClose.ProcessEnded, TailVerdict.Damage)] // the kernel keeps what it was given, so it has no holes
    [InlineData(LastClose.MachineRestarted, TailVerdict.Torn)] // pages of one batch reach the disk in any order
    public void Within_what_was_never_synced_a_hole_is_what_a_loss_of_power_leaves(LastClose last, TailVerdict verdict)
    {
        byte[] hole = [.. OneBatch];
        hole.AsSpan(First, Second - First).Clear();
        Assert.Equal(verdict, Judge(hole, last));
        Assert.Equal(verdict, Judge(Segments.Flipped(OneBatch, First + 3), last));
    }

    [Fact]
    public void A_hole_is_damage_as_soon_as_a_record_behind_knows_it_was_synced()
    {
        byte[] file = Segments.Of(("one", First), ("two", First), ("three", First + 1));
        file.AsSpan(First, Second - First).Clear();
        Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.MachineRestarted, out int witness));
        Assert.Equal(Third, witness);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100_000)]
    public void Zeros_at_the_end_are_torn(int zeros)
    {
        Assert.Equal(TailVerdict.Torn, Judge([.. Synced, .. new byte[zeros]], LastClose.MachineRestarted));
        Assert.Equal(TailVerdict.Torn, Judge([.. Synced[..^2], .. new byte[zeros]], LastClose.MachineRestarted));
    }

    [Fact]
    public void Zeros_in_front_of_a_good_record_are_damage()
    {
        byte[] file = [.. Synced, .. new byte[100], .. Segments.Frame([1], Synced.Length + 100, (uint)Synced.Length + 1)];
        Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.MachineRestarted, out int witness));
        Assert.Equal(Synced.Length + 100, witness);
    }

    /// <summary>Whoever chooses the content of a record chooses no witness: it would have to know the salt and the place.</summary>
    [Fact]
    public void A_record_within_a_torn_record_is_no_witness()
    {
        byte[] copied = Segments.Frame("evil"u8.ToArray(), First);
        byte[] torn = Segments.Frame([.. copied, .. Segments.Frame([1], Synced.Length + RecordHead.Bytes, salt: 1), .. new byte[50]], Synced.Length);
        Assert.Equal(TailVerdict.Torn, Judge([.. Synced, .. torn[..^20]], LastClose.ProcessEnded));
    }

    [Fact]
    public void What_was_closed_in_order_is_not_torn_and_neither_is_an_older_segment()
    {
        byte[] cut = Synced[..^1];
        Assert.Equal(TailVerdict.Damage, Judge(cut, LastClose.Clean));
        Assert.Equal(TailVerdict.Damage, TailRules.Judge(cut, Segments.Salt, Third, JournalFault.ShortRecord, isLast: false, LastClose.MachineRestarted, out _));
    }

    [Theory]
    [InlineData(0, TailVerdict.Torn)]
    [InlineData(31, TailVerdict.Torn)]
    public void A_file_that_has_no_start_yet_is_torn(int length, TailVerdict verdict) =>
        Assert.Equal(verdict, Judge(Synced[..length], LastClose.MachineRestarted));

    [Theory]
    [InlineData(0, JournalFault.BadMagic)]
    [InlineData(8, JournalFault.BadVersion)]
    [InlineData(12, JournalFault.BadHeaderChecksum)]
    public void A_wrong_header_is_damage(int at, JournalFault fault)
    {
        byte[] file = Segments.Flipped(Synced, at);
        Assert.Equal(fault, Segments.Read(file).Fault);
        Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.MachineRestarted));
    }

    [Fact]
    public void Zeros_in_place_of_the_header_are_damage_when_something_is_behind()
    {
        byte[] file = [.. Synced];
        file.AsSpan(0, First).Clear();
        Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.MachineRestarted));
        Assert.Equal(TailVerdict.Torn, Judge(new byte[4096], LastClose.MachineRestarted));
    }

    [Fact]
    public void A_length_of_another_version_is_damage()
    {
        byte[] head = new byte[RecordHead.Bytes];
        new RecordHead(RecordHead.MaxRecordBytes + 1, 0, 0).Write(head, Segments.Salt, Synced.Length);
        byte[] file = [.. Synced, .. head];
        Assert.Equal(JournalFault.BadLength, Segments.Read(file).Fault);
        Assert.Equal(TailVerdict.Damage, Judge(file, LastClose.ProcessEnded));
    }

    static TailVerdict Judge(byte[] file, LastClose last) => Judge(file, last, out _);

    static TailVerdict Judge(byte[] file, LastClose last, out int witness)
    {
        (_, JournalFault fault, int offset) = Segments.Read(file);
        Assert.NotEqual(JournalFault.None, fault);
        return TailRules.Judge(file, Segments.Salt, offset, fault, isLast: true, last, out witness);
    }
}
