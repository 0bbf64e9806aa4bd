using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class AgreedExtensionsTests
{
    [Theory]
    [InlineData(false, false, 15, 15, "permessage-deflate")]
    [InlineData(true, true, 15, 10, "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits=10")]
    [InlineData(false, true, 8, 15, "permessage-deflate; client_no_context_takeover; server_max_window_bits=8")]
    public void The_agreement_is_told_in_the_words_of_the_field(bool serverForgets, bool clientForgets, int serverBits, int clientBits, string expected) =>
        Assert.Equal(expected, AgreedExtensions.Of(new(serverForgets, clientForgets, serverBits, clientBits)));

    [Fact]
    public void No_agreement_is_nothing() => Assert.Null(AgreedExtensions.Of(null));
}
