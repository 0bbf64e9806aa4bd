using RawRealtime.Access;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class TokenReportTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    static string Told(TokenClaims claims, ServerFault fault = ServerFault.None)
    {
        StringWriter output = new();
        TokenReport.Checked(output, isJson: false, fault, claims, Now);
        return output.ToString();
    }

    [Theory]
    [InlineData(3600, "It counts until 2026-01-02 04:04:05 UTC, 1h from now.")]
    [InlineData(90, "It counts until 2026-01-02 03:05:35 UTC, 90s from now.")]
    [InlineData(-3, "It counted until 2026-01-02 03:04:02 UTC, and does still, since clocks may differ by 5s.")]
    public void How_long_it_counts_is_told_both_ways(int seconds, string expected) => Assert.Contains(expected, Told(new() { ExpiresAt = Now.AddSeconds(seconds) }));

    [Fact]
    public void A_name_cannot_command_the_terminal() => Assert.DoesNotContain("\u001b", Told(new() { Subject = "\u001b[2J" }));

    [Fact]
    public void A_broken_rule_is_told_by_code_and_in_words() =>
        Assert.Equal("Refused, token-expired: The token has expired.", Told(new(), ServerFault.TokenExpired).Trim());
}
