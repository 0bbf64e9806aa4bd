using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class PreconditionsTests
{
    const string Changed = "Sun, 06 Nov 1994 08:49:37 GMT", Before = "Sun, 06 Nov 1994 08:49:36 GMT", After = "Sun, 06 Nov 1994 08:49:38 GMT";
    const string Future = "Fri, 02 Jan 2099 00:00:00 GMT";
    const long ChangedSeconds = 784_111_777;

    public static TheoryData<string, string, string, Precondition> Table => new()
    {
        // clause                 method  fields                                                      outcome
        { "RFC 9110 §13.2.2",     "GET",  "X: y",                                                     Precondition.GoOn },
        // 1. If-Match, strong comparison
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: \"v\"",                                          Precondition.GoOn },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: \"u\", \"v\"",                                   Precondition.GoOn },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: *",                                              Precondition.GoOn },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: \"u\"",                                          Precondition.Failed },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: W/\"v\"",                                        Precondition.Failed },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: v",                                              Precondition.Failed },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match:",                                                Precondition.Failed },
        { "RFC 9110 §13.1.1",     "PUT",  "If-Match: \"u\"",                                          Precondition.Failed },
        { "RFC 9110 §13.1.1",     "GET",  "If-Match: *\r\nIf-Match: \"u\"",                           Precondition.Failed },
        // 2. If-Unmodified-Since, only without If-Match
        { "RFC 9110 §13.1.4",     "GET",  "If-Unmodified-Since: " + Changed,                          Precondition.GoOn },
        { "RFC 9110 §13.1.4",     "GET",  "If-Unmodified-Since: " + After,                            Precondition.GoOn },
        { "RFC 9110 §13.1.4",     "GET",  "If-Unmodified-Since: " + Before,                           Precondition.Failed },
        { "RFC 9110 §13.1.4",     "PUT",  "If-Unmodified-Since: " + Before,                           Precondition.Failed },
        { "RFC 9110 §13.1.4",     "GET",  "If-Unmodified-Since: yesterday",                           Precondition.GoOn },
        { "RFC 9110 §13.1.4",     "GET",  $"If-Unmodified-Since: {Before}\r\nIf-Unmodified-Since: {Before}", Precondition.GoOn },
        { "RFC 9110 §13.1.4",     "GET",  "If-Match: \"v\"\r\nIf-Unmodified-Since: " + Before,        Precondition.GoOn },
        { "RFC 9110 §13.2.2",     "GET",  "If-Match: \"u\"\r\nIf-Unmodified-Since: " + After,         Precondition.Failed },
        // 3. If-None-Match, weak comparison
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: \"u\"",                                     Precondition.GoOn },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: \"v\"",                                     Precondition.NotModified },
        { "RFC 9110 §13.1.2",     "HEAD", "If-None-Match: \"v\"",                                     Precondition.NotModified },
        { "RFC 9110 §13.1.2",     "PUT",  "If-None-Match: \"v\"",                                     Precondition.Failed },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: W/\"v\"",                                   Precondition.NotModified },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: \"u\"\r\nIf-None-Match: W/\"v\"",           Precondition.NotModified },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: *",                                         Precondition.NotModified },
        { "RFC 9110 §13.1.2",     "PUT",  "If-None-Match: *",                                         Precondition.Failed },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: v",                                         Precondition.GoOn },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: \"*\"",                                     Precondition.GoOn },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match: \"u\", *",                                  Precondition.GoOn },
        { "RFC 9110 §13.1.2",     "GET",  "If-None-Match:",                                           Precondition.GoOn },
        // 4. If-Modified-Since, only without If-None-Match
        { "RFC 9110 §13.1.3",     "GET",  "If-Modified-Since: " + Changed,                            Precondition.NotModified },
        { "RFC 9110 §13.1.3",     "HEAD", "If-Modified-Since: " + After,                              Precondition.NotModified },
        { "RFC 9110 §13.1.3",     "GET",  "If-Modified-Since: " + Before,                             Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "PUT",  "If-Modified-Since: " + Changed,                            Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  "If-Modified-Since: yesterday",                             Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  "If-Modified-Since: " + Future,                             Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  $"If-Modified-Since: {Changed}\r\nIf-Modified-Since: {Changed}", Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  "If-None-Match: \"u\"\r\nIf-Modified-Since: " + Changed,    Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  "If-None-Match: u\r\nIf-Modified-Since: " + Changed,        Precondition.GoOn },
        { "RFC 9110 §13.1.3",     "GET",  "If-None-Match: \"v\"\r\nIf-Modified-Since: " + Before,     Precondition.NotModified },
        // 1. and 3. together
        { "RFC 9110 §13.2.2",     "GET",  "If-Match: \"v\"\r\nIf-None-Match: \"v\"",                  Precondition.NotModified },
        { "RFC 9110 §13.2.2",     "GET",  "If-Match: \"u\"\r\nIf-None-Match: \"v\"",                  Precondition.Failed },
        { "RFC 9110 §13.2.2",     "GET",  $"If-Unmodified-Since: {After}\r\nIf-Modified-Since: {After}", Precondition.NotModified },
        // 5. If-Range, strong comparison or exactly the date
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: \"v\"",                      Precondition.GoOn },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: \"u\"",                      Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: W/\"v\"",                    Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: " + Changed,                 Precondition.GoOn },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: " + After,                   Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: " + Before,                  Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: v",                          Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: *",                          Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "Range: bytes=0-1\r\nIf-Range: \"v\"\r\nIf-Range: \"v\"",   Precondition.GoOnWithoutRange },
        { "RFC 9110 §13.1.5",     "GET",  "If-Range: \"u\"",                                          Precondition.GoOn },
        { "RFC 9110 §13.2.2",     "HEAD", "Range: bytes=0-1\r\nIf-Range: \"u\"",                      Precondition.GoOn },
        { "RFC 9110 §13.2.2",     "GET",  "Range: bytes=0-1\r\nIf-Range: \"u\"\r\nIf-None-Match: \"v\"", Precondition.NotModified },
    };

    [Theory, MemberData(nameof(Table))]
    public void Conditions_are_judged_in_the_order_of_the_RFC(string clause, string method, string fields, Precondition outcome)
    {
        Assert.NotEmpty(clause);
        Assert.Equal(outcome, Judge(method, fields, "\"v\"", ChangedSeconds, ChangedSeconds + 1000));
    }

    [Theory]
    // RFC 9110 §13.1.1 to §13.1.5: a version that has no tag, or tells no date
    [InlineData("If-Match: \"v\"", Precondition.Failed)]
    [InlineData("If-Match: *", Precondition.GoOn)]
    [InlineData("If-None-Match: \"v\"", Precondition.GoOn)]
    [InlineData("If-None-Match: *", Precondition.NotModified)]
    [InlineData("If-Unmodified-Since: " + Before, Precondition.GoOn)]
    [InlineData("If-Modified-Since: " + After, Precondition.GoOn)]
    [InlineData("Range: bytes=0-1\r\nIf-Range: \"v\"", Precondition.GoOnWithoutRange)]
    [InlineData("Range: bytes=0-1\r\nIf-Range: " + Changed, Precondition.GoOnWithoutRange)]
    public void A_version_without_validators_matches_nothing_but_the_star(string fields, Precondition outcome) =>
        Assert.Equal(outcome, Judge("GET", fields, "", null, ChangedSeconds + 1000));

    [Theory]
    // RFC 9110 §13.1.1, §13.1.5: a weak tag of our own
    [InlineData("If-Match: W/\"v\"", Precondition.Failed)]
    [InlineData("If-None-Match: \"v\"", Precondition.NotModified)]
    [InlineData("Range: bytes=0-1\r\nIf-Range: W/\"v\"", Precondition.GoOnWithoutRange)]
    public void A_weak_version_is_good_for_If_None_Match_only(string fields, Precondition outcome) =>
        Assert.Equal(outcome, Judge("GET", fields, "W/\"v\"", null, 0));

    [Fact] // RFC 9110 §8.8.2.2: it may change again within its second
    public void The_date_of_a_second_that_is_not_over_is_too_weak_for_If_Range() =>
        Assert.Equal(Precondition.GoOnWithoutRange, Judge("GET", "Range: bytes=0-1\r\nIf-Range: " + Changed, "\"v\"", ChangedSeconds, ChangedSeconds));

    static Precondition Judge(string method, string fields, string tag, long? modified, long now)
    {
        RequestHead head = Requests.Read($"{method} / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n");
        EntityTag.TryRead(Bytes.Of(tag), out EntityTag own);
        return new Preconditions(own, modified, now).Of(head.Method, head.Fields);
    }
}
