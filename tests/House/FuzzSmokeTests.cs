using RawHttp.Fuzz;

namespace House;

/// <summary>
/// Every fuzz target sees its corpus and 20,000 changed copies of it on each run of the tests, the same ones each time.
/// fuzz/run.sh does the same for longer and guided by edges.
/// </summary>
public sealed class FuzzSmokeTests
{
    const int Executions = 20_000;

    public static TheoryData<string> Targets => [.. Target.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_input_breaks_a_target(string name)
    {
        var campaign = new Campaign(Find(name), CorpusOf(name), seed: 1);
        Crash? crash = campaign.Run(Executions);
        Assert.True(crash is null, $"{crash?.Reason}\ninput: {(crash is null ? "" : Convert.ToHexString(crash.Input))}");
        Assert.Equal(Executions, campaign.Executions);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_corpus_is_small_and_nothing_in_it_is_there_twice(string name)
    {
        IReadOnlyList<byte[]> corpus = CorpusOf(name);
        Assert.InRange(corpus.Count, 20, 100);
        Assert.All(corpus, input => Assert.InRange(input.Length, 0, Mutator.MaxBytes));
        Assert.Distinct(corpus.Select(Convert.ToHexString));
    }

    [Fact]
    public void Each_folder_of_the_corpus_has_a_target()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Repository.PathOf("fuzz/corpus")).Select(path => Path.GetFileName(path)!);
        Assert.Equal(folders.Order(StringComparer.Ordinal), Target.All().Select(target => target.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        byte[] one = new byte[Mutator.MaxBytes], other = new byte[Mutator.MaxBytes];
        Mutator first = new(7), second = new(7), third = new(8);
        bool differs = false;
        for (int i = 0; i < 100; i++)
        {
            int length = first.Mutate("GET / HTTP/1.1\r\n\r\n"u8, "abc"u8, one);
            Assert.Equal(one[..length], other[..second.Mutate("GET / HTTP/1.1\r\n\r\n"u8, "abc"u8, other)]);
            differs |= third.Mutate("GET / HTTP/1.1\r\n\r\n"u8, "abc"u8, other) != length;
        }
        Assert.True(differs);
    }

    /// <summary>A harness that finds nothing proves nothing: each of these bugs is one that it is there for.</summary>
    [Theory]
    [InlineData(Bug.None, null)]
    [InlineData(Bug.Throws, nameof(InvalidDataException))]
    [InlineData(Bug.ForgetsAtACut, nameof(FuzzFailureException))]
    [InlineData(Bug.SpendsMoreThanArrived, nameof(FuzzFailureException))]
    [InlineData(Bug.KeepsEverything, nameof(FuzzFailureException))]
    public void A_planted_bug_is_found(Bug bug, string? expected)
    {
        Crash? crash = new Campaign(new Planted(bug), CorpusOf("request-head"), seed: 1).Run(Executions);
        Assert.Equal(expected, crash?.Reason.GetType().Name);
        if (crash is null) return;
        Assert.ThrowsAny<Exception>(() => new Planted(bug).Run(crash.Input)); // the input alone shows it again
    }

    static Target Find(string name) => Target.All().First(target => target.Name == name);

    static IReadOnlyList<byte[]> CorpusOf(string name) => Corpus.Read(Repository.PathOf($"fuzz/corpus/{name}"));

    public enum Bug { None, Throws, ForgetsAtACut, SpendsMoreThanArrived, KeepsEverything }

    /// <summary>Counts lines, wrongly.</summary>
    sealed class Planted(Bug bug) : StreamTarget
    {
        int lines, turns;

        public override string Name => "planted";

        protected override int MaxUnread => bug == Bug.KeepsEverything ? 8 : Mutator.MaxBytes;

        protected override bool IsRefused => false;

        protected override void Begin() => (lines, turns) = (0, 0);

        protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
        {
            turns++;
            if (bug == Bug.Throws && unread.IndexOf("\r\n\0"u8) >= 0) throw new InvalidDataException();
            int end = unread.IndexOf((byte)'\n');
            if (end < 0) return bug == Bug.SpendsMoreThanArrived && unread[^1] == '\r' ? unread.Length + 1 : 0;
            if (bug == Bug.ForgetsAtACut && turns % 5 == 0 && end == 0) return 1;
            lines++;
            return end + 1;
        }

        protected override void Finish(EventLog log) => log.Event('l', lines);
    }
}
