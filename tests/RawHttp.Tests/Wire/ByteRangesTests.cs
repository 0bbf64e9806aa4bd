using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ByteRangesTests
{
    [Theory]
    // RFC 9110 §14.1.2: its examples, of 10000 bytes
    [InlineData("bytes=0-499", 10000, "0-499")]
    [InlineData("bytes=500-999", 10000, "500-999")]
    [InlineData("bytes=-500", 10000, "9500-9999")]
    [InlineData("bytes=9500-", 10000, "9500-9999")]
    [InlineData("bytes=0-0,-1", 10000, "0-0 9999-9999")]
    [InlineData("bytes= 0-0, 4500-5499, -1", 10000, "0-0 4500-5499 9999-9999")]
    [InlineData("bytes=500-600,601-999", 10000, "500-999")]      // joined: they touch
    [InlineData("bytes=500-700,601-999", 10000, "500-999")]      // joined: they overlap
    // cut to what is there
    [InlineData("bytes=0-", 10, "0-9")]
    [InlineData("bytes=0-99", 10, "0-9")]
    [InlineData("bytes=9-", 10, "9-9")]
    [InlineData("bytes=-99", 10, "0-9")]
    [InlineData("bytes=0-99999999999999999999999", 10, "0-9")]
    [InlineData("bytes=-99999999999999999999999", 10, "0-9")]
    [InlineData("bytes=5-9223372036854775807", 10, "5-9")]
    [InlineData("bytes=007-8", 10, "7-8")]
    // units have no case: RFC 9110 §14.1
    [InlineData("Bytes=1-2", 10, "1-2")]
    // lists: RFC 9110 §5.6.1
    [InlineData("bytes=,, 1-2 ,\t,4-5,", 10, "1-2 4-5")]
    // one that is not there is left out
    [InlineData("bytes=1-2,100-", 10, "1-2")]
    [InlineData("bytes=100-200,-0,1-2", 10, "1-2")]
    // order is kept, overlaps are joined where the first stood
    [InlineData("bytes=8-9,0-1", 10, "8-9 0-1")]
    [InlineData("bytes=8-9,0-1,4-5", 10, "8-9 0-1 4-5")]
    [InlineData("bytes=0-1,8-9,1-2", 10, "0-2 8-9")]
    [InlineData("bytes=8-9,0-1,4-5,2-3", 10, "8-9 0-5")]
    [InlineData("bytes=0-1,4-5,8-9,0-9", 10, "0-9")]
    [InlineData("bytes=0-1,4-5,8-9,5-8", 10, "0-1 4-9")]
    [InlineData("bytes=0-,0-,0-,0-", 10, "0-9")]
    [InlineData("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30", 40,
        "0-0 2-2 4-4 6-6 8-8 10-10 12-12 14-14 16-16 18-18 20-20 22-22 24-24 26-26 28-28 30-30")]
    public void Ranges_are_read(string value, long length, string ranges) => Assert.Equal((RangeOutcome.Parts, ranges), Read(value, length));

    [Theory]
    // RFC 9110 §14.1.2: not there
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-20", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=10-,11-12,-0", 10)]
    [InlineData("bytes=99999999999999999999-", 10)]
    public void Ranges_that_are_not_there_cannot_be_satisfied(string value, long length) => Assert.Equal((RangeOutcome.Unsatisfiable, ""), Read(value, length));

    [Theory]
    // RFC 9110 §14.2: another unit, or a set that breaks the grammar
    [InlineData("lines=1-2")]
    [InlineData("byte=1-2")]
    [InlineData("bytes")]
    [InlineData("bytes 1-2")]
    [InlineData("bytes =1-2")]
    [InlineData(" bytes=1-2")]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("=1-2")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=-")]
    [InlineData("bytes=1")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1-b")]
    [InlineData("bytes=-b")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=1--2")]
    [InlineData("bytes=1-2-3")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1 - 2")]
    [InlineData("bytes=0x1-0x2")]
    [InlineData("bytes=1-2;3-4")]
    [InlineData("bytes=1-2 3-4")]
    [InlineData("bytes=1-2,x")]
    [InlineData("bytes=5-4")]                     // §14.1.1: last before first
    [InlineData("bytes=1-2,5-4")]
    [InlineData("bytes=99-98")]
    [InlineData("bytes=1-2, bytes=3-4")]
    [InlineData("bytes=\"1-2\"")]
    [InlineData("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32")] // one too many
    [InlineData("bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-")]
    public void Anything_else_asks_for_the_whole(string value) => Assert.Equal((RangeOutcome.Whole, ""), Read(value, 40));

    [Theory]
    [InlineData("bytes=0-")]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=-1")]
    [InlineData("bytes=-0")]
    public void Of_nothing_all_is_sent(string value) => Assert.Equal((RangeOutcome.Whole, ""), Read(value, 0));

    [Fact]
    public void Without_room_it_is_our_mistake() =>
        Assert.Throws<ArgumentException>(() => ByteRanges.Read("bytes=0-"u8, 10, new ByteRange[ByteRanges.MaxRanges - 1], out _));

    [Fact] // RFC 9110 §14.2: many ranges must not make a small request a large answer
    public void Whatever_is_asked_for_each_byte_is_sent_once_and_none_is_forgotten()
    {
        var random = new Random(9110);
        for (int round = 0; round < 20_000; round++)
        {
            var asked = new HashSet<long>();
            var specs = new List<string>();
            for (int i = random.Next(1, ByteRanges.MaxRanges + 1); i > 0; i--)
            {
                int first = random.Next(40), last = first + random.Next(8);
                specs.Add($"{first}-{last}");
                for (int at = first; at <= last && at < 36; at++) asked.Add(at);
            }
            var ranges = new ByteRange[ByteRanges.MaxRanges];
            ByteRanges.Read(Bytes.Of("bytes=" + string.Join(',', specs)), 36, ranges, out int count);
            List<long> sent = [.. ranges.Take(count).SelectMany(r => Enumerable.Range((int)r.First, (int)r.Length).Select(at => (long)at))];
            Assert.Equal(asked.Order(), sent.Order());
        }
    }

    static (RangeOutcome Outcome, string Ranges) Read(string value, long length)
    {
        var ranges = new ByteRange[ByteRanges.MaxRanges];
        RangeOutcome outcome = ByteRanges.Read(Bytes.Of(value), length, ranges, out int count);
        return (outcome, string.Join(' ', ranges.Take(count).Select(r => $"{r.First}-{r.Last}")));
    }
}
