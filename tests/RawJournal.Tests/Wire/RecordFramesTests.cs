using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class RecordFramesTests
{
    [Fact]
    public void A_batch_is_its_records_one_behind_the_other()
    {
        byte[] one = [1], two = [2, 2];
        byte[] frames = new byte[RecordFrames.SizeOf(1) + RecordFrames.SizeOf(2)];
        RecordFrames.Begin(frames, one, Checksum.Of(one));
        RecordFrames.Begin(frames.AsSpan(RecordFrames.SizeOf(1)), two, Checksum.Of(two));
        RecordFrames.Complete(frames, Segments.Salt, 1000, 40);

        Assert.Equal([.. Segments.Frame(one, 1000, 40), .. Segments.Frame(two, 1000 + RecordFrames.SizeOf(1), 40)], frames);
    }

    [Fact]
    public void Nothing_is_completed_to_nothing() => RecordFrames.Complete([], Segments.Salt, 0, 0);
}
