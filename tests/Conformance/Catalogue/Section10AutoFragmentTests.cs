using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 10: a sender that cuts its messages into fragments by itself. RFC 6455 §5.4.</summary>
public sealed class Section10AutoFragmentTests(Testee testee) : IClassFixture<Testee>
{
    static readonly (int Message, int Fragment)[] Sizes = [(65_536, 1300), (65_536, 65_535), (65_536, 65_536), (65_537, 65_536), (1300, 1300), (1301, 1300), (1299, 1300), (2600, 1300)];

    static readonly Case[] Cases =
    [
        .. Sizes.Select(row => Case.Lives("RFC 6455 §5.4", $"10.1.1 text of {row.Message} in fragments of {row.Fragment}", [.. Fragmented(1, Letters(row.Message), row.Fragment)], Back.TextBytes(Letters(row.Message)))),
        .. Sizes.Select(row => Case.Lives("RFC 6455 §5.4", $"10.1.1 binary of {row.Message} in fragments of {row.Fragment}, twice",
            [.. Fragmented(2, Pattern(row.Message), row.Fragment), .. Fragmented(2, Pattern(row.Message), row.Fragment)], Back.Binary(Pattern(row.Message)), Back.Binary(Pattern(row.Message)))),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
