using System.Text;

namespace RawHub.Tests;

public class HubRecordTests
{
    static byte[][] Records()
    {
        MemoryStore store = new();
        HubFixture fixture = new(store: store);
        fixture.Publish("news", "hello é", "tick", ttlMs: 2_000, key: "k-1");
        fixture.Hub.Publish(new(ChannelName.Parse("b"), IsText: false, null, 1_234), [0, 1, 255]);
        fixture.Delete("b");
        List<byte[]> all = [.. store.Records];
        HubRestore.WriteList(fixture.Hub, record => all.Add(record.ToArray()));
        return [.. all];
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        byte[][] records = Records();
        HubRecordFields message = HubRecord.Read(records[0]);
        Assert.Equal((HubRecordKind.Message, 1L, 1L, 2_000L, "news", "tick", "k-1", true), (message.Kind, message.Sequence, message.Offset, message.TtlMs, message.Channel.Text, message.Event, message.Key, message.IsText));
        Assert.Equal("hello é", Encoding.UTF8.GetString(message.Data));
        HubRecordFields bytes = HubRecord.Read(records[1]);
        Assert.Equal((2L, 1_234L, null, null, false), (bytes.Sequence, bytes.UnixMs, bytes.Event, bytes.Key, bytes.IsText));
        Assert.Equal([0, 1, 255], bytes.Data.ToArray());
        HubRecordFields deletion = HubRecord.Read(records[2]);
        Assert.Equal((HubRecordKind.Deletion, "b", HubFixture.EpochNumber(2)), (deletion.Kind, deletion.Channel.Text, deletion.Epoch));
        HubRecordKind[] kinds = new HubRecordKind[records.Length];
        for (int i = 0; i < records.Length; i++) kinds[i] = HubRecord.Read(records[i]).Kind;
        Assert.Equal([HubRecordKind.ListBegin, HubRecordKind.ListEntry, HubRecordKind.ListEnd], kinds[3..]);
    }

    [Fact]
    public void One_that_is_cut_short_is_none_or_a_message_with_less_data()
    {
        foreach (byte[] record in Records())
        {
            for (int length = 0; length < record.Length; length++)
            {
                HubRecordFields read = HubRecord.Read(record.AsSpan(0, length));
                Assert.True(read.Kind is HubRecordKind.None || read.Kind == HubRecordKind.Message && read.Data.Length < record.Length);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public void Another_kind_is_none(byte kind) => Assert.Equal(HubRecordKind.None, HubRecord.Read([kind, .. new byte[64]]).Kind);
}
