namespace RawHub.Tests;

public class PositionRulesTests
{
    // The channel is e0000001 and keeps 11 to 20, unless the row says otherwise.
    public static TheoryData<string?, long, long, long, LossReason> Rows => new()
    {
        // cursor                 first last next  lost
        { null,                      11, 20, 21, LossReason.None },
        { "earliest",                11, 20, 11, LossReason.None },
        { "e0000001-20",             11, 20, 21, LossReason.None },
        { "e0000001-15",             11, 20, 16, LossReason.None },
        { "e0000001-10",             11, 20, 11, LossReason.None },
        { "e0000001-9",              11, 20, 11, LossReason.Evicted },
        { "e0000001-0",              11, 20, 11, LossReason.Evicted },
        { "e0000001-21",             11, 20, 11, LossReason.Unknown },
        { "e0000002-15",             11, 20, 11, LossReason.EpochChanged },
        { "e0000002-99",             11, 20, 11, LossReason.EpochChanged },
        { "",                        11, 20, 11, LossReason.Unknown },
        { "Earliest",                11, 20, 11, LossReason.Unknown },
        { "e0000001-15.e0000001-15", 11, 20, 11, LossReason.Unknown },
        { "e0000001-015",            11, 20, 11, LossReason.Unknown },
        // nothing kept: evicted to the last, or never published
        { "e0000001-20",             21, 20, 21, LossReason.None },
        { "e0000001-19",             21, 20, 21, LossReason.Evicted },
        { "earliest",                21, 20, 21, LossReason.None },
        { "e0000001-0",               1,  0,  1, LossReason.None },
        { "e0000001-1",               1,  0,  1, LossReason.Unknown },
        { null,                       1,  0,  1, LossReason.None },
        { "e0000001-9223372036854775807", 1, 0, 1, LossReason.Unknown },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_cursor_is_judged_against_what_is_kept(string? cursor, long first, long last, long next, LossReason lost)
    {
        StartRequest[] asked = new StartRequest[1];
        PositionRules.Read(cursor, asked);
        Assert.Equal(new(next, lost), PositionRules.Judge(asked[0], HubFixture.EpochNumber(1), first - 1, last, hasHoles: false));
    }
}
